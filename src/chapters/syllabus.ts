/**
 * The syllabus, `content/syllabus.yaml`: what the course was asked to teach, and where it teaches it.
 *
 * Invariant: each place in a chapter that exists is an anchor of it, and the chapter’s `covers` lists the same ids.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'astro/zod';
import type { Chapter } from './chapter.ts';
import { contentFault } from './content-fault.ts';
import type { ContentFault } from './content-fault.ts';
import { offsetOf, syllabusId } from './frontmatter.ts';
import { didYouMean } from './suggest.ts';
import { readYaml } from './yaml-fault.ts';

export const syllabusFile = 'content/syllabus.yaml';

const placePattern = /^[a-z0-9-]+(?:#[a-z0-9-]+)?$/;

const entrySchema = z.strictObject({
  id: syllabusId,
  /** Code between backticks. */
  text: z.string().trim().min(1).max(150),
  at: z.array(z.string().regex(placePattern, 'expected slug#anchor, or the slug of a chapter in preparation')).min(1),
});

const partSchema = z.strictObject({
  /** The anchor of its heading. */
  id: z.string().regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'expected lower-case words between hyphens'),
  title: z.string().trim().min(1).max(100),
  entries: z.array(entrySchema),
});

const fileSchema = z.strictObject({
  /** What the page says below its title. */
  lead: z.string().trim().min(1).max(300),
  parts: z.array(partSchema),
});

interface SyllabusPlace {
  readonly slug: string;
  /** Absent while the chapter is in preparation. */
  readonly anchor?: string;
}

export interface SyllabusEntry {
  readonly id: string;
  readonly text: string;
  /** The first is where the entry is at home. */
  readonly at: readonly SyllabusPlace[];
  readonly line: number;
}

interface SyllabusPart {
  readonly id: string;
  readonly title: string;
  readonly entries: readonly SyllabusEntry[];
}

export interface Syllabus {
  readonly lead: string;
  readonly parts: readonly SyllabusPart[];
  readonly faults: readonly ContentFault[];
}

/** Where an entry stands on the page of the syllabus. */
export const syllabusAnchor = ({ id }: SyllabusEntry): string => id.toLowerCase().replaceAll('.', '-');

function placeOf(text: string): SyllabusPlace {
  const [slug = '', anchor] = text.split('#');
  return anchor === undefined ? { slug } : { slug, anchor };
}

/** Reads the text of the file; faults carry its lines. */
function parseSyllabus(text: string): Syllabus {
  const faults: ContentFault[] = [];
  const { document, lines, fault } = readYaml(text);
  const add = (line: number, what: string, mend: string): void => {
    faults.push(contentFault({ file: syllabusFile, line }, what, mend));
  };
  const nothing = { lead: '', parts: [], faults };
  if (fault !== undefined) {
    add(fault.line, fault.what, fault.mend);
    return nothing;
  }
  const lineAt = (path: readonly PropertyKey[]): number => lines.linePos(offsetOf(document, path)).line;
  const result = fileSchema.safeParse(document.toJS() ?? {});
  if (!result.success) {
    for (const { path, message } of result.error.issues) {
      add(
        lineAt(path),
        `${path.map(String).join('.')}: ${message}`,
        'Write lead, then parts with id, title and entries; an entry has id, text and at.',
      );
    }
    return nothing;
  }
  const seen = new Set<string>();
  const parts = result.data.parts.map(({ id: anchor, title, entries }, place) => ({
    id: anchor,
    title,
    entries: entries.map(({ id, text: words, at }, index) => {
      const line = lineAt(['parts', place, 'entries', index]);
      if (seen.has(id)) add(line, `“${id}” stands here twice`, 'Give each id one entry, with all its places.');
      seen.add(id);
      return { id, text: words, at: at.map(placeOf), line };
    }),
  }));
  return { lead: result.data.lead, parts, faults };
}

/** `root` is the project's root. A course without a syllabus has an empty one. */
export function readSyllabus(root: string): Syllabus {
  const file = join(root, syllabusFile);
  return existsSync(file) ? parseSyllabus(readFileSync(file, 'utf8')) : { lead: '', parts: [], faults: [] };
}

/** Places that are none, and chapters whose `covers` says otherwise. `planned` are the chapters in preparation, by address. */
export function syllabusFaults(
  syllabus: Syllabus,
  chapters: readonly Chapter[],
  planned: readonly string[],
): readonly ContentFault[] {
  if (syllabus.faults.length > 0) return syllabus.faults;
  const entries = syllabus.parts.flatMap((part) => part.entries);
  const faults: ContentFault[] = [];
  const bySlug = new Map(chapters.map((chapter) => [chapter.slug, chapter]));
  for (const { id, at, line } of entries) {
    for (const { slug, anchor } of at) {
      const chapter = bySlug.get(slug);
      if (chapter === undefined) {
        if (planned.includes(slug)) continue;
        const guess = didYouMean(slug, [...bySlug.keys(), ...planned]);
        const mend = `${guess}Name a chapter, or one in preparation that content/course.yaml lists.`;
        faults.push(contentFault({ file: syllabusFile, line }, `${id} names ${slug}, which is no chapter`, mend));
        continue;
      }
      if (!chapter.parsed || (anchor !== undefined && chapter.anchors.has(anchor))) continue;
      const known = [...chapter.anchors];
      faults.push(
        contentFault(
          { file: syllabusFile, line },
          anchor === undefined ? `${id} names ${slug}, but no place in it` : `${id}: ${slug} has no #${anchor}`,
          `${anchor === undefined ? '' : didYouMean(anchor, known)}Name the section or cell of ${chapter.file} that shows it.`,
        ),
      );
    }
  }
  for (const { slug, file, frontmatter } of chapters) {
    if (frontmatter === undefined) continue;
    const shown = entries.filter(({ at }) => at.some((place) => place.slug === slug)).map(({ id }) => id);
    const said = new Set(frontmatter.covers);
    const missing = shown.filter((id) => !said.has(id));
    const extra = frontmatter.covers.filter((id) => !shown.includes(id));
    if (missing.length === 0 && extra.length === 0) continue;
    faults.push(
      contentFault(
        { file, line: 1 },
        `covers differs from ${syllabusFile}: ${[...missing.map((id) => `${id} is missing`), ...extra.map((id) => `${id} is too much`)].join(', ')}`,
        `Write covers: [${shown.join(', ')}], or change the places in ${syllabusFile}.`,
      ),
    );
  }
  return faults;
}
