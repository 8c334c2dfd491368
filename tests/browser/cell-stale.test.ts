/** Output belongs to the code above it, or it is dimmed and says what it belongs to; a run that began leaves none of before. */
import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { bringAxe, faultsInBothThemes } from './support/axe.ts';
import { blocks, ended, openChapter, type CellPage } from './support/cell-page.ts';
import { edit, replaceCode } from './support/editing.ts';

const chapter = 'what-python-executes/';
const id = 'cache-edges';
const widths = [1280, 390];

const words = (cell: Locator): Promise<string> => cell.locator('.cell-provenance').innerText();
const runButton = (cell: Locator): Locator => cell.getByRole('button', { name: 'Run', exact: true });
const isStale = async (cell: Locator): Promise<boolean> => (await cell.getAttribute('data-stale')) !== null;

/** The colours of all that the output shows, each once. */
const colours = (cell: Locator): Promise<readonly string[]> =>
  cell.locator('.cell-output').evaluate((box) => {
    const seen = new Set<string>();
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (node.parentElement && node.textContent?.trim()) seen.add(getComputedStyle(node.parentElement).color);
    return [...seen];
  });

/** Where the parts of a cell stand, and where the page below it begins. */
const places = (cell: Locator) =>
  cell.evaluate((element) => {
    const top = (part: Element | null | undefined) => (part?.getBoundingClientRect().top ?? 0) + scrollY;
    const parts = ['.cell-output', '.cell-foot', '[data-action="run"]'].map((one) => top(element.querySelector(one)));
    return [...parts, top(element.nextElementSibling)];
  });

async function openEdited(open: CellPage, source: string): Promise<Locator> {
  const cell = open.cell(id);
  await open.page.evaluate(
    ([path, cellId, text]) => {
      const { cell: data } = JSON.parse(document.getElementById(cellId)?.dataset['cell'] ?? '') as {
        cell: { source: string };
      };
      const original = data.source.replace(/\n$/, '');
      localStorage.setItem(`course-edit ${path}#${cellId}`, JSON.stringify({ original, source: text }));
    },
    [new URL(open.page.url()).pathname, id, source] as const,
  );
  await open.page.reload();
  await cell.getByRole('button', { name: 'Edited', exact: true }).waitFor();
  return cell;
}

it.each(widths)('dims recorded output as soon as the code is edited, and nothing moves, at %i px', async (width) => {
  await using open = await openChapter(chapter, { viewport: { width, height: 900 } });
  const cell = open.cell(id);
  await edit(cell);
  const before = { colours: await colours(cell), places: await places(cell), words: await words(cell) };
  const output = await blocks(cell);
  await open.page.keyboard.press('Control+Home');
  await open.page.keyboard.type('#');
  await expect.poll(() => words(cell)).toBe('From the original code');
  expect(await isStale(cell)).toBe(true);
  expect(await blocks(cell)).toEqual(output);
  const dimmed = await colours(cell);
  expect(dimmed.length).toBe(1);
  expect(before.colours).not.toContain(dimmed[0]);
  expect(await places(cell)).toEqual(before.places);
  expect(await cell.getByRole('log').getAttribute('aria-description')).toBe('From the original code');
  await open.page.keyboard.press('Backspace');
  await expect.poll(() => words(cell)).toBe(before.words);
  expect(await isStale(cell)).toBe(false);
  expect(await colours(cell)).toEqual(before.colours);
  expect(await places(cell)).toEqual(before.places);
  expect(await cell.getByRole('log').getAttribute('aria-description')).toBe('');
});

