/** Joins the planned course with the chapters that exist; a chapter's number is its place in the course. */
import type { Part } from '../../chapters/course-file.ts';

/** What the outline needs of a chapter that exists. */
export interface WrittenChapter {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly order: number;
  readonly module: number | undefined;
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
  readonly aim: string | undefined;
  /** The number of its module; undefined in a course without modules. */
  readonly module: number | undefined;
  readonly chapters: readonly OutlineChapter[];
}

function outlined({ slug, title, order, summary, exercises, minutes }: WrittenChapter): OutlineChapter {
  return { slug, title, number: order, summary, exercises, minutes };
}

/** Chapters outside the plan are kept: they come last, in parts of their own, one for each module. */
export function buildOutline(written: readonly WrittenChapter[], plan: readonly Part[]): readonly OutlinePart[] {
  const bySlug = new Map(written.map((chapter) => [chapter.slug, chapter]));
  let place = 0;
  const planned = plan.map(({ title, aim, module, chapters }) => ({
    title,
    aim,
    module,
    chapters: chapters.flatMap((chapter): OutlineChapter[] => {
      place += 1;
      const slug = typeof chapter === 'string' ? chapter : chapter.slug;
      const found = bySlug.get(slug);
      bySlug.delete(slug);
      if (found !== undefined) return [outlined(found)];
      // The check has told of an address that is no chapter.
      if (typeof chapter === 'string') return [];
      return [{ ...chapter, number: place, summary: undefined, exercises: [], minutes: undefined }];
    }),
  }));
  const rest = [...bySlug.values()].sort((a, b) => a.order - b.order);
  const [title, aim] = plan.length === 0 ? ['Chapters'] : ['More', 'Chapters beside the plan.'];
  const others = [...Map.groupBy(rest, ({ module }) => module)].map(([module, chapters]) => ({
    title,
    aim,
    module,
    chapters: chapters.map(outlined),
  }));
  return [...planned, ...others];
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
