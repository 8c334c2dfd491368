/** “Back to where I was”: offered after a link within the page has taken the reader further than a screen away. */
import { closeChip, showChip } from './chip.ts';

/** Where the reader looked: at a link in the text, which may move as parts above it open, or at a height of the page. */
function lookOf(link: HTMLAnchorElement): () => void {
  const [from, { top }] = [scrollY, link.getBoundingClientRect()];
  const inText = link.closest('#main') !== null;
  return () => {
    scrollTo({ top: inText ? scrollY + link.getBoundingClientRect().top - top : from });
    link.focus({ preventScroll: true });
  };
}

document.addEventListener('click', (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>('a[href]');
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const { pathname, origin, hash } = link;
  if (hash === '' || pathname !== location.pathname || origin !== location.origin) return;
  const back = lookOf(link);
  const from = scrollY;
  // The browser goes there after this event; two frames later it is there.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (Math.abs(scrollY - from) > innerHeight) showChip('Back to where I was', back);
      else closeChip();
    }),
  );
});
