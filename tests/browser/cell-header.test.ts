/** The header of a cell: its title, its state, and its actions, none of which moves when another comes or goes. */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { ended, openChapter } from './support/cell-page.ts';
import { edit, editedText, replaceCode } from './support/editing.ts';

const id = 'cache-edges';

interface Place {
  readonly left: number;
  readonly right: number;
}

/** The visible actions from left to right, by what they are named, and the right edge of their header. */
const actionsOf = (cell: Locator) =>
  cell.evaluate((element) => {
    const header = element.querySelector('.cell-header')?.getBoundingClientRect();
    const all = [...element.querySelectorAll('.cell-actions > [data-action], .cell-menu > summary')];
    const shown = all.filter((action) => action.checkVisibility({ visibilityProperty: true }));
    const places = shown.map((action): [string, Place] => {
      const { left, right } = action.getBoundingClientRect();
      return [action.getAttribute('data-action') ?? 'menu', { left, right }];
    });
    return { edge: header?.right ?? 0, actions: places.sort(([, a], [, b]) => a.left - b.left) };
  });

/** What the cell shows now; none of its actions stands apart from the next or from the edge. */
async function together(cell: Locator): Promise<ReadonlyMap<string, Place>> {
  const { edge, actions } = await actionsOf(cell);
  const gaps = actions.map(([, { right }], index) => (actions[index + 1]?.[1].left ?? edge) - right);
  expect(actions.length).toBeGreaterThan(2);
  expect(Math.max(...gaps)).toBeLessThan(8);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0);
  return new Map(actions);
}

it.each([1280, 390])('its actions stand together at the right edge, at %i px', async (width) => {
  await using open = await openChapter('what-python-executes/', { viewport: { width, height: 900 } });
  const cell = open.cell(id);
  await cell.scrollIntoViewIfNeeded();
  const first = await together(cell);
  expect([...first.keys()]).toEqual(['run', 'copy', 'menu']);
  const [run, copy, menu] = [first.get('run'), first.get('copy'), first.get('menu')];
  await replaceCode(cell, 'print("begun")\nwhile True: pass');
  const edited = await together(cell);
  expect([...edited]).toEqual([
    ['reset', edited.get('reset')],
    ['run', run],
    ['copy', copy],
    ['menu', menu],
  ]);
  await cell.getByRole('button', { name: 'Run', exact: true }).click();
  await cell.locator('.out').getByText('begun').waitFor();
  await cell.getByRole('button', { name: 'Stop', exact: true }).waitFor();
  expect([...(await together(cell))]).toEqual([
    ['stop', run],
    ['copy', copy],
    ['menu', menu],
  ]);
  await cell.getByRole('button', { name: 'Stop', exact: true }).click();
  await ended(cell);
  expect([...(await together(cell))]).toEqual([...edited]);
  await cell.locator('summary').click();
  await cell.getByRole('button', { name: 'Restart Python', exact: true }).waitFor();
  expect([...(await together(cell))]).toEqual([...edited]);
});

describe('on a phone', () => {
  it.each([undefined, 'largest'])(
    'the title has a line of its own, whole, above the actions (text: %s)',
    async (size) => {
      await using open = await openChapter('what-python-executes/', { viewport: { width: 390, height: 844 } });
      if (size !== undefined) {
        await open.page.evaluate((size) => {
          localStorage.setItem('textsize', size);
        }, size);
        await open.page.reload();
      }
      await replaceCode(open.cell(id), 'print("mine")');
      const wrong = await open.page.locator('.cell-header').evaluateAll((headers) =>
        headers.flatMap((header) => {
          const [name, actions] = [header.querySelector('.cell-name'), header.querySelector('.cell-actions')];
          if (!name || !actions) return ['no title or no actions'];
          const [title, below] = [name.getBoundingClientRect(), actions.getBoundingClientRect()];
          const words = name.textContent;
          return [
            ...(title.bottom > below.top + 1 ? [`beside the actions: ${words}`] : []),
            ...(name.scrollWidth > name.clientWidth ? [`cut: ${words}`] : []),
            ...(below.right > header.getBoundingClientRect().right ? [`out of the header: ${words}`] : []),
          ];
        }),
      );
      expect(wrong).toEqual([]);
      // The word that tells an edit takes no width from the title, so that no line of it is added.
      const [title, edited, actions] = await Promise.all(
        ['.cell-name', '.cell-edited', '.cell-actions'].map((part) => open.cell(id).locator(part).boundingBox()),
      );
      expect(edited?.y).toBeGreaterThanOrEqual((title?.y ?? 0) + (title?.height ?? 0) - 1);
      expect((edited?.x ?? 0) + (edited?.width ?? 0)).toBeLessThanOrEqual(actions?.x ?? 0);
    },
  );
});

