/** Sheets are linked where the first screen ends, and nothing is shown before that has been read. */
import { expect, it } from 'vitest';
import { linkStylesLate } from '../../../src/build/late-styles.ts';

const sheet = '<link rel="stylesheet" href="/_astro/a.css">';

it('links the sheets where the first screen ends, and has the browser wait until there', () => {
  const page = `<head>${sheet}</head><h1>T</h1><span id="first-screen" hidden></span><script data-late-styles></script>`;
  expect(linkStylesLate(page)).toBe(
    '<head><link rel="expect" href="#first-screen" blocking="render"></head><h1>T</h1><span id="first-screen" hidden></span>' +
      `${sheet}<script data-late-styles></script>`,
  );
});

it('leaves a page alone that does not say where that is', () => {
  const page = `<head>${sheet}</head><h1>T</h1>`;
  expect(linkStylesLate(page)).toBe(page);
});
