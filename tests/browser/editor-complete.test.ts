/** Completion and signature help: from the live interpreter while nothing runs, from the text always; nothing runs for it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ended, openChapter, type CellPage } from './support/cell-page.ts';
import { editedText, replaceCode } from './support/editing.ts';

let open: CellPage;
beforeAll(async () => {
  open = await openChapter('what-python-executes/');
});
afterAll(() => open[Symbol.asyncDispose]());

const id = 'cache-edges';
const cell = () => open.cell(id);
const list = () => cell().locator('.cm-tooltip-autocomplete');
const labels = () => list().locator('.cm-completionLabel').allTextContents();
const signature = () => cell().locator('.cm-signature code');
const press = (key: string) => open.page.keyboard.press(key);

/** Puts `before` there at once, then types the rest as a reader does. */
async function type(before: string, typed: string): Promise<void> {
  await replaceCode(cell(), before);
  await open.page.keyboard.type(typed);
}

/** Runs a cell of the chapter, so that its names live; nothing of it is shown where the tests look. */
async function define(source: string): Promise<void> {
  await replaceCode(open.cell('nan'), source);
  await open.run('nan');
}

it('completes keywords, builtins and names of this and other cells before Python is there, and does not start it', async () => {
  await replaceCode(open.cell('immortal'), 'shared_total = 3');
  await type('def drain_all(queue_limit):\n    ', 'dr');
  await expect.poll(labels).toContain('drain_all');
  await press('Escape');
  await type('def drain_all(queue_limit):\n    ', 'queue_');
  await expect.poll(labels).toContain('queue_limit');
  await type('', 'shared');
  await expect.poll(labels).toContain('shared_total');
  await type('', 'enumer');
  await expect.poll(labels).toContain('enumerate');
  await type('', 'nonlo');
  await expect.poll(labels).toContain('nonlocal');
  expect(open.site.requests.filter((path) => path.includes('/runtime/'))).toEqual([]);
});

it('keeps Enter a new line, and lets Tab take the first name', async () => {
  await type('', 'enumer');
  await expect.poll(labels).toContain('enumerate');
  await press('Enter');
  await open.page.keyboard.type('x = 1');
  expect(await editedText(cell())).toBe('enumer\nx = 1');
  await type('', 'enumer');
  await expect.poll(labels).toContain('enumerate');
  await press('Tab');
  expect(await editedText(cell())).toBe('enumerate');
});

it('offers nothing inside strings and comments', async () => {
  await type('"', 'enumer');
  await press('Control+Space');
  await type('# ', 'enumer');
  await type('', 'enumer');
  await expect.poll(labels).toContain('enumerate');
  await press('Escape');
  await type('# ', 'enumer');
  await press('Control+Space');
  expect(await list().count()).toBe(0);
});

it('completes what lives in the interpreter: names, attributes, and says what they are', async () => {
  await define(
    'import threading\nclass Account:\n    "Money."\n    def __init__(self): self.balance = 0\n    def deposit(self, amount: int = 1) -> None:\n        "Adds `amount` <b>now</b>."\nlive_account = Account()',
  );
  await type('', 'live_');
  await expect.poll(labels).toContain('live_account');
  await type('live_account', '.');
  await expect.poll(labels).toEqual(expect.arrayContaining(['balance', 'deposit']));
  await open.page.keyboard.type('dep');
  await press('ArrowDown');
  const info = cell().locator('.cm-inspection');
  await info.waitFor();
  expect(await info.locator('code').textContent()).toBe('deposit(amount: int = 1) -> None');
  expect(await info.locator('p').textContent()).toBe('Adds `amount` <b>now</b>.');
  expect(await info.locator('b').count()).toBe(0);
  await press('Enter');
  expect(await editedText(cell())).toBe('live_account.deposit');
});

it('completes attributes of what the text only defines, without running it', async () => {
  await type('from threading import Lock as L\nguard = L()\nguard', '.acq');
  await expect.poll(labels).toContain('acquire');
  await type('import threading\nwith threading.Semaphore() as gate:\n    threading.Thread', '.sta');
  await expect.poll(labels).toContain('start');
  await type('class Box:\n    def fill(self):\n        self.level = 1\n        self', '.');
  await expect.poll(labels).toEqual(expect.arrayContaining(['fill', 'level']));
});

