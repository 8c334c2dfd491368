/** Where the system forces its colours, backgrounds and shadows are gone: what is chosen, found or changed is told by lines. */
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openChapter, type CellPage } from './support/cell-page.ts';
import { replaceCode, textBox } from './support/editing.ts';

let open: CellPage;
beforeAll(async () => {
  open = await openChapter('concurrency-vs-parallelism/', { forcedColors: 'active' });
});
afterAll(() => open[Symbol.asyncDispose]());

const code = () => open.cell('classify-code');

/** The line around or under an element's text, and its colour; none of a colour that is not seen. */
const lineAt = (element: Locator): Promise<string> =>
  element.evaluate((marked) => {
    const { outlineStyle, outlineColor, textDecorationLine, color } = getComputedStyle(marked);
    const clear = (colour: string): boolean => /^rgba\(.*, 0\)$/.test(colour);
    if (clear(color)) return 'no text';
    if (outlineStyle !== 'none' && !clear(outlineColor)) return 'around';
    return textDecorationLine === 'underline' ? 'under' : 'none';
  });

it('draws an edge around the first page’s start and around search, and none around what is not focused', async () => {
  const page = await open.page.context().newPage();
  await page.goto(open.site.home);
  const start = page.locator('.home-start');
  expect(
    await start.evaluate((link) => {
      const { borderTopStyle, borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(link);
      return [borderTopStyle, borderTopWidth, borderTopColor !== backgroundColor];
    }),
  ).toEqual(['solid', '1px', true]);
  expect(await lineAt(page.locator('.brand'))).toBe('none');
  await page.keyboard.press('/');
  await page.getByRole('searchbox').waitFor();
  expect(await lineAt(page.locator('dialog#search-dialog'))).toBe('around');
  await page.close();
});

it('shows which completion is chosen', async () => {
  await replaceCode(code(), 'x = isins');
  await open.page.keyboard.type('t');
  const options = code().locator('.cm-tooltip-autocomplete li');
  await options.first().waitFor();
  await open.page.keyboard.press('ArrowDown');
  await expect.poll(() => lineAt(code().locator('.cm-tooltip-autocomplete li[aria-selected]'))).toBe('around');
  await open.page.keyboard.press('Escape');
});

it('shows which remark of ruff is chosen, in the colour of the others', async () => {
  await replaceCode(code(), 'import os\nimport sys\n');
  await code().locator('.cell-menu summary').click();
  await code()
    .getByRole('button', { name: /^Check code/ })
    .click();
  const chosen = code().locator('.cm-panel-lint li[aria-selected]');
  await chosen.waitFor();
  expect(await lineAt(chosen)).toBe('around');
  const colour = (item: Locator) => item.evaluate((element) => getComputedStyle(element).color);
  expect(await colour(chosen)).toBe(await colour(code().locator('.cm-panel-lint li:not([aria-selected])').first()));
});

it('underlines what differs, from the original and from the solution', async () => {
  await replaceCode(code(), 'def classify(wall, cpu):\n    return "mixed"\n');
  await code().getByRole('button', { name: 'Edited', exact: true }).click();
  await code().locator('.cm-changedText').first().waitFor();
  expect(await lineAt(code().locator('.cm-changedText').first())).toBe('under');
  expect(await lineAt(code().locator('.cm-deletedText').first())).toBe('under');
  await open.page.locator('py-exercise[id="classify"] .exercise-solution > summary').click();
  const changed = open.page.locator('.solution-diff .cm-merge-b .cm-changedText').first();
  await changed.waitFor();
  expect(await lineAt(changed)).toBe('under');
});

it('shows the line that a traceback leads to', async () => {
  await replaceCode(code(), 'x = 1\n1 / 0\n');
  await textBox(code()).press('Control+Enter');
  await code().locator('a.out-place').first().click();
  await expect.poll(() => lineAt(code().locator('.cm-foundLine'))).toBe('around');
});

it('shows where one is, in the outline, on the page and in the bar', async () => {
  const lines = (within: Locator) => within.evaluateAll((all) => all.map((one) => getComputedStyle(one).outlineStyle));
  const current = open.page.locator('.outline [aria-current]');
  expect(await lines(current)).toEqual(['solid']);
  expect(await lineAt(current)).toBe('around');
  await open.page.locator('[data-toc] a').nth(1).click();
  const section = open.page.locator('[data-toc] [aria-current]');
  await section.waitFor();
  expect(await lineAt(section)).toBe('around');
  expect(await lineAt(open.page.locator('[data-toc] a:not([aria-current])').first())).toBe('none');
  await open.page.goto(open.site.url('glossary/'));
  expect(await lineAt(open.page.locator('.site-header .bar-link'))).toBe('around');
  expect(await lineAt(open.page.locator('.outline [aria-current]'))).toBe('around');
});

it.each(['light', 'dark'] as const)('draws figures in the system’s colours: %s', async (colorScheme) => {
  await open.page.emulateMedia({ colorScheme });
  await open.page.goto(open.site.url('threads-and-processes/'));
  const paints = await open.page
    .locator('.figure-drawing')
    .first()
    .evaluate((figure) => {
      const probe = document.createElement('i');
      document.body.append(probe);
      const system = (name: string): string => {
        probe.style.cssText = '';
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(`i:last-child { color: ${name} }`);
        document.adoptedStyleSheets.push(sheet);
        return getComputedStyle(probe).color;
      };
      const known = new Map(['Canvas', 'CanvasText', 'Highlight'].map((name) => [system(name), name]));
      const of = (selector: string, property: 'fill' | 'stroke') => {
        const colours = [...figure.ownerDocument.querySelectorAll(`.figure-drawing ${selector}`)].map(
          (shape) => getComputedStyle(shape)[property],
        );
        return [...new Set(colours.map((colour) => known.get(colour) ?? colour))];
      };
      return [
        of('rect.fig-accent', 'fill'),
        of('rect.fig-soft', 'fill'),
        of('rect.fig-soft', 'stroke'),
        of('.fig-line', 'stroke'),
      ];
    });
  expect(paints).toEqual([['Highlight'], ['Canvas'], ['CanvasText'], ['CanvasText']]);
});
