/** How a program of the playground runs where that is not as usual: what a cell brings along, and a schedule that fails. */
import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { bringAxe, faultsInBothThemes } from './support/axe.ts';
import { blocks, openChapter, type CellPage } from './support/cell-page.ts';
import { editedText, replaceCode } from './support/editing.ts';
import { pack } from './support/links.ts';
import { race, worstOrder as schedule } from './support/race.ts';

const chapter = 'iterators-and-generators/';
const id = 'fib-gen';

async function choose(cell: Locator, name: string): Promise<void> {
  await cell.locator('summary[aria-label="More actions"]').click();
  await cell.getByRole('button', { name, exact: true }).click();
}

const way = (on: CellPage): Locator => on.page.locator('.is-way');
const button = (on: CellPage, name: string): Locator => on.page.getByRole('button', { name, exact: true });

async function openInPlayground(on: CellPage, from = id): Promise<void> {
  await choose(on.cell(from), 'Open in playground');
  await on.page.waitForURL(on.site.url('playground/'));
  await on.cell('script').getByText('It runs when you press Run.').waitFor();
}

it('brings clock, network, labels and file name of a cell along, keeps and shares them, and runs as usual when told to', async () => {
  const source = [
    'from multiprocessing import Process',
    'def work(): print("child")',
    'if __name__ == "__main__":',
    '    child = Process(target=work); child.start(); child.join()',
    '    raise SystemExit(__file__)',
  ].join('\n');
  await using on = await openChapter(chapter);
  await on.give(id, source, {
    ...{ mode: 'script', name: 'race.py', clock: 10, labels: true },
    net: { latency: 0.05, loss: 0.02, seed: 7 },
  });
  await openInPlayground(on);
  const cell = on.cell('script');
  await way(on).getByText('its clock runs 10 times as fast; its network takes 50 ms one way and loses 2%').waitFor();
  await way(on).getByText('the seed 7').waitFor();
  expect(await on.page.getByRole('tab').allTextContents()).toEqual(['race.py']);
  await on.run('script');
  expect((await blocks(cell)).map(([, text]) => text).join('')).toMatch(/^\[\d+\] child\n\/home\/reader\/race\.py\n/);

  await on.page.reload();
  await way(on).waitFor();
  await choose(cell, 'Share');
  const address = await on.page.getByRole('textbox', { name: 'Link to this code' }).inputValue();
  await using other = await openChapter(`playground/${address.slice(address.indexOf('#'))}`);
  await way(other).getByText('the seed 7').waitFor();
  expect(await other.page.getByRole('tab').allTextContents()).toEqual(['race.py']);

  await button(on, 'Run as usual').click();
  await expect.poll(() => way(on).count()).toBe(0);
  await on.run('script');
  expect((await blocks(cell)).map(([, text]) => text).join('')).toMatch(/^child\n\/home\/reader\/main\.py\n/);
  await button(on, 'Undo').click();
  await way(on).waitFor();
  expect(await on.page.getByRole('tab').allTextContents()).toEqual(['race.py']);
});

it('leaves out conditions that cannot be, and says so', async () => {
  const files = [{ name: 'main.py', text: '1' }];
  await using on = await openChapter(
    `playground/${pack({ version: 2, mode: 'script', files, conditions: { clock: 0, net: { loss: 9 } } })}`,
  );
  const cell = on.cell('script');
  await cell.getByText('What the link says of its clock cannot be read here.').waitFor();
  await cell.getByText('What the link says of its network cannot be read here.').waitFor();
  expect(await way(on).count()).toBe(0);
});

it('keeps the schedule of a cell, and says of other code that it is followed as far as it agrees', async () => {
  await using on = await openChapter(chapter);
  await on.give(id, race, { mode: 'script', schedule });
  await openInPlayground(on);
  await way(on).getByText(schedule).waitFor();
  const cell = on.cell('script');
  await on.run('script');
  expect(await blocks(cell)).toEqual([['stdout', 'read 0\nread 0\ncount is 1\n']]);
  await replaceCode(cell, `${race}\nprint("more")`);
  await on.run('script');
  expect(await blocks(cell)).toEqual([
    ['stderr', 'The schedule was made for other code: it is followed as far as it agrees.\n'],
    ['stdout', 'read 0\nread 0\ncount is 1\nmore\n'],
  ]);
});

const lost = [
  'import threading',
  'count = 0',
  'def work():',
  '    global count',
  '    seen = count',
  '    print("read", end=" ")',
  '    count = seen + 1',
  'threads = [threading.Thread(target=work) for n in (1, 2)]',
  'for each in threads: each.start()',
  'for each in threads: each.join()',
];

