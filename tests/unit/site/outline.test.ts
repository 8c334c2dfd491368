/** The outline joins the plan with what is written. */
import { expect, it } from 'vitest';
import { buildOutline, neighbours } from '../../../src/site/course/outline.ts';

const written = (slug: string, order: number) => ({
  slug,
  title: `Title of ${slug}`,
  summary: 'S',
  order,
  exercises: [],
  minutes: 5,
});

it('shows a planned chapter without a summary, and a written one by its own title', () => {
  const [first] = buildOutline([written('iterators-and-generators', 2)]);
  expect(first?.chapters.map(({ number, summary }) => [number, summary])).toEqual([
    [1, undefined],
    [2, 'S'],
    [3, undefined],
    [4, undefined],
  ]);
  expect(first?.chapters[1]?.title).toBe('Title of iterators-and-generators');
});

it('keeps chapters outside the plan, last and in their order', () => {
  const outline = buildOutline([written('b', 31), written('a', 30)]);
  expect(outline.at(-1)?.chapters.map(({ slug }) => slug)).toEqual(['a', 'b']);
});

it('leads from one written chapter to the next, over those in preparation', () => {
  const outline = buildOutline([written('gevent', 12), written('iterators-and-generators', 2)]);
  expect(neighbours(outline, 'iterators-and-generators').previous).toBeUndefined();
  expect(neighbours(outline, 'iterators-and-generators').next?.slug).toBe('gevent');
  expect(neighbours(outline, 'gevent').previous?.slug).toBe('iterators-and-generators');
  expect(neighbours(outline, 'gevent').next).toBeUndefined();
});
