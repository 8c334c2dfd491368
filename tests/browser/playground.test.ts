/** The playground: a reader's own code, run, kept, shared by a link and opened from a cell; nothing of it runs by itself. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { bringAxe, faultsInBothThemes } from './support/axe.ts';
import { blocks, ended, openChapter, type CellPage } from './support/cell-page.ts';
import { editedText, replaceCode } from './support/editing.ts';
import { link, longestLink, noise, pack } from './support/links.ts';

const open = (fragment = '', options: Parameters<typeof openChapter>[1] = {}): Promise<CellPage> =>
  openChapter(`playground/${fragment}`, options);

const panel = (cell: Locator): Locator => cell.locator('.is-shared');
const python = (asked: readonly string[]): readonly string[] => asked.filter((url) => url.includes('/runtime/'));

async function choose(cell: Locator, name: string): Promise<void> {
  await cell.locator('summary[aria-label="More actions"]').click();
  await cell.getByRole('button', { name, exact: true }).click();
}

/** As a reader who opens an address in the same tab. */
async function follow(page: Page, fragment: string): Promise<void> {
  await page.evaluate((fragment) => {
    location.hash = fragment;
  }, fragment);
}

it('stands in the outline, and runs a program with threads, a process and input, and a cell with await', async () => {
  await using on = await openChapter('glossary/');
  await on.page.locator('.outline').getByRole('link', { name: 'Playground', exact: true }).click();
  const program = on.cell('script');
  await replaceCode(
    program,
    [
      'import multiprocessing, socket, threading',
      'from concurrent.futures import ProcessPoolExecutor',
      'if __name__ == "__main__":',
      '    server = socket.create_server(("127.0.0.1", 0))',
      '    threading.Thread(target=lambda: server.accept()[0].sendall(b"from a thread")).start()',
      '    print(socket.create_connection(server.getsockname()).recv(99))',
      '    with ProcessPoolExecutor(1) as pool: print(pool.submit(abs, -3).result())',
      '    print(input("Name? "))',
    ].join('\n'),
  );
  await program.getByRole('button', { name: 'Run', exact: true }).click();
  const field = program.getByRole('textbox', { name: /Name\?/ });
  await field.fill('Ada');
  await field.press('Enter');
  await ended(program);
  expect((await blocks(program)).map(([, text]) => text).join('')).toBe(
    "b'from a thread'\n3\nName? Ada\nAda\nExit code 0\n",
  );
  const cell = on.cell('notebook');
  await replaceCode(cell, 'import asyncio\nawait asyncio.sleep(0, 42)');
  await on.run('notebook');
  expect(await blocks(cell)).toEqual([['result', '42\n']]);
});

it('keeps what was written, and hands it on by a link whose code waits for Run', async () => {
  await using on = await open();
  const code = 'print("naïve 🐍")\nprint(1)';
  await replaceCode(on.cell('script'), code);
  await on.page.reload();
  expect(await editedText(on.cell('script'))).toBe(code);
  await choose(on.cell('script'), 'Share');
  const address = await on.cell('script').getByRole('textbox', { name: 'Link to this code' }).inputValue();
  expect(address.slice(0, address.indexOf('#'))).toBe(on.site.url('playground/'));

  await using other = await open(address.slice(address.indexOf('#')));
  await panel(other.cell('script')).getByText('It runs when you press Run.').waitFor();
  expect(await editedText(other.cell('script'))).toBe(code);
  expect([python(other.asked), await blocks(other.cell('script')), new URL(other.page.url()).hash]).toEqual([
    [],
    [],
    '',
  ]);
  await other.run('script');
  expect(await blocks(other.cell('script'))).toEqual([
    ['stdout', 'naïve 🐍\n1\n'],
    ['exit', 'Exit code 0\n'],
  ]);
});

it('opens a link over a reader’s own code only when told to, and undo brings that back', async () => {
  await using on = await open();
  const cell = on.cell('script');
  await replaceCode(cell, 'mine = 1');
  await follow(on.page, link('theirs = 1'));
  await panel(cell).getByText('The link brings other code').waitFor();
  const [download] = await Promise.all([
    on.page.waitForEvent('download'),
    panel(cell).getByRole('button', { name: 'Save mine as a file' }).click(),
  ]);
  expect([download.suggestedFilename(), readFileSync(await download.path(), 'utf8')]).toEqual(['main.py', 'mine = 1']);
  await panel(cell).getByRole('button', { name: 'Keep mine' }).click();
  expect([await editedText(cell), await panel(cell).count()]).toEqual(['mine = 1', 0]);
  await follow(on.page, link('theirs = 1'));
  await panel(cell).getByRole('button', { name: 'Replace mine' }).click();
  await panel(cell).getByRole('button', { name: 'Bring mine back' }).waitFor();
  expect(await editedText(cell)).toBe('theirs = 1');
  await panel(cell).getByRole('button', { name: 'Close' }).click();
  await on.page.keyboard.press('Control+z');
  await expect.poll(() => editedText(cell)).toBe('mine = 1');
});

