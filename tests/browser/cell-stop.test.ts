/** Stop says at once that it was heard; code that does not end by it is ended by force, and the reader knows what that costs. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { blocks, ended, openChapter, type CellPage } from './support/cell-page.ts';

let open: CellPage;
beforeEach(async () => {
  open = await openChapter('what-python-executes/');
});
afterEach(() => open[Symbol.asyncDispose]());

const button = (id: string, name: string) => open.cell(id).getByRole('button', { name, exact: true });
const offer = (id: string) => open.cell(id).locator('.cell-strip');

/** Runs a cell that prints `on`, and presses Stop. */
async function runAndStop(id: string, source: string, options = {}): Promise<void> {
  await open.give(id, source, options);
  await button(id, 'Run').click();
  await open.cell(id).getByText('on', { exact: true }).waitFor();
  await button(id, 'Stop').click();
}

const deaf = ['print("on", flush=True)', 'while True:', '    try:', '        while True: pass'];
const endless: readonly (readonly [what: string, source: string, why: RegExp])[] = [
  ['swallows BaseException', [...deaf, '    except BaseException: pass'].join('\n'), /^It has not stopped yet\./],
  [
    'has recursed deeply under a raised limit',
    'import sys\nsys.setrecursionlimit(10**9)\nprint("on", flush=True)\ndef f(n): return f(n + 1)\nf(0)',
    /^(It has not stopped yet|Python does not answer)\./,
  ],
  [
    'computes in C without a pause',
    'import itertools\nprint("on", flush=True)\nsum(itertools.repeat(1))',
    /^Python does not answer\./,
  ],
];

it.each(endless)('offers to end by force what %s, and says what was lost', async (_, source, why) => {
  await open.give('cache-edges', 'kept = 1');
  await open.run('cache-edges');
  await runAndStop('nan', source);
  expect(await open.cell('nan').locator('.cell-state').textContent()).toBe('Stopping…');
  await offer('nan').waitFor();
  expect(await offer('nan').textContent()).toMatch(why);
  expect(await offer('nan').textContent()).toMatch(/ Press again to force; the names are lost\.$/);
  const name = await open.cell('cache-edges').locator('.cell-name').textContent();
  await button('nan', 'Stop').click();
  await ended(open.cell('nan'));
  expect(await offer('nan').count()).toBe(0);
  expect(await open.cell('nan').locator('.cell-notice').textContent()).toContain(`Lost: what “${name}” had defined.`);
  await open.give('immortal', '"kept" in globals()');
  await open.run('immortal');
  expect(await blocks(open.cell('immortal'))).toEqual([['result', 'False\n']]);
});

it('forces nothing by presses before the offer, and takes the offer back when the run ends after all', async () => {
  await open.give('cache-edges', 'kept = 1');
  await open.run('cache-edges');
  const asks = 'print("on", flush=True)\ntry:\n    while True: pass\nfinally:\n    input("Go? ")\n    print("cleaned")';
  await runAndStop('unbound', asks);
  for (let presses = 0; presses < 3; presses += 1) await button('unbound', 'Stop').dispatchEvent('click');
  await offer('unbound').waitFor();
  await open.cell('unbound').getByRole('textbox', { name: 'Go?' }).fill('yes');
  await open.page.keyboard.press('Enter');
  await ended(open.cell('unbound'));
  expect(await offer('unbound').count()).toBe(0);
  expect((await blocks(open.cell('unbound')))[0]?.[1]).toBe('on\nGo? yes\ncleaned\n');
  await open.give('immortal', '"kept" in globals()');
  await open.run('immortal');
  expect(await blocks(open.cell('immortal'))).toEqual([['result', 'True\n']]);
});

it('says of a program that the names of the cells are kept', async () => {
  await open.give('id-reuse', [...deaf, '    except BaseException: pass'].join('\n'), { mode: 'script' });
  await button('id-reuse', 'Run').click();
  await open.cell('id-reuse').getByText('on', { exact: true }).waitFor();
  await button('id-reuse', 'Stop').click();
  await offer('id-reuse').waitFor();
  expect(await offer('id-reuse').textContent()).toMatch(/ Press again to force; the names of the cells are kept\.$/);
  await button('id-reuse', 'Stop').click();
  await ended(open.cell('id-reuse'));
  expect(await open.cell('id-reuse').locator('.cell-notice').textContent()).not.toContain('Lost');
});
