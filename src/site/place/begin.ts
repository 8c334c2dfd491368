/** Where a reader is in a page of sections matters once they act: until then nothing of it is loaded, wherever a link led. */

/** Marks in the outlines are missed by nobody who reads on: when they cannot be loaded, that is no fault to tell of. */
const load = (): void => void import('./place.ts').catch(() => undefined);

// Not `scroll`: the browser does that too, when a page opens at a section or grows above it.
if (document.querySelector('[data-toc]'))
  for (const kind of ['pointermove', 'touchmove', 'wheel', 'keydown'])
    addEventListener(kind, load, { once: true, passive: true });
