/**
 * The cells of the course as a whole: nothing is shown twice, for a reader would look for the difference. The one
 * exception is the site that the checker of every chapter asks: it says that it is the same, and it is.
 */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readChapters } from '../../../src/chapters/read-chapters.ts';

const { chapters } = readChapters(join(import.meta.dirname, '../../..'));
const cells = chapters.flatMap(({ slug, cells }) =>
  cells.map(({ cell }) => ({ id: cell.id, name: `${slug}/${cell.id}`, source: cell.source.trim() })),
);
const isSite = ({ id }: { id: string }) => id === 'checker-site';

it('reads the cells of every chapter', () => {
  const without = chapters.filter(({ cells }) => cells.length === 0).map(({ slug }) => slug);
  expect(without).toEqual([]);
  expect(cells.length).toBeGreaterThan(100);
});

it('has no two cells with the same code', () => {
  const named = Map.groupBy(
    cells.filter((cell) => !isSite(cell)),
    ({ source }) => source,
  );
  const twice = [...named.values()].filter((same) => same.length > 1).map((same) => same.map(({ name }) => name));
  expect(twice).toEqual([]);
});

it('has the same site for the checker of every chapter', () => {
  const sites = cells.filter(isSite);
  expect(sites.length).toBeGreaterThan(1);
  expect(sites.filter(({ source }) => source !== sites[0]?.source).map(({ name }) => name)).toEqual([]);
});
