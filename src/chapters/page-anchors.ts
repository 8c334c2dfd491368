/** The anchors of the pages beside the chapters, for links that lead to them; those of an index are made only when one is asked for. */
import type { CourseData } from './course-file.ts';
import { apiIndex, moduleAnchor } from './indexes/api-index.ts';
import { errorAnchor, errorIndex } from './indexes/error-index.ts';
import type { PageAnchors } from './link-faults.ts';
import type { Course } from './read-chapters.ts';
import { syllabusAnchor } from './syllabus.ts';
import type { Syllabus } from './syllabus.ts';

function lazily(make: () => readonly string[]): () => ReadonlySet<string> {
  let made: ReadonlySet<string> | undefined;
  return () => (made ??= new Set(make()));
}

/** By the page's address. `root` is the project's root. */
export function pageAnchors(
  root: string,
  { chapters, glossary, guide }: Course,
  syllabus: Syllabus,
  course: CourseData | undefined,
): ReadonlyMap<string, PageAnchors> {
  const pages = new Map<string, () => readonly string[]>([
    ['/glossary/', () => glossary.map(({ id }) => id)],
    ['/api/', () => apiIndex(chapters, course?.api).map(({ module }) => moduleAnchor(module))],
    ['/errors/', () => errorIndex(root, chapters).map(({ name }) => errorAnchor(name))],
    ['/syllabus/', () => syllabus.parts.flatMap(({ id, entries }) => [id, ...entries.map(syllabusAnchor)])],
  ]);
  const anchors = new Map([...pages].map(([name, make]) => [name, { name, ids: lazily(make) }]));
  if (guide?.parsed === true) anchors.set('/guide/', { name: guide.file, ids: () => guide.anchors });
  return anchors;
}
