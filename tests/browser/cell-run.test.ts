/** A reader runs cells of a built chapter: Run, rerun, errors, chains, Stop, Reset, Copy, the menu and the keyboard. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { blocks, ended, openChapter, type CellPage } from './support/cell-page.ts';

const chapter = 'what-python-executes/';
let open: CellPage;
beforeAll(async () => {
  open = await openChapter(chapter, { permissions: ['clipboard-read', 'clipboard-write'] });
});
afterAll(() => open[Symbol.asyncDispose]());

const button = (id: string, name: string) => open.cell(id).getByRole('button', { name, exact: true });
const provenance = (id: string) => open.cell(id).locator('.cell-provenance').textContent();

it('loads nothing of Python before a reader wants to run something', () => {
  expect(open.asked.filter((url) => /runtime|actions/.test(url))).toEqual([]);
});

it('runs a cell, and prints what was recorded', async () => {
  const recorded = await blocks(open.cell('cache-edges'));
  expect(recorded.length).toBeGreaterThan(0);
  expect(await provenance('cache-edges')).toMatch(/^Recorded with CPython 3\.14/);
  await open.run('cache-edges');
  expect(await blocks(open.cell('cache-edges'))).toEqual(recorded);
  expect(await provenance('cache-edges')).toMatch(/^Ran here in \d+\.\d+ s$/);
});

it('speaks the end of a run once', async () => {
  await expect
    .poll(() => open.page.getByRole('status').allTextContents())
    .toContainEqual(expect.stringMatching(/: Ran here in [\d.]+ s\. First line: \S/));
});

it('leaves Run where it was pressed, so that a second press is no Reset', async () => {
  const place = async () => (await button('who-copies', 'Run').boundingBox())?.x;
  const before = await place();
  await open.run('who-copies');
  expect(before).toBeGreaterThan(0);
  expect(await place()).toBe(before);
});

it('keeps names between cells and between runs', async () => {
  await open.give('lookup-on-type', 'count = 1\ncount');
  await open.give('call-three-ways', 'count += 1\ncount');
  await open.run('lookup-on-type');
  await open.run('call-three-ways');
  await open.run('call-three-ways');
  expect(await blocks(open.cell('call-three-ways'))).toEqual([['result', '3\n']]);
});

it('runs what a cell continues before it, once', async () => {
  await open.give('co-code', 'loads = globals().get("loads", 0) + 1');
  await open.give('code-units', 'loads', { after: 'co-code' });
  await open.give('code-tables', 'loads + 10', { after: 'co-code' });
  await open.run('code-units');
  expect(await blocks(open.cell('code-units'))).toEqual([['result', '1\n']]);
  expect(await open.cell('co-code').locator('.cell-output').textContent()).toBe('No output');
  await open.run('code-tables');
  expect(await blocks(open.cell('code-tables'))).toEqual([['result', '11\n']]);
});

it('does not run a cell whose predecessor failed, and says so', async () => {
  await open.give('tuple-puzzle', 'raise OSError("disk")', { expectError: false });
  await open.give('tuple-puzzle-after', 'print("never")', { after: 'tuple-puzzle' });
  await open.run('tuple-puzzle-after');
  expect(await open.cell('tuple-puzzle').locator('.out.error').textContent()).toContain('OSError: disk');
  expect(await open.cell('tuple-puzzle-after').locator('.cell-notice').textContent()).toMatch(/Not run.*continues/);
  expect(await provenance('tuple-puzzle-after')).toMatch(/^Recorded/);
});

it('shows an error with its traceback, its colours and the word', async () => {
  await open.give('unbound', 'import sys\nprint("so far")\nprint("careful", file=sys.stderr)\n1 / 0');
  await open.run('unbound');
  const shown = await blocks(open.cell('unbound'));
  expect(shown.map(([kind]) => kind)).toEqual(['stdout', 'stderr', 'error']);
  expect(shown[2]?.[1]).toMatch(/^Traceback[\s\S]*line 4[\s\S]*ZeroDivisionError: division by zero\n$/);
  expect(await open.cell('unbound').locator('.out-word').allTextContents()).toEqual(['stderr', 'error']);
  expect(await open.cell('unbound').locator('.out.error .ansi-fg-magenta').count()).toBeGreaterThan(0);
});

it('shows the recorded output again after Reset', async () => {
  const recorded = await blocks(open.cell('not-callable'));
  await open.give('not-callable', 'print("something else")');
  expect(await button('not-callable', 'Reset').isVisible()).toBe(false);
  await open.run('not-callable');
  expect(await blocks(open.cell('not-callable'))).toEqual([['stdout', 'something else\n']]);
  await button('not-callable', 'Reset').click();
  expect(await blocks(open.cell('not-callable'))).toEqual(recorded);
  expect(await provenance('not-callable')).toMatch(/^Recorded/);
  expect(await button('not-callable', 'Reset').isVisible()).toBe(false);
});

it('stops an endless loop by KeyboardInterrupt, and every name is kept', async () => {
  await open.give('nan', 'held = 1\nprint("started")\nwhile True: pass');
  await open.give('immortal', '"held" in globals()');
  await button('nan', 'Run').click();
  await open.cell('nan').getByText('started', { exact: true }).waitFor();
  expect(await open.cell('nan').locator('.cell-state').textContent()).toMatch(/^Running, \d+\.\d s$/);
  await button('immortal', 'Run').click();
  expect(await open.cell('immortal').locator('.cell-state').textContent()).toBe('Waiting for its turn');
  await button('nan', 'Stop').click();
  await ended(open.cell('nan'));
  const printed = await blocks(open.cell('nan'));
  expect(printed[0]).toEqual(['stdout', 'started\n']);
  expect(printed.at(-1)?.[1]).toContain('KeyboardInterrupt');
  await ended(open.cell('immortal'));
  expect(await open.cell('immortal').locator('.cell-notice').textContent()).toContain('Not run.');
  await open.run('immortal');
  expect(await blocks(open.cell('immortal'))).toEqual([['result', 'True\n']]);
});

it('tells a deadlock once: its threads in the output, and what is kept below', async () => {
  await open.give('callable-class', 'import threading\nheld = threading.Lock()\nheld.acquire()\nheld.acquire()');
  await open.run('callable-class');
  const shown = await blocks(open.cell('callable-class'));
  expect(shown.map(([kind]) => kind)).toEqual(['stderr', 'error']);
  expect(shown[0]?.[1]).toMatch(
    /^Deadlock: every thread waits[^]*MainThread waits at [^]*for a Lock that it holds itself\n$/,
  );
  expect(await open.cell('callable-class').locator('.cell-notice').count()).toBe(0);
  expect(await provenance('callable-class')).toMatch(
    /^Ran here, ended in a deadlock after [\d.]+ s; every name is kept$/,
  );
});

it('copies the source, and the whole output of a live run', async () => {
  await open.give('load-small-int', 'for n in range(3000): print(n)');
  await button('call-three-ways', 'Copy').click();
  await open.cell('call-three-ways').getByText('Copied', { exact: true }).waitFor();
  const clipboard = () => open.page.evaluate(() => navigator.clipboard.readText());
  expect(await clipboard()).toBe(await open.cell('call-three-ways').locator('.cell-source code').textContent());
  await open.run('load-small-int');
  await open.cell('load-small-int').locator('summary').click();
  await button('load-small-int', 'Copy output').click();
  await open.cell('load-small-int').getByText('Copied the output', { exact: true }).waitFor();
  expect(await clipboard()).toBe(Array.from({ length: 3000 }, (_, n) => `${n}\n`).join(''));
});

it('selects the code where the host gives no clipboard, and says what to press', async () => {
  await open.page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });
  });
  await button('call-three-ways', 'Copy').click();
  await open.cell('call-three-ways').getByText('Selected: press Ctrl+C to copy', { exact: true }).waitFor();
  const code = await open.cell('call-three-ways').locator('.cell-source code').textContent();
  expect(await open.page.evaluate(() => getSelection()?.toString())).toBe(code?.trimEnd());
  await open.page.evaluate(() => Reflect.deleteProperty(navigator, 'clipboard'));
});

it('forgets every name after Restart Python', async () => {
  await open.cell('immortal').locator('summary').click();
  await open.give('id-reuse', '"loads" in globals()');
  await button('immortal', 'Restart Python').click();
  await open.run('id-reuse');
  expect(await blocks(open.cell('id-reuse'))).toEqual([['result', 'False\n']]);
});

it('is run, stopped and left by keyboard alone', async () => {
  await open.give('is-and-equal', 'print("by keyboard")');
  const cell = open.cell('is-and-equal');
  await cell.locator('pre.code').focus();
  await open.page.keyboard.press('Control+Enter');
  await cell.getByText('by keyboard', { exact: true }).waitFor();
  await ended(cell);
  await button('is-and-equal', 'Run').focus();
  for (const expected of ['Reset', 'Copy', 'More actions']) {
    await open.page.keyboard.press('Tab');
    const focused = open.page.locator(':focus');
    expect((await focused.getAttribute('aria-label')) ?? (await focused.textContent())?.trim()).toBe(expected);
  }
  await open.page.keyboard.press('Enter');
  expect(await button('is-and-equal', 'Run above').isVisible()).toBe(true);
  await open.page.keyboard.press('Tab');
  await open.page.keyboard.press('Escape');
  expect(await button('is-and-equal', 'Run above').isVisible()).toBe(false);
  expect(await open.page.locator(':focus').getAttribute('aria-label')).toBe('More actions');
});

it('asks nothing of any other host', () => {
  expect(open.asked.filter((url) => !url.startsWith(open.site.origin) && !/^(blob|data|about):/.test(url))).toEqual([]);
});
