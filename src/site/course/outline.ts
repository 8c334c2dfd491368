/** Joins the planned course with the chapters that exist; a chapter's number is its place in the course. */
import { parts } from './syllabus.ts';

/** What the outline needs of a chapter that exists. */
export interface WrittenChapter {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly order: number;
  /** Ids, in the order of the chapter. */
  readonly exercises: readonly string[];
  /** About how long it takes to read. */
  readonly minutes: number;
}

export interface OutlineChapter {
  readonly slug: string;
  readonly title: string;
  readonly number: number;
  /** Absent while the chapter is in preparation. */
  readonly summary: string | undefined;
  readonly exercises: readonly string[];
  /** About how long it takes to read; absent as the summary is. */
  readonly minutes: number | undefined;
}

export interface OutlinePart {
  readonly title: string;
  readonly aim: string;
  readonly chapters: readonly OutlineChapter[];
}

/** Chapters outside the plan are kept: they come last, in a part of their own. */
export function buildOutline(written: readonly WrittenChapter[]): readonly OutlinePart[] {
  const bySlug = new Map(written.map((chapter) => [chapter.slug, chapter]));
  let place = 0;
  const planned = parts.map(({ title, aim, chapters }) => ({
    title,
    aim,
    chapters: chapters.map((chapter) => {
      place += 1;
      const found = bySlug.get(chapter.slug);
      bySlug.delete(chapter.slug);
      return {
        slug: chapter.slug,
        title: found?.title ?? chapter.title,
        number: found?.order ?? place,
        summary: found?.summary,
        exercises: found?.exercises ?? [],
        minutes: found?.minutes,
      };
    }),
  }));
  if (bySlug.size === 0) return planned;
  const rest = [...bySlug.values()].sort((a, b) => a.order - b.order);
  return [
    ...planned,
    {
      title: 'More',
      aim: 'Chapters beside the plan.',
      chapters: rest.map(({ order, ...chapter }) => ({ ...chapter, number: order })),
    },
  ];
}

/** The chapters that exist before and after one of them, in reading order. */
export function neighbours(
  outline: readonly OutlinePart[],
  slug: string,
): { readonly previous: OutlineChapter | undefined; readonly next: OutlineChapter | undefined } {
  const readable = outline.flatMap((part) => part.chapters).filter((chapter) => chapter.summary !== undefined);
  const at = readable.findIndex((chapter) => chapter.slug === slug);
  return { previous: at > 0 ? readable[at - 1] : undefined, next: at < 0 ? undefined : readable[at + 1] };
}

/** Chapters that a page lists of one part: as many as a reader scans, so that the pages of a long course grow by a link, not by a list. */
export const mostListed = 40;

/** The chapters around the current one, or the first ones; all of them when they are few. */
export function listed(chapters: readonly OutlineChapter[], current: string | undefined): readonly OutlineChapter[] {
  if (chapters.length <= mostListed) return chapters;
  const at = Math.max(
    0,
    chapters.findIndex(({ slug }) => slug === current),
  );
  const start = Math.min(Math.max(0, at - mostListed / 2), chapters.length - mostListed);
  return chapters.slice(start, start + mostListed);
}
