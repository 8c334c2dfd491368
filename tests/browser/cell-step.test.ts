/** “Step” in a cell’s menu: a program whose threads go on as the reader says, line by line, forward and back. */
import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { bringAxe } from './support/axe.ts';
import { openChapter, type CellPage } from './support/cell-page.ts';
import { lookAtCell } from './support/look-at-cell.ts';

const chapter = 'iterators-and-generators/';
const id = 'fib-gen';
const lost = `import threading
count = 0
def work():
    global count
    count += 1
a = threading.Thread(target=work, name="a")
b = threading.Thread(target=work, name="b")
a.start()
b.start()
a.join()
b.join()
print(count)`;

async function openWith(source: string, options: Parameters<typeof openChapter>[1] = {}): Promise<CellPage> {
  const open = await openChapter(chapter, options);
  await open.give(id, source);
  return open;
}

const entryOf = (cell: Locator) => cell.getByRole('button', { name: 'Step', exact: true });
const panelOf = (cell: Locator) => cell.getByRole('region', { name: /^Step by step: / });
const said = (cell: Locator) => panelOf(cell).locator('.step-said');
const lane = (cell: Locator, name: string) => panelOf(cell).getByRole('region', { name, exact: true });

/** Chooses Step, and waits until the program stands before its first line. */
async function choose(cell: Locator): Promise<Locator> {
  await cell.locator('summary[aria-label="More actions"]').click();
  await entryOf(cell).click();
  await lane(cell, 'MainThread').waitFor();
  return panelOf(cell);
}

/** Presses a button of a thread, and answers with what is said of the step. */
async function go(cell: Locator, name: string, goal = 'Next line'): Promise<string> {
  const before = await said(cell).innerText();
  await panelOf(cell)
    .getByRole('button', { name: `${goal}: ${name}`, exact: true })
    .click();
  return changed(cell, before);
}

async function changed(cell: Locator, before: string): Promise<string> {
  // A step that takes long is told of on the way.
  const now = async () => {
    const words = await said(cell).innerText();
    return words === before || words.endsWith(' Back ends that.') ? '' : words;
  };
  await expect.poll(now).not.toBe('');
  return now();
}

/** The names of a table with their values. */
const table = async (part: Locator): Promise<Record<string, string>> =>
  Object.fromEntries(
    await part
      .locator('tr')
      .evaluateAll((rows: Element[]) =>
        rows.map((row) => [row.children[0]?.textContent ?? '', row.children[1]?.textContent ?? '']),
      ),
  );

it('loses an update by the buttons and the tables alone, and keeps it where CPython may switch', async () => {
  await using open = await openWith(lost);
  const cell = open.cell(id);
  const { keyboard } = open.page;
  await cell.locator('summary[aria-label="More actions"]').focus();
  await keyboard.press('Enter');
  await entryOf(cell).waitFor();
  await entryOf(cell).focus();
  await keyboard.press('Enter');
  await lane(cell, 'MainThread').waitFor();
  const panel = panelOf(cell);
  expect(await said(cell).innerText()).toBe('MainThread stands at line 1.');
  // The way from what is said into the buttons is Tab.
  expect(await said(cell).evaluate((element) => element === document.activeElement)).toBe(true);
  await keyboard.press('Tab');
  expect(
    await panel.getByRole('button', { name: 'Next line: MainThread' }).evaluate((e) => e === document.activeElement),
  ).toBe(true);

  await panel.getByLabel('Threads change places').selectOption('instruction');
  await expect.poll(() => said(cell).innerText()).toBe('MainThread stands at line 1.');
  expect(await go(cell, 'MainThread', 'Until it waits')).toMatch(/MainThread waits at line 10 for the end of a/);
  expect(await lane(cell, 'MainThread').locator('.step-why').innerText()).toMatch(
    /^It cannot go on: it waits for the end of a/,
  );
  // It says so again when it is pressed all the same, and nothing happens.
  const button = panel.getByRole('button', { name: 'Next line: MainThread' });
  expect(await button.getAttribute('aria-disabled')).toBe('true');

  expect(await go(cell, 'a', 'Next switch point')).toContain('a stands at line 5, about to read count.');
  expect(await go(cell, 'a', 'Next switch point')).toContain('a stands at line 5, about to change count.');
  expect(await go(cell, 'b', 'Until it waits')).toMatch(/^Step 4\. b has ended\. Changed: count = 1\.$/);
  expect(await panel.locator('.step-shared .is-changed').innerText()).toMatch(/count\s+1 changed/);
  await go(cell, 'a', 'Until it waits');
  expect(await table(panel.locator('.step-shared'))).toMatchObject({ count: '1' });
  expect(await go(cell, 'MainThread', 'Until it waits')).toBe('Step 6. The program has ended.');
  expect(await panel.locator('.step-printed').innerText()).toBe('1\n');

  await panel.getByLabel('Threads change places').selectOption('gil');
  await expect.poll(() => said(cell).innerText()).toBe('MainThread stands at line 1.');
  await go(cell, 'MainThread', 'Until it waits');
  expect(await go(cell, 'a', 'Next switch point')).toBe('Step 2. a has ended. Changed: count = 1.');
  expect(await go(cell, 'b', 'Next switch point')).toBe('Step 3. b has ended. Changed: count = 2.');
});

