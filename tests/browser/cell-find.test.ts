/** “Find a schedule that fails” in a cell’s menu: what it finds, what it says it covered, and how it is stopped and goes. */
import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { bringAxe } from './support/axe.ts';
import { openChapter, type CellPage } from './support/cell-page.ts';
import { lookAtCell } from './support/look-at-cell.ts';

const chapter = 'iterators-and-generators/';
const id = 'fib-gen';
const threads = [
  'threads = [threading.Thread(target=work, name=f"worker-{n}") for n in (1, 2)]',
  'for each in threads: each.start()',
  'for each in threads: each.join()',
];
const head = ['import threading', 'count, lock = 0, threading.Lock()', 'def work():', '    global count'];
const lost = [
  ...head,
  '    seen = count',
  '    print("read", end=" ")',
  '    count = seen + 1',
  ...threads,
  'assert count == 2',
];
const safe = [...head, '    with lock: count += 1', ...threads, 'print(count)'];
/** Each run has more places than two threads can be tried at within any budget of a test. */
const long = [...head, '    for _ in range(60):', '        with lock: count += 1', ...threads, 'print(count)'];
const circle = [
  'import threading',
  'a, b = threading.Lock(), threading.Lock()',
  'def work():',
  '    first, second = (a, b) if threading.current_thread().name == "worker-1" else (b, a)',
  '    with first:',
  '        with second: pass',
  ...threads,
];

async function openWith(source: readonly string[], options: Parameters<typeof openChapter>[1] = {}): Promise<CellPage> {
  const open = await openChapter(chapter, options);
  await open.give(id, source.join('\n'));
  return open;
}

const entryOf = (cell: Locator) => cell.getByRole('button', { name: 'Find a schedule that fails', exact: true });

async function choose(cell: Locator): Promise<Locator> {
  await cell.locator('summary[aria-label="More actions"]').click();
  await entryOf(cell).click();
  return cell.getByRole('region', { name: /^Search for a schedule that fails: / });
}

/** Waits for what came of a search, and answers with its words. */
async function verdict(panel: Locator): Promise<string> {
  await panel.getByRole('button', { name: 'Search again' }).waitFor();
  return panel.locator('.find-verdict').innerText();
}

it('finds a lost update by keyboard alone, and tells its steps line by line', async () => {
  await using open = await openWith(lost);
  const cell = open.cell(id);
  const { keyboard } = open.page;
  await cell.locator('summary[aria-label="More actions"]').focus();
  await keyboard.press('Enter');
  await entryOf(cell).waitFor();
  // Opening the menu loads neither Python nor what searches.
  expect(open.asked.filter((url) => url.includes('/runtime/'))).toEqual([]);
  while (!(await entryOf(cell).evaluate((element) => element === document.activeElement))) await keyboard.press('Tab');
  await keyboard.press('Enter');
  const panel = cell.getByRole('region', { name: /^Search for a schedule that fails: / });
  expect(await verdict(panel)).toMatch(
    /^The program fails: AssertionError.*, in MainThread\. 1 preemption\. Found in \d+ runs\.$/,
  );
  expect(await panel.locator('.find-text').last().innerText()).toMatch(
    /^Traceback[\s\S]*line 11[\s\S]*AssertionError$/,
  );
  expect(open.asked.filter((url) => url.includes('/runtime/explorer.'))).toHaveLength(1);

  const rows = await panel.locator('tbody tr').allInnerTexts();
  const at = rows.findIndex((row) => /worker-(\d) loses the processor in line 6; worker-\d goes on/.test(row));
  expect(at).toBeGreaterThan(0);
  expect(rows.slice(at).filter((row) => row.includes('count = seen + 1'))).toHaveLength(2);

  // From row to row by the arrow keys; the line of the one that is chosen is marked in the code.
  const first = panel.locator('tbody button').first();
  await first.focus();
  await keyboard.press('End');
  await keyboard.press('ArrowUp');
  const chosen = panel.locator('tbody button[aria-pressed="true"]');
  expect(await chosen.evaluate((element) => element === document.activeElement)).toBe(true);
  const line = Number(/\d+/.exec(await chosen.innerText())?.[0]);
  const marked = cell.locator('.cm-foundLine');
  await expect.poll(() => marked.allInnerTexts()).toEqual([lost[line - 1]]);
  expect(await chosen.evaluate((element) => element === document.activeElement)).toBe(true);

  await open.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await panel.getByRole('button', { name: 'Copy the schedule' }).press('Enter');
  const name = await panel.locator('.find-name').innerText();
  expect(name).toMatch(/^gil-3\.14\.\d+-[0-9a-f]{8}-\d+[pb]/);
  await expect.poll(() => open.page.evaluate(() => navigator.clipboard.readText())).toBe(name);
});

