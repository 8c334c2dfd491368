/** What the outline of a page lists of a part. */
import { describe, expect, test } from 'vitest';
import { listed, mostListed, type OutlineChapter } from '../../../src/site/course/outline.ts';

const chapters = (count: number): OutlineChapter[] =>
  Array.from({ length: count }, (_, index) => ({
    slug: `c${index}`,
    title: `Chapter ${index}`,
    number: index,
    summary: 's',
    exercises: [],
    minutes: 5,
  }));

describe('the chapters listed of a part', () => {
  test('are all of them when they are few', () => {
    expect(listed(chapters(mostListed), 'c3')).toHaveLength(mostListed);
  });

  test.each(['c0', 'c17', 'c500', 'c998', 'c999'])('are a bounded number around %s, itself among them', (slug) => {
    const shown = listed(chapters(1000), slug);
    expect(shown).toHaveLength(mostListed);
    expect(shown.map((chapter) => chapter.slug)).toContain(slug);
  });

  test('are the first ones on a page that is no chapter', () => {
    expect(listed(chapters(1000), undefined)[0]?.slug).toBe('c0');
  });
});
