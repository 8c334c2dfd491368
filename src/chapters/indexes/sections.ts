/** Which section of a chapter a line or an anchor is in, for the pages that lead from a name, an error or a point into the chapters. */
import type { Chapter, Heading } from '../chapter.ts';

export interface Section {
  /** Address from the site’s root. */
  readonly href: string;
  readonly title: string;
  /** Of its chapter. */
  readonly number: number;
}

/** The section in which a line of the chapter stands: its nearest heading of the second level. Undefined before the first. */
export function sectionAt(chapter: Chapter, line: number): Section | undefined {
  let found: Heading | undefined;
  for (const heading of chapter.headings) if (heading.depth === 2 && heading.line <= line) found = heading;
  return found && { href: `/${chapter.slug}/#${found.id}`, title: found.text, number: chapter.frontmatter?.order ?? 0 };
}

/** What an anchor is called: a heading by its words, a cell by the section that it stands in. */
export function placeName(chapters: readonly Chapter[], slug: string, anchor: string): string {
  const chapter = chapters.find((each) => each.slug === slug);
  const heading = chapter?.headings.find(({ id }) => id === anchor);
  if (chapter === undefined || heading !== undefined) return heading?.text ?? anchor;
  const placed =
    chapter.cells.find(({ cell }) => cell.id === anchor)?.line ??
    chapter.exercises.find(({ exercise }) => exercise.id === anchor)?.line;
  return (placed === undefined ? undefined : sectionAt(chapter, placed)?.title) ?? anchor;
}
