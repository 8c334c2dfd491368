/** Ruff, when a reader asks for it: what it costs is said, what it finds is marked and listed, and the choice is kept. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import axeCore from 'axe-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { CheckerManifest } from '../../src/island/check/contract.ts';
import { openChapter, type CellPage } from './support/cell-page.ts';
import { edit, replaceCode, textBox } from './support/editing.ts';

declare const axe: typeof axeCore;

let open: CellPage;
beforeAll(async () => {
  open = await openChapter('what-python-executes/');
});
afterAll(() => open[Symbol.asyncDispose]());

const id = 'cache-edges';
const cell = () => open.cell(id);
const asked = () => open.asked.filter((url) => url.includes('/check/'));
const listed = () => cell().locator('.cm-panel-lint .cm-diagnosticText').allTextContents();
const marked = () => cell().locator('.cm-lintRange').allTextContents();
async function choose(name: string): Promise<void> {
  await cell().locator('.cell-menu summary').click();
  await cell().getByRole('button', { name, exact: true }).click();
}

it('offers to check with size and licence, and fetches nothing before', async () => {
  await edit(cell());
  const { worker, ruff } = JSON.parse(
    readFileSync(join(inject('siteFolder'), 'check/manifest.json'), 'utf8'),
  ) as CheckerManifest;
  await cell().locator('.cell-menu summary').click();
  const size = ((worker.bytes + ruff.bytes) / 1e6).toFixed(1);
  await cell()
    .getByRole('button', { name: `Check code (ruff, ${size} MB, MIT)`, exact: true })
    .waitFor();
  expect(readFileSync(join(inject('siteFolder'), 'check/LICENSE'), 'utf8')).toContain('MIT License');
  expect(asked()).toEqual([]);
  await open.page.keyboard.press('Escape');
});

it('says so when ruff cannot be fetched, and tries again', async () => {
  await open.page.route('**/check/ruff*', (route) => route.abort());
  await choose('Check code (ruff, 3.9 MB, MIT)');
  await cell().getByText('Cannot load ruff. Check the connection.', { exact: true }).waitFor();
  await open.page.unroute('**/check/ruff*');
});

it('marks and lists what it finds within the page’s policy, and follows what is typed', async () => {
  await replaceCode(cell(), 'import time\n\n\nasync def wait():\n    unused = 1\n    time.sleep(1)\n');
  // From here: what Chromium itself does to text in a box when it is replaced, the policy refuses as well.
  await open.page.evaluate(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => {
      document.body.dataset['violation'] ??= violatedDirective;
    });
  });
  await choose('Check code (ruff, 3.9 MB, MIT)');
  await cell().locator('.cm-panel-lint').waitFor();
  expect(await open.page.evaluate(() => document.body.dataset['violation'])).toBeUndefined();
  const found = await listed();
  expect(found).toHaveLength(2);
  expect(found[0]).toMatch(/`unused` is assigned to but never used/);
  expect(found[1]).toMatch(/blocking|sleep/i);
  expect([...new Set(await marked())]).toEqual(['unused', 'time.sleep']);
  await replaceCode(cell(), 'for x in range(3):\n    print(lambda: x)');
  await expect.poll(listed).toEqual([expect.stringMatching(/does not bind loop variable `x`/)]);
  await replaceCode(cell(), 'x = (');
  await expect.poll(() => cell().locator('.cm-lintRange-error').count()).toBe(1);
});

it('takes what a notebook is for as no mistake', async () => {
  await replaceCode(open.cell('nan'), 'elsewhere_total = 1');
  await replaceCode(
    cell(),
    'import asyncio\nawait asyncio.sleep(0)\nelsewhere_total + 1\nasyncio.sleep?\nimport threading\nnowhere_total',
  );
  await expect.poll(listed).toEqual([expect.stringMatching(/Undefined name `nowhere_total`/)]);
});

it('leads by keyboard from the list to the code', async () => {
  await textBox(cell()).focus();
  await open.page.keyboard.press('Control+Home');
  await open.page.keyboard.press('F8');
  expect(await open.page.evaluate(() => getSelection()?.toString())).toBe('nowhere_total');
});

it.each(['light', 'dark'] as const)('is accessible with marks and list (%s)', async (scheme) => {
  await open.page.emulateMedia({ colorScheme: scheme });
  // A remark is chosen while the list has focus.
  await textBox(cell()).press('Control+Shift+M');
  await cell().locator('.cm-panel-lint ul:focus [aria-selected]').waitFor();
  await open.page.evaluate(axeCore.source);
  const { violations } = await open.page.evaluate(() => axe.run('#cache-edges'));
  expect(violations.map(({ id: rule, nodes }) => `${rule}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  const shots = process.env['SHOTS'];
  if (shots !== undefined) await cell().screenshot({ path: `${shots}/check-${scheme}.png` });
});

it('keeps the choice until the reader takes it back', async () => {
  await open.page.reload();
  await edit(cell());
  // Ruff is compiled anew.
  await expect.poll(marked, { timeout: 30_000 }).toEqual(['nowhere_total']);
  await choose('Stop checking code');
  await expect.poll(marked).toEqual([]);
  const before = asked().length;
  await open.page.reload();
  await edit(cell());
  await cell().locator('.cell-menu summary').click();
  await cell().getByRole('button', { name: 'Check code (ruff, 3.9 MB, MIT)', exact: true }).waitFor();
  expect(asked()).toHaveLength(before);
});
