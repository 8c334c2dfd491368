/** The actions of a cell stand together at the right edge of its header, and none moves when another comes or goes. */
import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { ended, openChapter } from './support/cell-page.ts';
import { replaceCode } from './support/editing.ts';

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

it.each([1280, 390])('at %i px', async (width) => {
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
