/** The cells of the course as a whole: nothing is shown twice, for a reader would look for the difference. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readChapters } from '../../../src/chapters/read-chapters.ts';

const { chapters } = readChapters(join(import.meta.dirname, '../../..'));
const cells = chapters.flatMap(({ slug, cells }) =>
  cells.map(({ cell }) => ({ name: `${slug}/${cell.id}`, source: cell.source.trim() })),
);

it('reads the cells of every chapter', () => {
  const without = chapters.filter(({ cells }) => cells.length === 0).map(({ slug }) => slug);
  expect(without).toEqual([]);
  expect(cells.length).toBeGreaterThan(100);
});

it('has no two cells with the same code', () => {
  const named = Map.groupBy(cells, ({ source }) => source);
  const twice = [...named.values()].filter((same) => same.length > 1).map((same) => same.map(({ name }) => name));
  expect(twice).toEqual([]);
});