it('says which schedules of a sound program hold, and searches on at other places', async () => {
  await using open = await openWith(safe);
  const cell = open.cell(id);
  const panel = await choose(cell);
  expect(await verdict(panel)).toMatch(
    /^No schedule failed\. All [\d,]+ schedules with at most 2 preemptions hold\. Tried besides, and not all there are: 60 at random, [\d,]+ by priorities \(PCT\)\. [\d,]+ runs\.$/,
  );
  await open.page.reload();
  await open.give(id, [...head, '    count += 1', ...threads, 'assert count == 2, count'].join('\n'));
  await choose(cell);
  await panel.getByRole('button', { name: 'Stop' }).click();
  await verdict(panel);
  await panel.getByLabel('Threads change places').selectOption('instruction');
  await panel.getByRole('button', { name: 'Search again' }).click();
  await panel.getByText(/fails: AssertionError: 1/).waitFor();
  expect(await panel.locator('.find-name').innerText()).toMatch(/^instruction-/);
});

it('tells a deadlock, with what each thread waits for', async () => {
  await using open = await openWith(circle);
  const panel = await choose(open.cell(id));
  expect(await verdict(panel)).toMatch(/ fails: deadlock: every thread waits/);
  const rows = (await panel.locator('tbody tr').allInnerTexts()).join('\n');
  expect(rows).toMatch(/worker-\d waits for a Lock held by worker-\d; /);
  expect(rows).toMatch(/nobody can go on/);
});

it('accuses other output than the plain run’s, until the reader allows it', async () => {
  await using open = await openWith([head[0] ?? '', 'def work(): print(threading.current_thread().name)', ...threads]);
  const panel = await choose(open.cell(id));
  expect(await verdict(panel)).toMatch(/fails: output: it prints something else than the plain run/);
  expect(await panel.locator('.find-text').allInnerTexts()).toEqual(['worker-1\nworker-2', 'worker-2\nworker-1']);
  await panel.getByLabel('Other output than that of the plain run is a failure').uncheck();
  await panel.getByRole('button', { name: 'Search again' }).click();
  await panel.getByText(/ schedules tried, now /).waitFor();
  await panel.getByRole('button', { name: 'Stop' }).click();
  expect(await verdict(panel)).toMatch(/^Stopped\. No schedule had failed\. /);
});

it('is stopped, and says what had been covered until then; Run and Reset take it away', async () => {
  await using open = await openWith(long);
  const cell = open.cell(id);
  const panel = await choose(cell);
  await panel.getByText(/^[\d,]+ schedules tried, now .*\. \d+ s of 20 s\.$/).waitFor();
  const stop = panel.getByRole('button', { name: 'Stop' });
  await stop.focus();
  await open.page.keyboard.press('Enter');
  expect(await verdict(panel)).toMatch(/^Stopped\. No schedule had failed\. .*[\d,]+ runs?\.$/);
  // The button is gone; the focus is not.
  expect(await panel.locator('.find-verdict').evaluate((element) => element === document.activeElement)).toBe(true);

  await panel.getByRole('button', { name: 'Search again' }).click();
  await panel.getByText(/ schedules tried, now /).waitFor();
  await open.run(id);
  expect(await panel.count()).toBe(0);
  await choose(cell);
  await panel.getByText(/ schedules tried, now /).waitFor();
  await cell.getByRole('button', { name: 'Reset' }).click();
  await panel.waitFor({ state: 'detached' });
});

it('says what is missing when the search cannot be downloaded, and searches once it can', async () => {
  await using open = await openWith(circle);
  await open.page.route('**/runtime/explorer.*', (route) => route.abort());
  const panel = await choose(open.cell(id));
  expect(await verdict(panel)).toMatch(/^Python could not be downloaded\. explorer\./);
  await open.page.unrouteAll();
  await panel.getByRole('button', { name: 'Search again' }).click();
  await panel.getByText(/ fails: deadlock/).waitFor();
});

