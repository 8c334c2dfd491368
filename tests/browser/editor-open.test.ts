/** The editor takes the place of the static code without moving a pixel, under the page's policy, and colours it alike. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openChapter, type CellPage } from './support/cell-page.ts';
import { colours, edit, expectSamePlaces, lineBoxes, textBox } from './support/editing.ts';

const chapter = 'what-python-executes/';
let open: CellPage;
beforeAll(async () => {
  open = await openChapter(chapter);
  await open.page.evaluate(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      document.body.dataset['violation'] = `${violatedDirective} ${blockedURI}`;
    });
  });
});
afterAll(() => open[Symbol.asyncDispose]());

/** Cells that have come near the screen are laid out with the next frame; one more has seen it. */
async function nearLaidOut(): Promise<void> {
  await open.page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
}

it('loads nothing of the editor before a reader goes into the code', () => {
  expect(open.asked.filter((url) => /\/open\./.test(url))).toEqual([]);
});

it.each([
  { width: 1280, id: 'cache-edges' },
  { width: 1280, id: 'nan' },
  { width: 390, id: 'co-code' },
  { width: 390, id: 'tuple-puzzle' },
])('moves no line of $id at $width px', async ({ width, id }) => {
  await open.page.setViewportSize({ width, height: 900 });
  const cell = open.cell(id);
  const page = () => open.page.evaluate(() => document.documentElement.scrollHeight);
  await cell.locator('pre.code').scrollIntoViewIfNeeded();
  await nearLaidOut();
  const [before, height, box] = [await lineBoxes(cell), await page(), await cell.boundingBox()];
  expect(before.length).toBeGreaterThan(1);
  await edit(cell);
  expectSamePlaces(await lineBoxes(cell), before);
  expect(await page()).toBe(height);
  expect(await cell.boundingBox()).toEqual(box);
});

it('moves no line where lines are numbered', async () => {
  const cell = open.cell('unbound');
  await cell.evaluate((element) => {
    const code = element.querySelector('pre.code code');
    const lines = (code?.textContent ?? '').split('\n').map((text, index, all) => {
      const line = document.createElement('span');
      line.className = 'line';
      line.textContent = index < all.length - 1 ? `${text}\n` : text;
      return line;
    });
    code?.classList.add('line-numbers');
    code?.replaceChildren(...lines);
  });
  const source = (await cell.locator('pre.code code').textContent()) ?? '';
  await open.give('unbound', source, { lineNumbers: true });
  const before = await lineBoxes(cell);
  await edit(cell);
  expectSamePlaces(await lineBoxes(cell), before);
  expect(await cell.locator('.cm-lineNumbers').innerText()).toContain('1\n2');
});

it('breaks no rule of the page’s policy, and styles what it shows', async () => {
  expect(await open.page.evaluate(() => document.body.dataset['violation'])).toBeUndefined();
  // The page's own.
  expect(await open.page.locator('style:not(head > style:only-of-type)').count()).toBe(0);
  expect(
    await open
      .cell('nan')
      .locator('.cm-content')
      .evaluate((element) => getComputedStyle(element).whiteSpace),
  ).toBe('pre');
});

it('puts the cursor where the reader clicked', async () => {
  await open.page.setViewportSize({ width: 1280, height: 900 });
  const cell = open.cell('id-reuse');
  await cell.locator('pre.code').scrollIntoViewIfNeeded();
  await nearLaidOut();
  const [, second] = await lineBoxes(cell);
  if (!second) throw new Error('The cell has one line only.');
  const scrolled = await open.page.evaluate(() => scrollY);
  await open.page.mouse.click(second.x + 1, second.y - scrolled + second.height / 2);
  await textBox(cell).waitFor();
  await open.page.keyboard.insertText('# here ');
  await expect.poll(() => cell.locator('.cm-line').allTextContents()).toContainEqual(`# here ${second.text}`);
});

it.each(['immortal', 'is-and-equal', 'code-units', 'operator-or-method'])(
  'colours %s as the static code was',
  async (id) => {
    const cell = open.cell(id);
    const before = await colours(cell);
    expect(new Set(before.map((seen) => seen.slice(2))).size).toBeGreaterThan(3);
    await edit(cell);
    await expect.poll(() => colours(cell)).toEqual(before);
  },
);

it('takes no focus when it comes after the reader has moved on', async () => {
  await using late = await openChapter(chapter);
  const loaded = Promise.withResolvers<undefined>();
  await late.page.route('**/_astro/open.*', async (route) => {
    await loaded.promise;
    await route.continue();
  });
  const cell = late.cell('cache-edges');
  const asked = late.page.waitForRequest('**/_astro/open.*');
  await cell.locator('pre.code').focus();
  await asked;
  const next = cell.getByRole('button', { name: 'Run', exact: true });
  await next.focus();
  loaded.resolve(undefined);
  await textBox(cell).waitFor();
  expect(await next.evaluate((element) => document.activeElement === element)).toBe(true);
});

it('opens by touch on a phone', async () => {
  await using phone = await openChapter(chapter, { viewport: { width: 390, height: 800 }, hasTouch: true });
  const cell = phone.cell('cache-edges');
  await cell.locator('pre.code').tap();
  await textBox(cell).waitFor();
  await phone.page.keyboard.insertText('# typed ');
  expect((await cell.locator('.cm-content').textContent()) ?? '').toContain('# typed ');
  expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});
