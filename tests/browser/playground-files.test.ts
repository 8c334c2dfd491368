/** Files beside the programs of the playground: in tabs, found by runs, kept, shared, taken from the device and given back. */
import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { bringAxe, faultsInBothThemes } from './support/axe.ts';
import { blocks, openChapter, type CellPage } from './support/cell-page.ts';
import { editedText, replaceCode } from './support/editing.ts';
import { noise, pack } from './support/links.ts';

/** What a program shows last. */
const over = ['exit', 'Exit code 0\n'];

const open = (options: Parameters<typeof openChapter>[1] = {}): Promise<CellPage> =>
  openChapter('playground/', options);
const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
const names = (page: Page): Promise<readonly string[]> => page.getByRole('tab').allTextContents();
const text = (page: Page, name: string): Locator => page.getByRole('textbox', { name: `Text of ${name}` });
const focused = (page: Page): Promise<string | null> => page.locator(':focus').textContent();

/** By keyboard alone, as long as `Add a file` has the focus. */
async function addFile(page: Page, name: string, content: string): Promise<void> {
  await button(page, 'Add a file').focus();
  await page.keyboard.press('Enter');
  const field = page.getByRole('textbox', { name: 'Name', exact: true });
  await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.insertText(name);
  await page.keyboard.press('Enter');
  await text(page, name).focus();
  await page.keyboard.insertText(content);
  await expect.poll(() => text(page, name).innerText()).not.toBe('\n');
}

async function write(on: CellPage, source: string, id = 'script'): Promise<void> {
  await on.page.getByRole('tab').first().click();
  await replaceCode(on.cell(id), source);
}

async function share(cell: Locator): Promise<void> {
  await cell.locator('summary[aria-label="More actions"]').click();
  await cell.getByRole('button', { name: 'Share', exact: true }).click();
}

async function follow(page: Page, fragment: string): Promise<void> {
  await page.evaluate((fragment) => {
    location.hash = fragment;
  }, fragment);
}

it('loads nothing of Python or of the editor before a reader acts', async () => {
  await using on = await open();
  await on.page.waitForLoadState('load');
  expect(on.asked.filter((url) => /\/runtime\/|file-editor|folder|actions|codemirror/.test(url))).toEqual([]);
  expect(await names(on.page)).toEqual(['main.py']);
});

it('runs a program with a module that imports it back and with data in a folder, and keeps all of them', async () => {
  await using on = await open();
  const { page } = on;
  await addFile(page, 'greeting.py', 'from main import mark\ndef greet(name): return f"hello, {name}{mark}"');
  await addFile(page, 'data/names.csv', 'name\nAda\nGrace');
  expect(await names(page)).toEqual(['main.py', 'greeting.py', 'data/names.csv']);
  const source = [
    'import csv',
    'mark = "!"',
    'if __name__ == "__main__":',
    '    from greeting import greet',
    '    for row in csv.DictReader(open("data/names.csv")): print(greet(row["name"]))',
  ].join('\n');
  await write(on, source);
  await on.run('script');
  expect(await blocks(on.cell('script'))).toEqual([['stdout', 'hello, Ada!\nhello, Grace!\n'], over]);

  await page.reload();
  await expect.poll(() => names(page)).toEqual(['main.py', 'greeting.py', 'data/names.csv']);
  expect(await editedText(on.cell('script'))).toBe(source);
  await on.run('script');
  expect(await blocks(on.cell('script'))).toEqual([['stdout', 'hello, Ada!\nhello, Grace!\n'], over]);
  await replaceCode(on.cell('notebook'), 'from greeting import greet; greet("cell")');
  await on.run('notebook');
  expect(await blocks(on.cell('notebook'))).toEqual([['result', "'hello, cell!'\n"]]);
});

it('hands a changed file to the next run of a notebook, leaves what a run wrote over another, and removes one', async () => {
  await using on = await open();
  const { page } = on;
  const cell = on.cell('notebook');
  await addFile(page, 'kept.txt', 'one');
  await addFile(page, 'changed.txt', 'one');
  await replaceCode(cell, 'for name in ("kept", "changed"): open(f"{name}.txt", "a").write("+")');
  await on.run('notebook');
  await text(page, 'changed.txt').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('two');
  await replaceCode(cell, 'print(open("kept.txt").read(), open("changed.txt").read())');
  await on.run('notebook');
  expect(await blocks(cell)).toEqual([['stdout', 'one+ two\n']]);
  await button(page, 'Remove').click();
  await replaceCode(cell, 'import os; print(sorted(os.listdir()))');
  await on.run('notebook');
  expect(await blocks(cell)).toEqual([['stdout', "['kept.txt']\n"]]);
});