it('is heard: that it begins and what came of it, and little between', async () => {
  await using open = await openWith(safe);
  await open.page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const region = target instanceof Element ? target.closest('[role="status"]') : undefined;
        if (region?.textContent) heard.push(region.textContent);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  const panel = await choose(open.cell(id));
  const words = await verdict(panel);
  const said = () => open.page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
  await expect.poll(async () => (await said()).at(-1)).toContain(words);
  const heard = await said();
  expect(heard[0]).toMatch(/: searching for a schedule that fails$/);
  // Of hundreds of words about how far it is, at most one in five seconds.
  expect(heard.filter((one) => one.includes('schedules tried')).length).toBeLessThanOrEqual(4);
});

it('searches a cell together with those that it continues, and leaves the page’s own Python alone', async () => {
  await using open = await openChapter(chapter);
  const [first, next] = ['drain', 'next-default'] as const;
  await open.give(first, lost.slice(0, 7).join('\n'), { expectError: false });
  await open.give(next, [...threads, 'assert count == 2'].join('\n'), { after: first });
  const cell = open.cell(next);
  const panel = await choose(cell);
  expect(await verdict(panel)).toMatch(/^The program fails: AssertionError/);
  const places = await panel.locator('tbody button').allInnerTexts();
  expect(places).toContain(`cell-${first}:7`);
  await panel
    .locator('tbody button', { hasText: `cell-${first}:7` })
    .first()
    .click();
  await expect.poll(() => open.cell(first).locator('.cm-foundLine').allInnerTexts()).toEqual([lost[6]]);
  // Nothing of the search is in the names of the chapter.
  await open.give('spent', 'print("count" in globals())', { expectError: false });
  await open.run('spent');
  expect(await open.cell('spent').locator('.out').allInnerTexts()).toEqual(['False\n']);
});

it.each([
  ['tasks', ['import asyncio', 'asyncio.run(asyncio.sleep(0))'], /No search: its tasks run in one order/],
  ['processes', ['import subprocess'], /No search: it uses other processes/],
])('says at once why %s cannot be explored', async (_, source, words) => {
  await using open = await openWith(source);
  const cell = open.cell(id);
  await cell.locator('summary[aria-label="More actions"]').click();
  await entryOf(cell).click();
  await cell.getByText(words).waitFor();
  expect(await cell.locator('.cell-find').count()).toBe(0);
});

it('says why a program with threads cannot be explored, when it has seen so', async () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['input("name? ")', /^It cannot be explored\. It asks for input/],
    [
      'import subprocess, sys\nsubprocess.run([sys.executable, "-c", ""])',
      /^It cannot be explored\. It uses other proc/,
    ],
    ['import asyncio\nawait asyncio.sleep(0)', /^It cannot be explored\. It awaits outside a function/],
    ['def work(:', /^It cannot be explored\. .*SyntaxError/],
    ['print(1)', /^No schedule failed\. It starts no second thread/],
  ];
  await using open = await openChapter(chapter);
  for (const [source, words] of cases) {
    await open.give(id, `import threading\n${source}`);
    const panel = await choose(open.cell(id));
    expect(await verdict(panel)).toMatch(words);
    await open.page.reload();
  }
});

it('offers no search to a cell that does one thing after the other', async () => {
  await using open = await openWith(['print(1)']);
  const cell = open.cell(id);
  await cell.locator('summary[aria-label="More actions"]').click();
  await cell.getByRole('button', { name: 'Timeline', exact: true }).waitFor();
  expect(await entryOf(cell).count()).toBe(0);
});

it.each([1280, 390])('has no accessibility fault at %i px in any state, and does not widen the page', async (width) => {
  // The policy of the page would refuse axe itself.
  await using open = await openWith(long, { viewport: { width, height: 900 }, bypassCSP: true });
  await bringAxe(open.page);
  const cell = open.cell(id);
  const look = async (state: string): Promise<void> => {
    const seen = await lookAtCell(open.page, id, `find-${state}-${width}`);
    expect(seen.faults).toEqual([]);
    expect(seen.width).toBeLessThanOrEqual(width);
  };
  const panel = await choose(cell);
  await panel.getByText(/ schedules tried, now /).waitFor();
  await look('searching');
  await panel.getByRole('button', { name: 'Stop' }).click();
  await verdict(panel);
  await look('stopped');
  await open.page.reload();
  await bringAxe(open.page);
  await open.give(id, lost.join('\n'));
  await choose(cell);
  await verdict(panel);
  await panel.locator('tbody button').first().click();
  await cell.locator('.cm-foundLine').waitFor();
  await look('failed');
});
