/** Where a reader is in a page matters once they have scrolled: until then nothing of it is loaded. */

/** Marks in the outlines are missed by nobody who reads on: when they cannot be loaded, that is no fault to tell of. */
const load = (): void => void import('./place.ts').catch(() => undefined);

if (scrollY > 0) load();
else addEventListener('scroll', load, { once: true, passive: true });
