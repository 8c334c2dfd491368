import { expect, test } from 'vitest';
import { linkStylesLate } from '../../../src/build/late-styles.ts';

const page = (head: string, body: string): string => `<html><head>${head}</head><body>${body}</body></html>`;
const [one, two] = ['<link rel="stylesheet" href="/_astro/one.css">', '<link rel="stylesheet" href="/_astro/two.css">'];
const icon = '<link rel="icon" href="/favicon.svg">';
const end = '<script data-late-styles>0</script>';

test('the sheets of a page are linked where its first screen ends, in their order', () => {
  expect(linkStylesLate(page(`${icon}${one}${two}`, `<h1>Threads</h1>${end}<p>Text</p>`))).toBe(
    page(icon, `<h1>Threads</h1>${one}${two}${end}<p>Text</p>`),
  );
});

test('a page that does not say where its first screen ends stays as it is', () => {
  const whole = page(`${icon}${one}`, '<h1>Home</h1>');
  expect(linkStylesLate(whole)).toBe(whole);
});

test('what stands below that place stays where it is', () => {
  const text = `<p>${one.replaceAll('<', '&lt;')}</p>${two}`;
  expect(linkStylesLate(page(one, `<h1>Threads</h1>${end}${text}`))).toBe(
    page('', `<h1>Threads</h1>${one}${end}${text}`),
  );
});
