/** The outline joins the plan with what is written. */
import { expect, it } from 'vitest';
import { buildOutline, neighbours } from '../../../src/site/course/outline.ts';

const written = (slug: string, order: number, module?: number) => ({
  slug,
  title: `Title of ${slug}`,
  summary: 'S',
  order,
  module,
  exercises: [],
  minutes: 5,
});
const planned = (slug: string) => ({ slug, title: `Plan of ${slug}` });
const part = (title: string, ...chapters: readonly (string | ReturnType<typeof planned>)[]) => ({ title, chapters });

it('shows a chapter in preparation without a summary, and a written one by its own title', () => {
  const plan = [part('First', planned('strings'), planned('lists'), planned('sets')), part('Second', 'dicts')];
  const [first, second] = buildOutline([written('lists', 2), written('dicts', 4)], plan);
  expect(first?.chapters.map(({ title, number, summary }) => [title, number, summary])).toEqual([
    ['Plan of strings', 1, undefined],
    ['Title of lists', 2, 'S'],
    ['Plan of sets', 3, undefined],
  ]);
  expect(second?.chapters.map(({ number }) => number)).toEqual([4]);
});

it('keeps chapters outside the plan, last and in their order', () => {
  const outline = buildOutline([written('b', 31), written('a', 30)], [part('First', planned('lists'))]);
  expect(outline.map(({ title }) => title)).toEqual(['First', 'More']);
  expect(outline.at(-1)?.chapters.map(({ slug }) => slug)).toEqual(['a', 'b']);
});

it('is one list of chapters where nothing is planned, or one for each module', () => {
  const titles = (...chapters: readonly ReturnType<typeof written>[]) =>
    buildOutline(chapters, []).map(({ title, module, chapters: all }) => [title, module, all.map(({ slug }) => slug)]);
  expect(titles(written('b', 2), written('a', 1))).toEqual([['Chapters', undefined, ['a', 'b']]]);
  expect(titles(written('c', 3, 2), written('b', 2, 1), written('a', 1, 1))).toEqual([
    ['Chapters', 1, ['a', 'b']],
    ['Chapters', 2, ['c']],
  ]);
});

it('leads from one written chapter to the next, over those in preparation', () => {
  const plan = [part('First', 'lists', planned('sets')), part('Second', 'dicts')];
  const outline = buildOutline([written('dicts', 3), written('lists', 1)], plan);
  expect(neighbours(outline, 'lists').previous).toBeUndefined();
  expect(neighbours(outline, 'lists').next?.slug).toBe('dicts');
  expect(neighbours(outline, 'dicts').previous?.slug).toBe('lists');
  expect(neighbours(outline, 'dicts').next).toBeUndefined();
});