it('completes keyword arguments and shows the signature with the current parameter', async () => {
  await type('threading.Thread', '(');
  await expect.poll(() => signature().textContent()).toMatch(/^threading\.Thread\(group=None, target=None/);
  expect(await signature().locator('strong').textContent()).toBe('group=None');
  await open.page.keyboard.type('None, ');
  await expect.poll(() => signature().locator('strong').textContent()).toBe('target=None');
  await open.page.keyboard.type('dae');
  await expect.poll(labels).toContain('daemon=');
  await press('Tab');
  expect(await editedText(cell())).toBe('threading.Thread(None, daemon=)');
  await expect.poll(() => signature().locator('strong').textContent()).toBe('daemon=None');
  await press('Escape');
  await expect.poll(() => signature().count()).toBe(0);
  await press('Control+Shift+Space');
  await signature().waitFor();
  await press('End');
  await expect.poll(() => signature().count()).toBe(0);
});

it('goes with a run, as the list of names does', async () => {
  await type('threading.Thread', '(');
  await signature().waitFor();
  await press('Control+Enter');
  await ended(cell());
  expect(await signature().count()).toBe(0);
  await type('threading.Th', 'r');
  await expect.poll(labels).toContain('Thread');
  await press('Control+Enter');
  await ended(cell());
  expect(await labels()).toEqual([]);
  // Asked for, and not yet answered.
  await type('threading.Thread', '(');
  await press('Control+Enter');
  await ended(cell());
  expect(await signature().count()).toBe(0);
});

it('runs no code of the objects that it looks at', async () => {
  await define(
    [
      'ran = []',
      'class Trap:',
      '    def __getattr__(self, name): ran.append(name)',
      '    def __dir__(self): ran.append("dir"); return []',
      '    def __repr__(self): ran.append("repr"); return ""',
      '    __class__ = property(lambda self: ran.append("class"))',
      '    __dict__ = property(lambda self: ran.append("dict"))',
      '    lazy = property(lambda self: ran.append("lazy"))',
      '    def method(self, note: ran.append("annotation"), default=None): pass',
      'trap = Trap()',
      'def careful(value=trap): pass',
    ].join('\n'),
  );
  await type('trap', '.');
  await expect.poll(labels).toEqual(expect.arrayContaining(['lazy', 'method']));
  await type('trap.method', '(');
  await expect.poll(() => signature().textContent()).toContain('note: ran.append');
  await type('careful', '(');
  await expect.poll(() => signature().textContent()).toBe('careful(value=…)');
  await type('trap.lazy', '.');
  await type('trap', '.me');
  await expect.poll(labels).toContain('method');
  await define('ran');
  expect(await open.cell('nan').locator('.out.result').textContent()).toBe('[]\n');
});

it('asks nothing of an interpreter that runs, and completes from the text meanwhile', async () => {
  await replaceCode(
    open.cell('nan'),
    'hidden_from_text = {}\nhidden_from_text["started"] = print("busy")\nwhile True: pass',
  );
  await open.cell('nan').getByRole('button', { name: 'Run', exact: true }).click();
  await open.cell('nan').getByText('busy', { exact: true }).waitFor();
  await type('import threading\n', 'enumer');
  await expect.poll(labels).toContain('enumerate');
  await type('threading', '.Thr');
  await press('Control+Space');
  await type('', 'shared');
  await expect.poll(labels).toContain('shared_total');
  expect(await labels()).not.toContain('trap');
  await open.cell('nan').getByRole('button', { name: 'Stop', exact: true }).click();
  await ended(open.cell('nan'));
  await type('threading', '.Thr');
  await expect.poll(labels).toContain('Thread');
});

it('has imported what answers before the reader asks, once a run has ended', async () => {
  await using page = await openChapter('what-python-executes/');
  const cell = page.cell('nan');
  await replaceCode(cell, 'import sys\n"_kernel.complete" in sys.modules');
  await page.run('nan');
  expect(await cell.locator('.out.result').innerText()).toBe('False\n');
  await expect
    .poll(async () => {
      await page.run('nan');
      return cell.locator('.out.result').innerText();
    })
    .toBe('True\n');
});