it('moves through the tabs by keyboard, refuses a name that cannot be, and takes back a removal', async () => {
  await using on = await open();
  const { page } = on;
  await addFile(page, 'a.py', 'x = 1');
  await addFile(page, 'b.py', 'y = 2');
  await page.getByRole('tab', { name: 'b.py' }).focus();
  await page.keyboard.press('ArrowLeft');
  expect(await focused(page)).toBe('a.py');
  await page.keyboard.press('Home');
  expect([await focused(page), await on.cell('script').locator('.cell-source').isVisible()]).toEqual(['main.py', true]);
  await page.keyboard.press('ArrowLeft');
  expect(await page.getByRole('tab', { selected: true }).textContent()).toBe('b.py');
  // From the tab on to the panel.
  await page.keyboard.press('Tab');
  const field = page.getByRole('textbox', { name: 'Name', exact: true });
  for (const [given, why] of [
    ['a.py', 'There is a file a.py already.'],
    ['../b.py', 'A file name begins with'],
    ['main.py', 'There is a file main.py already.'],
  ] as const) {
    await field.fill(given);
    await field.press('Enter');
    await page.getByText(why).waitFor();
  }
  expect(await names(page)).toEqual(['main.py', 'a.py', 'b.py']);
  await field.fill('c.py');
  await field.press('Enter');
  expect(await names(page)).toEqual(['main.py', 'a.py', 'c.py']);
  await button(page, 'Remove').focus();
  await page.keyboard.press('Enter');
  expect([await names(page), await focused(page)]).toEqual([['main.py', 'a.py'], 'a.py']);
  await button(page, 'Undo').focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => text(page, 'c.py').textContent()).toBe('y = 2');
  expect(await focused(page)).toBe('c.py');
});

it('runs by Ctrl+Enter in a file', async () => {
  await using on = await open();
  await addFile(on.page, 'helper.py', 'value = 42');
  await write(on, 'import helper; print(helper.value)');
  await on.page.getByRole('tab', { name: 'helper.py' }).click();
  await text(on.page, 'helper.py').focus();
  await on.page.keyboard.press('Control+Enter');
  await expect.poll(() => blocks(on.cell('script'))).toEqual([['stdout', '42\n'], over]);
});

it('opens files of the device, text and bytes, and gives them back as they were', async () => {
  await using on = await open();
  const { page } = on;
  const given = [
    { name: 'good.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\r\n1,2\r\n') },
    { name: 'some bytes.bin', mimeType: 'application/octet-stream', buffer: Buffer.from([0xff, 0, 0x80]) },
    { name: 'large.txt', mimeType: 'text/plain', buffer: Buffer.alloc(1_000_001, 'x') },
  ];
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button(page, 'Open files').click()]);
  await chooser.setFiles(given);
  await page.getByText('Not opened: large.txt is larger than 1 MB.').waitFor();
  await page.getByText('Bytes that are no text: 3.').waitFor();
  await page.reload();
  await expect.poll(() => names(page)).toEqual(['main.py', 'good.csv', 'some bytes.bin']);
  for (const { name, buffer } of given.slice(0, 2)) {
    await page.getByRole('tab', { name }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Download').click()]);
    expect(download.suggestedFilename()).toBe(name);
    expect(readFileSync(await download.path())).toEqual(buffer);
  }
  await write(on, 'print(open("good.csv", "rb").read(), open("some bytes.bin", "rb").read())');
  await on.run('script');
  expect((await blocks(on.cell('script')))[0]?.[1]).toBe("b'a,b\\r\\n1,2\\r\\n' b'\\xff\\x00\\x80'\n");
});