it('says what is wrong with a link that is damaged or for another version, and leaves what was there', async () => {
  await using on = await open();
  const cell = on.cell('script');
  await replaceCode(cell, 'mine = 1');
  await follow(on.page, link('theirs = 1').slice(0, -9));
  await panel(cell).getByText('This link is not whole').waitFor();
  await follow(on.page, pack({ version: 3, program: 'x' }));
  await panel(cell).getByText('another version of the playground. Nothing in it can be read').waitFor();
  expect(await editedText(cell)).toBe('mine = 1');
  // Into the other cell, which is empty.
  await follow(on.page, link('y = 2', 'notebook', { version: 3 }));
  await panel(on.cell('notebook')).getByText('Its code is here; what else it says may be missing.').waitFor();
  expect(await editedText(on.cell('notebook'))).toBe('y = 2');
});

it('offers a file for what is too long for a link, and opens the longest link', async () => {
  await using on = await open(longestLink('print(1)', 'script'));
  const cell = on.cell('script');
  await panel(cell).getByText('It runs when you press Run.').waitFor();
  await on.run('script');
  expect(await blocks(cell)).toEqual([
    ['stdout', '1\n'],
    ['exit', 'Exit code 0\n'],
  ]);
  const long = `# ${noise(60_000)}`;
  await replaceCode(cell, long);
  await choose(cell, 'Share');
  await panel(cell).getByText('too long for a link').waitFor();
  const [download] = await Promise.all([
    on.page.waitForEvent('download'),
    panel(cell).getByRole('button', { name: 'Save as a file' }).click(),
  ]);
  expect(readFileSync(await download.path(), 'utf8')).toBe(long);
});

it('says that the browser gives no room, and shares all the same', async () => {
  await using on = await open();
  const cell = on.cell('script');
  await on.page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await replaceCode(cell, 'mine = 1');
  await cell.getByText('Your edit is not kept: the browser gives no room for it.').waitFor();
  await choose(cell, 'Share');
  await cell.getByRole('textbox', { name: 'Link to this code' }).waitFor();
  expect(await editedText(cell)).toBe('mine = 1');
});

it('moves a kept program that cannot be read aside, and still opens a link', async () => {
  await using on = await open();
  const key = await on.page.evaluate(() => {
    const key = `course-edit ${location.pathname}#script`;
    localStorage.setItem(key, '{"source": 3');
    return key;
  });
  await on.page.reload();
  await on.cell('script').getByText('cannot be read; it was left in the browser').waitFor();
  expect(await on.page.evaluate((key) => localStorage.getItem(`${key} unreadable`), key)).toBe('{"source": 3');
  await follow(on.page, link('theirs = 1'));
  await panel(on.cell('script')).getByText('It runs when you press Run.').waitFor();
  expect(await editedText(on.cell('script'))).toBe('theirs = 1');
});

it('shows in another tab what is written in one', async () => {
  await using on = await open();
  const other = await on.page.context().newPage();
  await other.goto(on.page.url());
  await replaceCode(on.cell('script'), 'mine = 1');
  await expect.poll(() => editedText(other.locator('py-cell[id="script"]'))).toBe('mine = 1');
});

it('takes a cell of a chapter along with those that it continues', async () => {
  await using on = await openChapter('what-python-executes/');
  const continuing = on.page.locator('py-cell[data-mode="notebook"][data-live][data-cell*=\'"after":\']').first();
  const id = (await continuing.getAttribute('id')) ?? '';
  const parts = await continuing.evaluate((element) => {
    const sources: string[] = [];
    for (let next: HTMLElement | null = element as HTMLElement; next;) {
      const { cell } = JSON.parse(next.dataset['cell'] ?? '') as {
        cell: { source: string; options: { after?: string } };
      };
      sources.unshift(cell.source.trim());
      next = cell.options.after === undefined ? null : document.getElementById(cell.options.after);
    }
    return sources;
  });
  expect(parts.length).toBeGreaterThan(1);
  await choose(on.cell(id), 'Open in playground');
  await on.page.waitForURL(on.site.url('playground/'));
  await panel(on.cell('notebook')).getByText('It runs when you press Run.').waitFor();
  expect(await editedText(on.cell('notebook'))).toBe(parts.join('\n\n\n'));
  expect(python(on.asked.slice(on.asked.indexOf(on.site.url('playground/'))))).toEqual([]);
});

it.each([{ viewport: { width: 1280, height: 900 } }, { viewport: { width: 390, height: 844 } }])(
  'has no fault that axe finds, before and with a link, at $viewport.width',
  async (options) => {
    await using on = await open('', options);
    await bringAxe(on.page);
    expect(await faultsInBothThemes(on.page)).toEqual([]);
    await replaceCode(on.cell('script'), 'mine = 1');
    await choose(on.cell('script'), 'Share');
    await on.cell('script').getByRole('textbox', { name: 'Link to this code' }).waitFor();
    await follow(on.page, link('theirs = 1', 'notebook'));
    await panel(on.cell('notebook')).waitFor();
    expect(await faultsInBothThemes(on.page)).toEqual([]);
    expect(await on.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  },
);

it('says without JavaScript what it needs', async () => {
  await using on = await open('', { javaScriptEnabled: false });
  // Its text is no text to Playwright's other ways.
  await on.page.locator('noscript p').waitFor();
  expect(await on.page.locator('noscript p').innerText()).toMatch(/^The playground needs JavaScript/);
});