it.each([1280, 390])(
  'a fault stands below it, whole, and moves nothing, until the reader acts, at %i px',
  async (width) => {
    await using open = await openChapter('what-python-executes/', { viewport: { width, height: 900 } });
    await open.page.route('**/_astro/actions*', (route) => route.abort());
    const cell = open.cell(id);
    await cell.scrollIntoViewIfNeeded();
    // Laid out: before, its height is an estimate.
    const seen = () =>
      cell.locator('.cell-header').evaluate((header) => header.checkVisibility({ contentVisibilityAuto: true }));
    await expect.poll(seen).toBe(true);
    const before = await together(cell);
    const height = (await cell.boundingBox())?.height;
    await cell.getByRole('button', { name: 'Run', exact: true }).click();
    const fault = cell.getByText('Cannot load Python. Check the connection and press Run again.');
    await fault.waitFor();
    const header = await cell.locator('.cell-header').boundingBox();
    const box = await fault.boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual((header?.y ?? 0) + (header?.height ?? 0) - 1);
    expect(box?.width).toBeLessThanOrEqual(header?.width ?? 0);
    expect(await fault.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    expect(await together(cell)).toEqual(before);
    expect((await cell.boundingBox())?.height).toBe(height);
    await cell.locator('.cell-foot').click();
    await fault.waitFor({ state: 'hidden' });
  },
);

it('keeps no trace of an edit that was taken back', async () => {
  await using open = await openChapter('what-python-executes/');
  const cell = open.cell(id);
  await cell.scrollIntoViewIfNeeded();
  const first = await together(cell);
  const height = (await cell.locator('.cell-header').boundingBox())?.height;
  await edit(cell);
  const original = await editedText(cell);
  const asAtFirst = async (): Promise<void> => {
    await cell.locator('.cell-edited').waitFor({ state: 'detached' });
    expect(await together(cell)).toEqual(first);
    expect((await cell.locator('.cell-header').boundingBox())?.height).toBe(height);
  };
  await replaceCode(cell, 'mine = 1');
  await cell.locator('.cell-edited').waitFor();
  await replaceCode(cell, original);
  await asAtFirst();
  await replaceCode(cell, 'mine = 1');
  await cell.getByRole('button', { name: 'Reset', exact: true }).click();
  await asAtFirst();
  await open.page.reload();
  await cell.scrollIntoViewIfNeeded();
  await asAtFirst();
});

it('in the foot of a cell that is only recorded, what fits into a line stands in it', async () => {
  await using open = await openChapter('shared-state-and-synchronization/');
  const foot = open.cell('lock-turns').locator('.cell-foot');
  const [reason, replay] = await Promise.all([
    foot.locator('.cell-reason').boundingBox(),
    foot.locator('[data-action=replay]').boundingBox(),
  ]);
  if (!reason || !replay) throw new Error('The cell has no reason, or no replay.');
  expect(replay.y).toBeLessThan(reason.y + reason.height);
  expect(reason.y).toBeLessThan(replay.y + replay.height);
  expect(replay.x).toBeGreaterThan(reason.x + reason.width);
});