async function find(cell: Locator): Promise<string> {
  await choose(cell, 'Find a schedule that fails');
  const panel = cell.getByRole('region', { name: /^Search for a schedule that fails: / });
  await panel.getByRole('button', { name: 'Search again' }).waitFor();
  expect(await panel.locator('.find-verdict').innerText()).toContain('fails: AssertionError');
  return panel.locator('.find-name').innerText();
}

/** The line has no end, so it is printed when the program is over. */
const lostUpdate = [
  ['stderr', 'fails'],
  ['stdout', 'read read '],
];
const failure = (cell: Locator): Promise<readonly (readonly [string, string])[]> =>
  blocks(cell).then((shown) => shown.map(([kind, text]) => [kind, text.includes('AssertionError') ? 'fails' : text]));

it('takes a schedule that was found into the playground, where it fails again', async () => {
  await using on = await openChapter(chapter);
  await on.give(id, [...lost, 'assert count == 2'].join('\n'));
  const name = await find(on.cell(id));
  await openInPlayground(on);
  await way(on).getByText(name).waitFor();
  await on.run('script');
  expect(await failure(on.cell('script'))).toEqual(lostUpdate);
});

it('takes one of a cell that continues another along for both as one program', async () => {
  await using on = await openChapter('what-python-executes/');
  const ids = await on.page.evaluate(() => {
    const after = document.querySelector<HTMLElement>(
      'py-cell[data-mode="notebook"][data-live][data-cell*=\'"after":\']',
    );
    const first = document.querySelector<HTMLElement>('py-cell[data-mode="notebook"][data-live]');
    return [first?.id ?? '', after?.id ?? ''] as const;
  });
  await on.give(ids[0], lost.join('\n'));
  await on.give(ids[1], 'assert count == 2');
  await on.cell(ids[1]).evaluate((element, after) => {
    const data = JSON.parse((element as HTMLElement).dataset['cell'] ?? '') as {
      cell: { options: { after?: string } };
    };
    data.cell.options.after = after;
    (element as HTMLElement).dataset['cell'] = JSON.stringify(data);
  }, ids[0]);
  await find(on.cell(ids[1]));
  await openInPlayground(on, ids[1]);
  expect(await editedText(on.cell('script'))).toContain('assert count == 2');
  await on.run('script');
  expect(await failure(on.cell('script'))).toEqual(lostUpdate);
});

it('shares one that was found here, with the module that it is about, and not once the code is another', async () => {
  await using on = await openChapter(
    `playground/${pack({
      version: 2,
      mode: 'script',
      files: [
        { name: 'main.py', text: 'import shared\nassert shared.run() == 2' },
        {
          name: 'shared.py',
          text: [
            ...lost.slice(0, 7),
            'def run():',
            ...lost.slice(7).map((line) => `    ${line}`),
            '    return count',
          ].join('\n'),
        },
      ],
    })}`,
  );
  const cell = on.cell('script');
  await cell.getByText('It runs when you press Run.').waitFor();
  // The entry of the menu looks for threads in the program itself.
  await replaceCode(cell, 'import shared, threading\nassert shared.run() == 2');
  const name = await find(cell);
  await choose(cell, 'Share');
  const link = on.page.getByRole('textbox', { name: 'Link to this code' });
  const address = await link.inputValue();
  await using other = await openChapter(`playground/${address.slice(address.indexOf('#'))}`);
  await way(other).getByText(name).waitFor();
  await other.run('script');
  expect(await failure(other.cell('script'))).toEqual(lostUpdate);

  await replaceCode(cell, 'import shared, threading\nprint(shared.run())');
  await choose(cell, 'Share');
  await expect.poll(() => link.inputValue()).not.toBe(address);
  const later = await link.inputValue();
  await using plain = await openChapter(`playground/${later.slice(later.indexOf('#'))}`);
  await plain.cell('script').getByText('It runs when you press Run.').waitFor();
  expect(await way(plain).count()).toBe(0);
});

it.each([390, 1280])('has no fault that axe finds, and fits, at %i pixels', async (width) => {
  const conditions = { clock: 10, net: { latency: 0.05 }, labels: true, schedule: 'gil-3.14.2-1a2b3c4d-1p12:2+0b3:1' };
  await using on = await openChapter(
    `playground/${pack({ version: 2, mode: 'script', files: [{ name: 'race.py', text: '1' }], conditions })}`,
    { viewport: { width, height: 900 } },
  );
  await bringAxe(on.page);
  await way(on).waitFor();
  expect(await faultsInBothThemes(on.page)).toEqual([]);
  expect(await on.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
});
