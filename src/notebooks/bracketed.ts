/** A text between the brackets of a link or an image. */
export const bracketed = (text: string): string => text.replaceAll(/[[\]\\]/g, '\\$&').replaceAll(/\s+/g, ' ');