it('hands on its files with the link, which take the place of a reader’s own only when told to', async () => {
  await using on = await open();
  await addFile(on.page, 'helper.py', 'value = 42');
  await write(on, 'import helper; print(helper.value)');
  await share(on.cell('script'));
  const address = await on.page.getByRole('textbox', { name: 'Link to this code' }).inputValue();
  const fragment = address.slice(address.indexOf('#'));
  await on.cell('script').getByText('This link holds the code and the files beside it').waitFor();

  await using other = await openChapter(`playground/${fragment}`);
  await other.cell('script').getByText('The files beside it are in the tabs.').waitFor();
  expect(await names(other.page)).toEqual(['main.py', 'helper.py']);
  expect(other.asked.filter((url) => url.includes('/runtime/'))).toEqual([]);
  await other.run('script');
  expect(await blocks(other.cell('script'))).toEqual([['stdout', '42\n'], over]);

  await using mine = await open();
  const { page } = mine;
  await addFile(page, 'mine.txt', 'mine');
  await follow(page, fragment);
  await mine.cell('script').getByText('The link brings other code and files').waitFor();
  expect(await names(page)).toEqual(['main.py', 'mine.txt']);
  await button(page, 'Replace mine').click();
  await expect.poll(() => names(page)).toEqual(['main.py', 'helper.py']);
  await button(page, 'Bring mine back').click();
  await expect.poll(() => names(page)).toEqual(['main.py', 'mine.txt']);
  expect(await editedText(mine.cell('script'))).toBe('');
});

it('leaves out of a link what no file can be, says so, and offers a zip of what is too long for one', async () => {
  await using on = await open();
  const { page } = on;
  const files = [
    { name: 'main.py', text: 'print(1)' },
    { name: '../up.py', text: '' },
    { name: 'in/a.py', text: '' },
  ];
  await follow(page, pack({ version: 2, mode: 'script', files }));
  await on.cell('script').getByText('File 2 of the link has a name that no file can have here.').waitFor();
  expect(await names(page)).toEqual(['main.py', 'in/a.py']);
  const long = noise(60_000);
  await addFile(page, 'long.txt', long);
  await page.getByRole('tab', { name: 'main.py' }).click();
  await share(on.cell('script'));
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Save as a zip').click()]);
  const packed = unzipSync(readFileSync(await download.path()));
  expect(Object.entries(packed).map(([name, bytes]) => [name, Buffer.from(bytes).toString()])).toEqual([
    ['main.py', 'print(1)'],
    ['in/a.py', ''],
    ['long.txt', long],
  ]);
});

it('says when the browser refuses to keep a file, and runs with it all the same', async () => {
  await using on = await open();
  await on.page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await addFile(on.page, 'here.py', 'value = 42');
  await on.page.getByText('These files are not kept').waitFor();
  await write(on, 'import here; print(here.value)');
  await on.run('script');
  expect(await blocks(on.cell('script'))).toEqual([['stdout', '42\n'], over]);
});

it.each([
  '{"source": 3',
  JSON.stringify({ original: '', source: '{"files":[{"name":"../x","text":""}]}' }),
  JSON.stringify({ original: '', source: '{"files":[{"name":"x","text":"%","base64":true}]}' }),
])('sets aside what was kept and cannot be read: %s', async (kept) => {
  await using on = await open();
  const { page } = on;
  const key = await page.evaluate((kept) => {
    const key = `course-edit ${location.pathname}#files`;
    localStorage.setItem(key, kept);
    return key;
  }, kept);
  await page.reload();
  await page.getByText('The files that were kept here cannot be read.').waitFor();
  expect(await page.evaluate((key) => localStorage.getItem(`${key} unreadable`), key)).toBe(kept);
  await addFile(page, 'new.py', '1');
  expect(await names(page)).toEqual(['main.py', 'new.py']);
});

it('shows in one tab of the browser what another has kept', async () => {
  await using on = await open();
  const other = await on.page.context().newPage();
  await other.goto(on.page.url());
  await addFile(on.page, 'one.py', '1');
  await expect.poll(() => names(other)).toEqual(['main.py', 'one.py']);
  await addFile(other, 'two.py', '2');
  await expect.poll(() => names(on.page)).toEqual(['main.py', 'one.py', 'two.py']);
});

it.each([390, 1280])('has no fault that axe finds, and fits, at %i pixels', async (width) => {
  await using on = await open({ viewport: { width, height: 900 } });
  const { page } = on;
  await bringAxe(page);
  await addFile(page, 'module.py', 'x = 1');
  for (let count = 0; count < 8; count += 1) await button(page, 'Add a file').click();
  await expect.poll(async () => (await names(page)).length).toBe(10);
  expect(await faultsInBothThemes(page)).toEqual([]);
  await button(page, 'Remove').click();
  await page.getByRole('tab', { name: 'main.py' }).click();
  expect(await faultsInBothThemes(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
});

it('shows no tabs without JavaScript', async () => {
  await using on = await open({ javaScriptEnabled: false });
  expect(await button(on.page, 'Add a file').isVisible()).toBe(false);
  expect(await on.page.getByRole('tab').isVisible()).toBe(false);
});