it('speaks of it once, when the first edit makes the output another code’s', async () => {
  await using open = await openChapter(chapter);
  const cell = open.cell(id);
  await edit(cell);
  await open.page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    new MutationObserver((changes) => {
      const region = document.querySelector('.for-screen-readers[role="status"]');
      const text = region?.textContent ?? '';
      if (/output/i.test(text) && changes.some(({ target }) => region?.contains(target))) said.push(text);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await open.page.keyboard.type('abc');
  const said = () => open.page.evaluate(() => (window as unknown as { said: readonly string[] }).said);
  await expect.poll(said).toEqual(['The output below is from the original code']);
  await open.page.keyboard.type('def');
  await expect.poll(() => words(cell)).toBe('From the original code');
  expect(await said()).toEqual(['The output below is from the original code']);
});

it('dims the output of a run when its code is edited, and no more when the edit is taken back', async () => {
  await using open = await openChapter(chapter);
  const cell = open.cell(id);
  await replaceCode(cell, 'print("one")');
  await open.run(id);
  expect(await isStale(cell)).toBe(false);
  const live = await words(cell);
  expect(live).toMatch(/^Ran here/);
  await replaceCode(cell, 'print("two")');
  expect(await words(cell)).toBe('From the code before the edit');
  expect(await isStale(cell)).toBe(true);
  expect(await blocks(cell)).toEqual([['stdout', 'one\n']]);
  await replaceCode(cell, 'print("one")');
  expect(await words(cell)).toBe(live);
  expect(await isStale(cell)).toBe(false);
  await replaceCode(cell, 'print("two")');
  await open.run(id);
  expect(await blocks(cell)).toEqual([['stdout', 'two\n']]);
  expect(await words(cell)).toMatch(/^Ran here/);
  expect(await isStale(cell)).toBe(false);
  await cell.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect.poll(() => words(cell)).toMatch(/^Recorded with/);
  expect(await isStale(cell)).toBe(false);
});

it('dims what stood there while a run has shown nothing, and clears it at the first line or at the end', async () => {
  await using open = await openChapter(chapter);
  const cell = open.cell(id);
  await replaceCode(cell, '1 / 0');
  await runButton(cell).click();
  // Python loads: what stands there is the author's, of other code.
  expect(await words(cell)).toBe('From the original code');
  await ended(cell);
  expect((await blocks(cell)).map(([kind]) => kind)).toEqual(['error']);
  const traceback = await blocks(cell);

  await runButton(cell).click();
  await ended(cell);
  expect(await isStale(cell)).toBe(false);

  await replaceCode(cell, 'while True: pass');
  await runButton(cell).click();
  await cell.getByText(/^Running, /).waitFor();
  expect(await words(cell)).toBe('From the run before');
  expect(await isStale(cell)).toBe(true);
  expect(await blocks(cell)).toEqual(traceback);
  await cell.getByRole('button', { name: 'Stop', exact: true }).click();
  await ended(cell);
  expect((await blocks(cell)).map(([, text]) => text).join('')).toMatch(/KeyboardInterrupt\n$/);
  expect((await blocks(cell)).map(([, text]) => text).join('')).not.toContain('ZeroDivisionError');
  expect(await isStale(cell)).toBe(false);

  await replaceCode(cell, 'print("first")\nwhile True: pass');
  await runButton(cell).click();
  await cell.locator('.out').getByText('first').waitFor();
  expect(await blocks(cell)).toEqual([['stdout', 'first\n']]);
  expect(await isStale(cell)).toBe(false);
  expect(await words(cell)).toBe('Running here');
  // Edited while it runs: what it prints is of the code before.
  await replaceCode(cell, '"another"');
  await expect.poll(() => words(cell)).toBe('From the code before the edit');
  await cell.getByRole('button', { name: 'Stop', exact: true }).click();
  await ended(cell);
  expect(await words(cell)).toBe('From the code before the edit');
});

it('says that what stands there is recorded while the same code runs', async () => {
  await using open = await openChapter(chapter);
  const cell = open.cell(id);
  const arrived = Promise.withResolvers<undefined>();
  await open.page.route('**/runtime/*stdlib*', async (route) => {
    await arrived.promise;
    await route.continue();
  });
  await runButton(cell).click();
  await cell.getByText(/^Loading Python/).waitFor();
  expect(await words(cell)).toBe('From the recorded run');
  arrived.resolve(undefined);
  await ended(cell);
  expect(await words(cell)).toMatch(/^Ran here/);
  expect(await isStale(cell)).toBe(false);
});

it('leaves nothing of the run before when a run ends the interpreter', async () => {
  await using open = await openChapter(chapter);
  const cell = open.cell(id);
  await replaceCode(cell, 'print("of the run before")');
  await open.run(id);
  await replaceCode(cell, 'import os\nos._exit(3)');
  await open.run(id);
  expect(await cell.locator('.cell-notice').innerText()).toMatch(/interpreter died/);
  expect(await cell.locator('.cell-output').innerText()).toBe('No output');
  expect(await words(cell)).toBe('Ran here, not finished');
  expect(await isStale(cell)).toBe(false);
});

it('leaves what stood there, undimmed, when a run could not begin', async () => {
  await using open = await openChapter(chapter);
  await open.page.addInitScript(() => Reflect.deleteProperty(globalThis, 'Worker'));
  await open.page.reload();
  const cell = open.cell(id);
  const recorded = await blocks(cell);
  await open.run(id);
  await cell.locator('.cell-notice').waitFor();
  expect(await blocks(cell)).toEqual(recorded);
  expect(await words(cell)).toMatch(/^Recorded with/);
  expect(await isStale(cell)).toBe(false);
});

it.each(widths)('dims it also for an edit of an earlier visit, without the live part, at %i px', async (width) => {
  await using open = await openChapter(chapter, { viewport: { width, height: 900 } });
  // What is far from the screen is not laid out.
  const footHeight = async (cell: Locator): Promise<number> => {
    await cell.locator('.cell-name').hover();
    await expect.poll(() => words(cell)).not.toBe('');
    return (await cell.locator('.cell-foot').boundingBox())?.height ?? 0;
  };
  const before = await footHeight(open.cell(id));
  expect(before).toBeGreaterThan(0);
  const cell = await openEdited(open, 'print("mine")');
  expect(await footHeight(cell)).toBe(before);
  expect(await words(cell)).toBe('From the original code');
  expect(await isStale(cell)).toBe(true);
  expect(open.asked.filter((url) => /runtime|actions|\/open\./.test(url))).toEqual([]);
  await open.run(id);
  expect(await blocks(cell)).toEqual([['stdout', 'mine\n']]);
  expect(await words(cell)).toMatch(/^Ran here/);
  expect(await isStale(cell)).toBe(false);
  await cell.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect.poll(() => words(cell)).toMatch(/^Recorded with/);
  expect(await isStale(cell)).toBe(false);
});

it.each(widths)('has colours that can be read when dimmed, light and dark, at %i px', async (width) => {
  await using open = await openChapter(chapter, { viewport: { width, height: 900 }, bypassCSP: true });
  await bringAxe(open.page);
  const cell = open.cell(id);
  const codes = '[1, 2, 7, *range(30, 38), *range(40, 48), *range(90, 98)]';
  await replaceCode(
    cell,
    `import sys\nprint("".join(f"\\x1b[{c}m{c} \\x1b[0m" for c in ${codes}))\nprint("\\x07", file=sys.stderr)\n1 / 0`,
  );
  await open.run(id);
  await replaceCode(cell, 'pass');
  expect(await isStale(cell)).toBe(true);
  expect((await colours(cell)).length).toBe(1);
  expect(await faultsInBothThemes(open.page, [`#${id}`])).toEqual([]);
  await open.page.emulateMedia({ media: 'print' });
  expect(await words(cell)).toBe('From the code before the edit');
});

it('has a line around it where colours are forced', async () => {
  await using open = await openChapter(chapter, { forcedColors: 'active' });
  const cell = open.cell(id);
  const line = () => cell.locator('.cell-output').evaluate((box) => getComputedStyle(box).outlineStyle);
  expect(await line()).toBe('none');
  await replaceCode(cell, 'pass');
  await expect.poll(line).toBe('dashed');
});
