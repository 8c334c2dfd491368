/**
 * `content/course.yaml`: what the course is called, the words of its first page, and its parts with the chapters in them.
 *
 * Invariant: nothing else of the project names the course or a chapter of it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Data } from '../protocol/schema.ts';
import { contentFault } from './content-fault.ts';
import type { ContentFault } from './content-fault.ts';
import { offsetOf } from './frontmatter.ts';
import { didYouMean } from './suggest.ts';
import { readYaml } from './yaml-fault.ts';

export const courseFile = 'content/course.yaml';

const words = (longest: number) =>
  v.pipe(
    v.string('expected a text'),
    v.trim(),
    v.minLength(1, 'expected a text that is not empty'),
    v.maxLength(longest, `expected at most ${longest} characters`),
  );
const slug = v.pipe(
  v.string('expected the address of a chapter'),
  v.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'expected the address of a chapter: its folder without the number'),
);

/** One that is written has its title itself; one in preparation has it here. */
const listedChapter = v.union(
  [slug, v.strictObject({ slug, title: words(100) })],
  'expected the address of a chapter, or slug: and title: of one in preparation',
);

const part = v.strictObject({
  title: words(100),
  /** What the part leaves the reader able to do, in one sentence. */
  aim: v.optional(words(300)),
  /** The number of its module, from 1. */
  module: v.optional(v.pipe(v.number('expected a number'), v.integer('expected a whole number'), v.minValue(1))),
  chapters: v.array(listedChapter, 'expected a list of chapters'),
});

/** The cell at the top of the first page, recorded as it is in its chapter. */
const sample = v.strictObject({
  chapter: slug,
  /** The id of one of its cells. */
  cell: words(100),
  title: words(100),
  /** What it shows; code between backticks. */
  lead: words(500),
  /** What a reader may change, and what happens then. */
  changes: v.optional(
    v.array(v.strictObject({ change: words(200), then: words(200) }), 'expected a list of changes'),
    [],
  ),
});

const courseSchema = v.strictObject({
  title: words(100),
  subtitle: v.optional(words(100)),
  /** Of the first page, for search engines and for whoever is sent a link. */
  description: words(300),
  /** What the first page says below the title; code between backticks. */
  lead: words(1000),
  sample: v.optional(sample),
  /** What each module is called. */
  modules: v.optional(v.array(words(100), 'expected a list of titles'), []),
  /** In reading order; the chapters that exist and stand in no part come after them. */
  parts: v.optional(v.array(part, 'expected a list of parts'), []),
  /** The modules of Python whose names the API index lists, in its order. Without it, each whose names the course uses. */
  api: v.optional(v.array(words(100), 'expected a list of modules')),
});

export type CourseData = Data<typeof courseSchema>;
export type Part = CourseData['parts'][number];

/** How each key is written, for whoever left it out or wrote it otherwise. */
const examples: Readonly<Record<keyof CourseData, string>> = {
  title: '`title: Regular expressions`: a text of at most 100 characters',
  subtitle: '`subtitle: From patterns to parsers`: a text of at most 100 characters, or leave it out',
  description: '`description: What the course is about, and for whom`: a text of at most 300 characters',
  lead: '`lead: What a reader learns here`: a text of at most 1000 characters',
  sample:
    '`sample:` and under it `chapter:`, `cell:`, `title:`, `lead:` and, if you like, `changes:`, each with `change:` and `then:`; or leave it out',
  modules: '`modules:` and under it a line `  - Patterns` with the title of each module, or leave it out',
  parts:
    '`parts:` and under it for each `  - title: …` with `aim:`, `module:` and `chapters:`; a chapter is its address, or `slug:` and `title:` while it is in preparation',
  api: '`api:` and under it a line `  - re` for each module of Python, or leave it out',
};

const isKey = (key: unknown): key is keyof CourseData => typeof key === 'string' && key in examples;

export interface CourseFile {
  /** Undefined where the file has a fault of its own. */
  readonly data: CourseData | undefined;
  readonly faults: readonly ContentFault[];
  /** The line of a value, for faults that show only beside the chapters. */
  readonly lineOf: (path: readonly PropertyKey[]) => number;
}

/** The keys that may stand where an unknown one stands. */
function keysAt(path: readonly PropertyKey[]): readonly string[] {
  if (path.length === 1) return Object.keys(courseSchema.entries);
  if (path[0] === 'sample') return path.length === 2 ? Object.keys(sample.entries) : ['change', 'then'];
  return path.length === 3 ? Object.keys(part.entries) : ['slug', 'title'];
}

/** Reads the text of the file; faults carry its lines. */
export function parseCourseFile(text: string): CourseFile {
  const faults: ContentFault[] = [];
  const { document, lines, fault } = readYaml(text);
  const lineOf = (path: readonly PropertyKey[]): number => lines.linePos(offsetOf(document, path)).line;
  const add = (line: number, what: string, mend: string): void => {
    faults.push(contentFault({ file: courseFile, line }, what, mend));
  };
  if (fault !== undefined) {
    add(fault.line, fault.what, fault.mend);
    return { data: undefined, faults, lineOf };
  }
  const read = v.safeParse(courseSchema, document.toJS() ?? {});
  if (read.success) return { data: read.output, faults, lineOf };
  for (const issue of read.issues) {
    const path = (issue.path ?? []).map((item) => item.key as PropertyKey);
    const [first] = path;
    const last = path.at(-1);
    if (issue.type === 'strict_object' && issue.expected === 'never') {
      const known = keysAt(path);
      const mend = `${didYouMean(String(last), known)}The keys are ${known.join(', ')}.`;
      add(lineOf(path), `unknown key “${String(last)}”`, mend);
      continue;
    }
    const how = isKey(first) ? `Write ${examples[first]}.` : `Write a key and its value on each line, title first.`;
    const missing = issue.type === 'strict_object' && issue.input === undefined;
    const where = path.map((key) => (typeof key === 'number' ? key + 1 : String(key))).join('.');
    add(
      missing ? lineOf(path.slice(0, -1)) : lineOf(path),
      missing ? `${where} is missing` : `${where}: ${issue.message}`,
      how,
    );
  }
  return { data: undefined, faults, lineOf };
}

/** `root` is the project's root. */
export function readCourseFile(root: string): CourseFile {
  const file = join(root, courseFile);
  if (existsSync(file)) return parseCourseFile(readFileSync(file, 'utf8'));
  const mend = 'Write it with title, description and lead: docs/a-course-of-your-own.md has an example.';
  const missing = contentFault({ file: courseFile, line: 1 }, 'the course has no course.yaml', mend);
  return { data: undefined, faults: [missing], lineOf: () => 1 };
}

/** The addresses of the chapters in preparation. */
export function inPreparation({ data }: CourseFile): readonly string[] {
  const listed = data?.parts.flatMap(({ chapters }) => chapters) ?? [];
  return listed.flatMap((chapter) => (typeof chapter === 'string' ? [] : [chapter.slug]));
}