it('marks in the code where each thread stands, and gives the cell back as it was', async () => {
  await using open = await openWith(lost);
  const cell = open.cell(id);
  const panel = await choose(cell);
  await go(cell, 'MainThread', 'Until it waits');
  const marks = () =>
    cell
      .locator('.cm-standing')
      .evaluateAll((lines: Element[]) => lines.map((line) => line.getAttribute('data-standing')));
  await expect.poll(marks).toEqual(['a, b', 'MainThread']);
  const output = await cell.locator('.cell-output').innerText();
  await panel.getByRole('button', { name: 'Close' }).click();
  await expect.poll(marks).toEqual([]);
  expect(await panel.count()).toBe(0);
  expect(await cell.locator('.cell-output').innerText()).toBe(output);
  expect(await cell.locator('summary[aria-label="More actions"]').evaluate((e) => e === document.activeElement)).toBe(
    true,
  );
  await choose(cell);
  await open.run(id);
  expect(await panel.count()).toBe(0);
});

it('goes back step by step, and forward again', async () => {
  const source = 'def down(n):\n    if n:\n        down(n - 1)\n    print(n)\ndown(2)';
  await using open = await openWith(source);
  const cell = open.cell(id);
  const panel = await choose(cell);
  const back = panel.getByRole('button', { name: 'Back', exact: true });
  expect(await back.getAttribute('aria-disabled')).toBe('true');
  const told = [await said(cell).innerText()];
  while (!(told.at(-1) ?? '').includes('has ended')) told.push(await go(cell, 'MainThread'));
  expect(await panel.locator('.step-printed').innerText()).toBe('0\n1\n2\n');
  for (const words of told.slice(0, -1).reverse()) {
    const before = await said(cell).innerText();
    await back.press('Enter');
    expect(await changed(cell, before)).toBe(words);
  }
  expect(await panel.locator('.step-printed').isHidden()).toBe(true);
  expect(await back.getAttribute('aria-disabled')).toBe('true');
  expect(await go(cell, 'MainThread')).toBe(told[1]);
});

it('says at which step a program takes another way than before, and what differs', async () => {
  await using open = await openWith('import os\nn = os.urandom(8).hex()\nprint(1)\nprint(2)');
  const cell = open.cell(id);
  const panel = await choose(cell);
  for (let step = 0; step < 3; step += 1) await go(cell, 'MainThread');
  await panel.getByRole('button', { name: 'Back', exact: true }).click();
  const other =
    /^Step 2\. .* In step 2 the program took another way than before: n is '[0-9a-f]{16}', and was '[0-9a-f]{16}'\. It asks for/;
  await expect.poll(() => said(cell).innerText()).toMatch(other);
});

it('shows the frames of a recursion and of a decorator, and a generator’s between two steps', async () => {
  const source = `def logged(f):
    def wrapper(n):
        return f(n)
    return wrapper
@logged
def down(n):
    return down(n - 1) if n else 0
def two():
    x = 1
    yield x
g = two()
next(g)
down(1)`;
  await using open = await openWith(source);
  const cell = open.cell(id);
  const panel = await choose(cell);
  while (!(await panel.locator('.step-lane').innerText()).includes('Names of down, line 7'))
    await go(cell, 'MainThread');
  await go(cell, 'MainThread');
  await go(cell, 'MainThread');
  expect(await panel.locator('summary').allInnerTexts()).toEqual([
    'called from logged.<locals>.wrapper, line 3',
    'called from down, line 7',
    'called from logged.<locals>.wrapper, line 3',
  ]);
  expect(await table(panel.locator('.step-names').first())).toMatchObject({ n: '0 changed' });
  expect(await table(panel.locator('.step-shared'))).toEqual({ g: 'generator two at line 10(x=1)' });
});

