/** In a frame of another site's page: what a reader does there is not kept. */
export const keepsNothing = (): boolean => 'embed' in document.documentElement.dataset;
