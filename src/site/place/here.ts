/** The chapter of this page, as its outline names it; undefined on any other page. */

export const chapterItem = (): HTMLAnchorElement | null =>
  document.querySelector<HTMLAnchorElement>('.outline-item[aria-current="page"]');

export const slugOf = (item: HTMLAnchorElement): string =>
  item.pathname
    .replace(/index\.html$/, '')
    .split('/')
    .at(-2) ?? '';