it('tells a deadlock, with what each thread waits for and who holds it', async () => {
  const source = `import threading
one, two = threading.Lock(), threading.Lock()
def work(first, second):
    with first:
        with second: pass
threading.Thread(target=work, args=(one, two), name="a").start()
threading.Thread(target=work, args=(two, one), name="b").start()`;
  await using open = await openWith(source);
  const cell = open.cell(id);
  const panel = await choose(cell);
  await go(cell, 'MainThread', 'Until it waits');
  await go(cell, 'a');
  expect(await go(cell, 'b', 'Until it waits')).toContain('b waits at line 5 for a Lock held by a.');
  expect(await go(cell, 'a', 'Until it waits')).toContain('Deadlock: every thread waits, and nothing can wake one.');
  expect(await lane(cell, 'a').locator('.step-state').innerText()).toBe('Waits at line 5 for a Lock held by b');
  expect(await panel.locator('.step-printed').innerText()).toMatch(/^Deadlock: /);
});

it('asks for input on the way, and reads the same again on the way back', async () => {
  await using open = await openWith('name = input("Name? ")\nn = len(name)\nprint(n)');
  const cell = open.cell(id);
  const panel = await choose(cell);
  await panel.getByRole('button', { name: 'Next line: MainThread' }).click();
  const field = panel.getByLabel('Name?');
  await field.waitFor();
  expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
  await field.fill('Ada');
  await open.page.keyboard.press('Enter');
  await expect.poll(() => said(cell).innerText()).toBe("Step 1. MainThread stands at line 2. Changed: name = 'Ada'.");
  await go(cell, 'MainThread');
  const before = await said(cell).innerText();
  await panel.getByRole('button', { name: 'Back', exact: true }).click();
  expect(await changed(cell, before)).toBe("Step 1. MainThread stands at line 2. Changed: name = 'Ada'.");
});

it('says so when a program cannot be run step by step', async () => {
  await using open = await openWith('def work(:');
  const cell = open.cell(id);
  await cell.locator('summary[aria-label="More actions"]').click();
  await entryOf(cell).click();
  await expect.poll(() => said(cell).innerText()).toMatch(/^It cannot be run step by step\. .*SyntaxError/s);
});

it('is opened at a breakpoint() by Run, and goes on to the next one', async () => {
  await using open = await openWith('def f(n):\n    breakpoint()\n    return n\nprint(f(1))\nprint(f(2))');
  const cell = open.cell(id);
  await cell.getByRole('button', { name: 'Run', exact: true }).click();
  await expect
    .poll(() => said(cell).innerText())
    .toBe('Step 1. MainThread has called breakpoint() at line 2. Changed: n = 1.');
  const on = panelOf(cell).getByRole('button', { name: 'Run on' });
  await on.click();
  await expect
    .poll(() => said(cell).innerText())
    .toBe('Step 2. MainThread has called breakpoint() at line 2. Changed: n = 2.');
  expect(await panelOf(cell).locator('.step-printed').innerText()).toBe('1\n');
  await on.click();
  await expect.poll(() => said(cell).innerText()).toBe('Step 3. The program has ended.');
  expect(await on.getAttribute('aria-disabled')).toBe('true');
});

it('runs a cell as ever whose breakpoint() is never reached', async () => {
  await using open = await openWith('if 0: breakpoint()\nprint("whole")');
  const cell = open.cell(id);
  await open.run(id);
  expect(await cell.locator('.out').allInnerTexts()).toEqual(['whole\n']);
  expect(await panelOf(cell).count()).toBe(0);
});

it.each([1280, 390])('has no accessibility fault at %i px, and does not widen the page', async (width) => {
  await using open = await openWith(lost, { viewport: { width, height: 900 }, bypassCSP: true });
  await bringAxe(open.page);
  const cell = open.cell(id);
  const look = async (state: string): Promise<void> => {
    const seen = await lookAtCell(open.page, id, `step-${state}-${width}`);
    expect(seen.faults).toEqual([]);
    expect(seen.width).toBeLessThanOrEqual(width);
  };
  await choose(cell);
  await look('begin');
  await go(cell, 'MainThread', 'Until it waits');
  await go(cell, 'a', 'Until it waits');
  await look('waits');
  await go(cell, 'b', 'Until it waits');
  await go(cell, 'MainThread', 'Until it waits');
  await look('over');
});
