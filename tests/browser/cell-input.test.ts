/** A running cell asks its reader: the field under its output, the end of input, passwords, pasted lines, and Stop. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { blocks, ended, openChapter, type CellPage } from './support/cell-page.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let open: CellPage;
beforeAll(async () => {
  // The policy of the page would refuse axe itself.
  open = await openChapter('what-python-executes/', { bypassCSP: true });
  await open.page.addScriptTag({ content: axe });
});
afterAll(() => open[Symbol.asyncDispose]());

const button = (id: string, name: string) => open.cell(id).getByRole('button', { name, exact: true });
const field = (id: string, label: string) => open.cell(id).getByLabel(label, { exact: true });
const text = async (id: string) => (await blocks(open.cell(id))).map(([, shown]) => shown).join('');

/** Presses Run and waits for the field with this label. */
async function start(id: string, label: string): Promise<void> {
  await button(id, 'Run').click();
  await field(id, label).waitFor();
}

it('asks for a line, echoes it as a terminal does, and says that it waits', async () => {
  await open.give('cache-edges', 'name = input("Name? ")\nprint("Hello", name, input("Age? "))');
  await start('cache-edges', 'Name?');
  const state = open.cell('cache-edges').locator('.cell-state');
  await expect.poll(() => state.textContent()).toBe('Waits for input');
  await expect
    .poll(() => open.page.getByRole('status').allTextContents())
    .toContainEqual(expect.stringMatching(/waits for input$/));
  expect(await text('cache-edges')).toBe('Name? ');
  // Run was pressed here, so the reader types on.
  await open.page.keyboard.type('Ada');
  await open.page.keyboard.press('Enter');
  await field('cache-edges', 'Age?').waitFor();
  await open.page.keyboard.type('36');
  await open.page.keyboard.press('Enter');
  await ended(open.cell('cache-edges'));
  expect(await text('cache-edges')).toBe('Name? Ada\nAge? 36\nHello Ada 36\n');
  expect(await open.cell('cache-edges').locator('.cell-input').count()).toBe(0);
});

it('asks on behalf of a process that the cell has started', async () => {
  await open.give(
    'not-callable',
    'import subprocess, sys\nchild = "print(input(\'Child? \')[::-1])"\n' +
      'print(subprocess.run([sys.executable, "-c", child]).returncode, input("Parent? "))',
  );
  await start('not-callable', 'Child?');
  await open.page.keyboard.type('Ada');
  await open.page.keyboard.press('Enter');
  await field('not-callable', 'Parent?').waitFor();
  await open.page.keyboard.type('Eve');
  await open.page.keyboard.press('Enter');
  await ended(open.cell('not-callable'));
  expect(await text('not-callable')).toBe('Child? Ada\nadA\nParent? Eve\n0 Eve\n');
});

it('leaves the focus where the reader has gone', async () => {
  await open.give('who-copies', 'input("Here? ")');
  await open.cell('nan').locator('.cell-output').focus();
  // A click by script presses Run without taking the focus there.
  await button('who-copies', 'Run').evaluate((run: HTMLButtonElement) => {
    run.click();
  });
  await field('who-copies', 'Here?').waitFor();
  expect(
    await open
      .cell('nan')
      .locator('.cell-output')
      .evaluate((box) => box === document.activeElement),
  ).toBe(true);
  await field('who-copies', 'Here?').fill('yes');
  await button('who-copies', 'Enter').click();
  await ended(open.cell('who-copies'));
});

it.each([
  ['the button', () => button('lookup-on-type', 'End of input').click()],
  ['Ctrl+D', () => open.page.keyboard.press('Control+d')],
])('ends the input by %s', async (_by, end) => {
  await open.give('lookup-on-type', 'try: input("More? ")\nexcept EOFError: print("no more")');
  await start('lookup-on-type', 'More?');
  await end();
  await ended(open.cell('lookup-on-type'));
  expect(await text('lookup-on-type')).toBe('More? no more\n');
});

it('hides a password, and shows it nowhere', async () => {
  await open.give('call-three-ways', 'import getpass\nprint(len(getpass.getpass()), input("Then? "))');
  await start('call-three-ways', 'Password:');
  expect(await field('call-three-ways', 'Password:').getAttribute('type')).toBe('password');
  await open.page.keyboard.type('hunter2');
  await open.page.keyboard.press('Enter');
  await field('call-three-ways', 'Then?').waitFor();
  expect(await field('call-three-ways', 'Then?').getAttribute('type')).toBe('text');
  await open.page.keyboard.type('shown');
  await open.page.keyboard.press('Enter');
  await ended(open.cell('call-three-ways'));
  expect(await text('call-three-ways')).toBe('Password: \nThen? shown\n7 shown\n');
});

it('feeds pasted lines one by one and keeps the last, unfinished one', async () => {
  await open.give('co-code', 'import sys\nprint([input(), input(), sys.stdin.readline()])', { mode: 'script' });
  await start('co-code', 'Input');
  await field('co-code', 'Input').evaluate((input) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'one\r\ntwo\nthr');
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await expect.poll(() => text('co-code')).toBe('one\ntwo\n');
  expect(await field('co-code', 'Input').inputValue()).toBe('thr');
  await open.page.keyboard.type('ee');
  await open.page.keyboard.press('Enter');
  await ended(open.cell('co-code'));
  expect(await text('co-code')).toBe("one\ntwo\nthree\n['one', 'two', 'three\\n']\nExit code 0\n");
});

it.each(['notebook', 'script'] as const)('stops a %s that waits, while a thread of it prints', async (mode) => {
  const id = mode === 'notebook' ? 'unbound' : 'code-units';
  const source = [
    'import threading, time',
    'waits = True',
    'def tick():',
    '    for n in range(5): print("tick", n); time.sleep(0.02)',
    '    while waits: time.sleep(0.01)',
    'threading.Thread(target=tick).start()',
    'try: input()',
    'finally: waits = False',
  ].join('\n');
  await open.give(id, source, { mode });
  await start(id, 'Input');
  await open.cell(id).getByText('tick 4').waitFor();
  await button(id, 'Stop').click();
  await ended(open.cell(id));
  expect(await text(id)).toMatch(/line 7[\s\S]*KeyboardInterrupt\n/);
  expect(await open.cell(id).locator('.cell-input').count()).toBe(0);
});

it('has no accessibility fault while it waits, wide and narrow, light and dark', async () => {
  await open.give('nan', 'input("What is your quest? ")');
  await start('nan', 'What is your quest?');
  for (const width of [1280, 390]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await open.page.setViewportSize({ width, height: 900 });
      await open.page.emulateMedia({ colorScheme });
      const faults = await open.page.evaluate(async () => {
        const { axe } = window as unknown as { axe: { run(target: object): Promise<AxeResults> } };
        return (await axe.run({ include: ['#nan'] })).violations.map(({ id }) => id);
      });
      expect(faults, `${width} ${colorScheme}`).toEqual([]);
      const shots = process.env['SHOTS'];
      if (shots !== undefined)
        await open.cell('nan').screenshot({ path: `${shots}/input-${width}-${colorScheme}.png` });
    }
  }
  await open.page.keyboard.press('Enter');
  await ended(open.cell('nan'));
});
