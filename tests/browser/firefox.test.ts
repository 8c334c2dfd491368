/** What a reader with Firefox gets: pages without complaints, cells that run and stop, search, theme, menu, no scripts. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { pagesIn } from '../../src/build/pages.ts';
import { findBrowser } from '../../src/commands/browser.mjs';
import { openDriver } from '../../src/recorder/driver/open.ts';
import { blocks, give, openFirefox, type FirefoxPage } from './support/firefox.ts';
import { longestLink } from './support/links.ts';

const chapter = 'what-python-executes/';
const missing = findBrowser('firefox') === undefined;
if (missing) console.warn('Skipped: there is no Firefox. Install it, or set FIREFOX to its path.');

describe.skipIf(missing)('the site in Firefox', () => {
  let open: FirefoxPage;
  beforeAll(async () => {
    open = await openFirefox();
  });
  afterAll(() => open[Symbol.asyncDispose]());

  const button = (id: string, name: string) =>
    open.page.locator(`py-cell[id="${id}"] ::-p-aria([name="${name}"][role="button"])`);
  const says = (id: string, text: string) => open.page.locator(`py-cell[id="${id}"] ::-p-text(${text})`).wait();
  const shown = (selector: string) =>
    open.page.evaluate(
      (selector) => document.querySelector(selector)?.checkVisibility({ visibilityProperty: true }) === true,
      selector,
    );
  const root = () => open.page.evaluate(() => document.documentElement.dataset['theme']);

  it('loads every page without an error and without breaking the policy', async () => {
    for (const file of await pagesIn(inject('siteFolder')))
      await open.page.goto(open.site.url(file.replace(/index\.html$/, '')), { waitUntil: 'networkidle0' });
    expect(open.complaints).toEqual([]);
  });

  it('gives the largest text one column, and wraps code where the reader wants that', async () => {
    await open.page.goto(open.site.url(chapter));
    const wide = () =>
      open.page.evaluate(
        () => [...document.querySelectorAll('main pre')].filter((one) => one.scrollWidth > one.clientWidth + 1).length,
      );
    expect([await shown('.outline-column'), await shown('.toc-column')]).toEqual([true, true]);
    expect(await wide()).toBeGreaterThan(0);
    await open.page.evaluate(() => {
      localStorage.setItem('textsize', 'largest');
      localStorage.setItem('longlines', 'wrap');
    });
    await open.page.reload();
    expect([await shown('.outline-column'), await shown('.toc-column')]).toEqual([false, false]);
    expect(await wide()).toBe(0);
    await open.page.evaluate(() => {
      localStorage.clear();
    });
  });

  it('opens the longest link, whose code waits for Run', async () => {
    await open.page.goto(open.site.url(`playground/${longestLink('6 * 7', 'notebook')}`));
    await says('notebook', 'It runs when you press Run.');
    expect(await blocks(open.page, 'notebook')).toEqual([]);
    await button('notebook', 'Run').click();
    await says('notebook', 'Ran here');
    expect(await blocks(open.page, 'notebook')).toEqual([['result', '42\n']]);
    await open.page.evaluate(() => {
      localStorage.clear();
    });
  });

  it('runs a cell and prints what was recorded', async () => {
    await open.page.goto(open.site.url(chapter));
    const recorded = await blocks(open.page, 'cache-edges');
    expect(recorded.length).toBeGreaterThan(0);
    await button('cache-edges', 'Run').click();
    await says('cache-edges', 'Ran here');
    expect(await blocks(open.page, 'cache-edges')).toEqual(recorded);
  });

  it('finds the schedule under which an update is lost', async () => {
    await open.page.goto(open.site.url(chapter));
    const lost = [
      'import threading',
      'count = 0',
      'def work():',
      '    global count',
      '    seen = count',
      '    print("read", end=" ")',
      '    count = seen + 1',
      'threads = [threading.Thread(target=work) for _ in range(2)]',
      'for each in threads: each.start()',
      'for each in threads: each.join()',
      'assert count == 2',
    ];
    await give(open.page, 'cache-edges', lost.join('\n'));
    await open.page.locator('py-cell[id="cache-edges"] .cell-menu summary').click();
    await button('cache-edges', 'Find a schedule that fails').click();
    await says('cache-edges', 'fails: AssertionError');
    await button('cache-edges', 'Copy the schedule').wait();
    expect(open.complaints).toEqual([]);
  });

  it('runs a program step by step, and goes back', async () => {
    const id = 'load-small-int';
    await give(open.page, id, 'for n in range(2):\n    print(n)');
    await open.page.locator(`py-cell[id="${id}"] .cell-menu summary`).click();
    await button(id, 'Step').click();
    await says(id, 'MainThread stands at line 1.');
    await button(id, 'Next line: MainThread').click();
    await says(id, 'Step 1. MainThread stands at line 2. Changed: n = 0.');
    await button(id, 'Next line: MainThread').click();
    await says(id, 'Step 2. MainThread stands at line 1.');
    await button(id, 'Back').click();
    await says(id, 'Step 1. MainThread stands at line 2. Changed: n = 0.');
    await button(id, 'Run on').click();
    await says(id, 'Step 2. The program has ended. Changed: n = 1.');
    expect(open.complaints).toEqual([]);
  });

  it('shows an error with its traceback', async () => {
    await give(open.page, 'not-callable', 'print("so far")\n1 / 0');
    await button('not-callable', 'Run').click();
    await says('not-callable', 'ZeroDivisionError: division by zero');
    await says('not-callable', 'Ran here');
    const shown = await blocks(open.page, 'not-callable');
    expect(shown.map(([kind]) => kind)).toEqual(['stdout', 'error']);
    expect(shown[1]?.[1]).toMatch(/^Traceback[\s\S]*line 2[\s\S]*ZeroDivisionError: division by zero\n$/);
  });

  it('stops an endless loop by KeyboardInterrupt; the next run works and has every name', async () => {
    await give(open.page, 'nan', 'held = 1\nprint("started")\nwhile True: pass');
    await give(open.page, 'immortal', 'held + 41');
    await button('nan', 'Run').click();
    await says('nan', 'started');
    await button('nan', 'Stop').click();
    await says('nan', 'Ran here, stopped');
    expect((await blocks(open.page, 'nan')).at(-1)?.[1]).toMatch(/line 3[\s\S]*KeyboardInterrupt\n$/);
    await button('immortal', 'Run').click();
    await says('immortal', 'Ran here');
    expect(await blocks(open.page, 'immortal')).toEqual([['result', '42\n']]);
  });

  it('takes a double click on Run for one run, and ends by force what does not stop', async () => {
    const deaf = 'while True:\n    try:\n        while True: pass\n    except BaseException: pass';
    await give(open.page, 'unbound', `print("on", flush=True)\n${deaf}`);
    const run = button('unbound', 'Run');
    await run.click({ count: 2 });
    await says('unbound', 'on');
    await button('unbound', 'Stop').click();
    await says('unbound', 'Stopping…');
    await says('unbound', 'Press again to force; the names are lost.');
    await button('unbound', 'Stop').click();
    await says('unbound', 'Lost: what “');
    await give(open.page, 'id-reuse', 'held = 1\n"held" in globals()');
    await button('id-reuse', 'Run').click();
    await says('id-reuse', 'True');
  });

  it('edits: completes from the live interpreter, runs what was typed, and a traceback leads to its line', async () => {
    const code = 'py-cell[id="cache-edges"]';
    await open.page.locator(`${code} pre.code`).click();
    await open.page.locator(`${code} .cm-content`).wait();
    await open.page.keyboard.down('Control');
    await open.page.keyboard.press('a');
    await open.page.keyboard.up('Control');
    await open.page.keyboard.type('hel');
    const labels = () =>
      open.page.evaluate(() => [...document.querySelectorAll('.cm-completionLabel')].map((each) => each.textContent));
    await expect.poll(labels, { timeout: 20_000 }).toContain('held');
    await open.page.keyboard.press('Tab');
    await open.page.keyboard.type(' + 1\n1 / 0');
    await open.page.keyboard.down('Control');
    await open.page.keyboard.press('Enter');
    await open.page.keyboard.up('Control');
    await says('cache-edges', 'ZeroDivisionError: division by zero');
    await open.page.locator(`${code} a.out-place`).click();
    await open.page.locator(`${code} .cm-foundLine`).wait();
    expect(await open.page.evaluate(() => document.querySelector('.cm-foundLine')?.textContent)).toBe('1 / 0');
  });

  it('did all that without an error and without breaking the policy', () => {
    expect(open.complaints).toEqual([]);
  });

  it('opens search by key, finds, and goes where the reader says', async () => {
    await open.page.goto(open.site.home);
    await open.page.keyboard.down('Control');
    await open.page.keyboard.press('k');
    await open.page.keyboard.up('Control');
    await open.page.locator('::-p-aria([role="searchbox"])').fill('generator');
    await open.page.locator('.search-result a').wait();
    const first = await open.page.evaluate(() => document.querySelector<HTMLAnchorElement>('.search-result a')?.href);
    expect(first).toContain(open.site.home);
    await Promise.all([open.page.waitForNavigation(), open.page.locator('.search-result a').click()]);
    expect(open.page.url()).toBe(first);
    expect(open.complaints).toEqual([]);
  });

  it('keeps the theme that the reader chose', async () => {
    await open.page.goto(open.site.home);
    await open.page.locator('.settings-open').click();
    await open.page.locator('.reader-menu label:has([value="dark"])').click();
    expect(await root()).toBe('dark');
    await open.page.goto(open.site.url('glossary/'));
    expect(await root()).toBe('dark');
    expect(await open.page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('dark');
  });

  it('has the chapters in a menu at 390 px, and nothing wider than the screen', async () => {
    await open.page.setViewport({ width: 390, height: 800 });
    await open.page.goto(open.site.url(chapter));
    expect(await shown('#outline')).toBe(false);
    const overflow = await open.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    await open.page.locator('[data-outline-open]').click();
    await expect.poll(() => shown('.outline-dialog #outline [aria-current="page"]')).toBe(true);
    await open.page.keyboard.press('Escape');
    await expect.poll(() => shown('#outline')).toBe(false);
  });

  it('stops an inline script that is not the site’s, and the complaint is heard', async () => {
    const before = open.complaints.length;
    const ran = await open.page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "taken"';
      document.head.append(script);
      return document.title === 'taken';
    });
    expect(ran).toBe(false);
    await expect
      .poll(() => open.complaints.slice(before))
      .toEqual([expect.stringMatching(/Content-Security-Policy.*blocked an inline script/)]);
  });
});

it.skipIf(missing)('is complete in Firefox without JavaScript, with no button that cannot act', async () => {
  await using open = await openFirefox({ 'javascript.enabled': false });
  await open.page.goto(open.site.url(chapter));
  const counts = await open.page.evaluate(() => {
    const visible = (selector: string) =>
      [...document.querySelectorAll(selector)].filter((element) =>
        element.checkVisibility({ visibilityProperty: true }),
      ).length;
    return {
      alive: document.querySelectorAll('py-cell:defined').length,
      // Those of exercises have no output, or hide it.
      cells: visible('py-cell:not(py-exercise *) .cell'),
      outputs: visible('py-cell .out'),
      provenances: visible('py-cell:not(py-exercise *) .cell-provenance'),
      buttons: visible('button'),
    };
  });
  expect(counts).toMatchObject({ alive: 0, buttons: 0, provenances: counts.cells });
  expect(counts.cells).toBeGreaterThan(20);
  expect(counts.outputs).toBeGreaterThan(20);
});

it.skipIf(missing)(
  'gives the driver the same kernel: events in order, threads, a time limit, a fresh interpreter',
  async () => {
    await using driver = await openDriver({ browser: 'firefox' });
    expect(driver.producer.python).toMatch(/^3\.14\./);
    const run = (source: string, timeoutSeconds: number) =>
      driver.run({ mode: 'notebook', source, filename: 'cell.py', namespace: 'main', clock: 1 }, { timeoutSeconds });
    const counted = await run('import sys\nkept = 1\nfor n in range(20_000): print(n, flush=n % 100 == 0)', 100);
    expect(counted.end.outcome).toBe('ok');
    expect(counted.events.map((event) => (event.type === 'stdout' ? event.text : '?')).join('')).toBe(
      Array.from({ length: 20_000 }, (_, n) => `${n}\n`).join(''),
    );
    const threads = await run(
      [
        'import threading',
        'seen = []',
        'def spin():',
        '    while not seen: pass',
        'spinner = threading.Thread(target=spin)',
        'spinner.start()',
        'seen.append(spinner.is_alive())',
        'spinner.join()',
        'seen',
      ].join('\n'),
      100,
    );
    expect(threads.events).toMatchObject([{ type: 'result', text: '[True]' }]);
    const endless = await run('while True: pass', 1);
    expect(endless.end).toMatchObject({ outcome: 'fault', fault: { kind: 'timeout' }, stateLost: true });
    expect((await run('kept', 100)).events).toMatchObject([{ type: 'error', name: 'NameError' }]);
  },
);
