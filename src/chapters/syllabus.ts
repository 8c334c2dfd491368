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
import { offsetOf, seedId } from './frontmatter.ts';
import { didYouMean } from './suggest.ts';
import { readYaml } from './yaml-fault.ts';

const syllabusFile = 'content/syllabus.yaml';

const placePattern = /^[a-z0-9-]+(?:#[a-z0-9-]+)?$/;

const entrySchema = z.strictObject({
  id: seedId,
  /** Code between backticks. */
  text: z.string().trim().min(1).max(150),
  at: z.array(z.string().regex(placePattern, 'expected slug#anchor, or the slug of a chapter in preparation')).min(1),
});

const fileSchema = z.strictObject({ outline: z.array(entrySchema), notebook: z.array(entrySchema) }).partial();

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

export interface Syllabus {
  readonly outline: readonly SyllabusEntry[];
  readonly notebook: readonly SyllabusEntry[];
  readonly faults: readonly ContentFault[];
}

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
  const nothing = { outline: [], notebook: [], faults };
  if (fault !== undefined) {
    add(fault.line, fault.what, fault.mend);
    return nothing;
  }
  const lineAt = (path: readonly PropertyKey[]): number => lines.linePos(offsetOf(document, path)).line;
  const result = fileSchema.safeParse(document.toJS() ?? {});
  if (!result.success) {
    for (const { path, message } of result.error.issues) {
      add(lineAt(path), `${path.map(String).join('.')}: ${message}`, 'Write id, text and at, as the others have.');
    }
    return nothing;
  }
  const seen = new Set<string>();
  const entriesOf = (part: 'outline' | 'notebook'): readonly SyllabusEntry[] =>
    (result.data[part] ?? []).map(({ id, text: words, at }, index) => {
      const line = lineAt([part, index]);
      if (seen.has(id)) add(line, `“${id}” stands here twice`, 'Give each id one entry, with all its places.');
      seen.add(id);
      return { id, text: words, at: at.map(placeOf), line };
    });
  return { outline: entriesOf('outline'), notebook: entriesOf('notebook'), faults };
}

/** `root` is the project's root. A course without a syllabus has an empty one. */
export function readSyllabus(root: string): Syllabus {
  const file = join(root, syllabusFile);
  return existsSync(file) ? parseSyllabus(readFileSync(file, 'utf8')) : { outline: [], notebook: [], faults: [] };
}

/** Places that are none, and chapters whose `covers` says otherwise. */
export function syllabusFaults(syllabus: Syllabus, chapters: readonly Chapter[]): readonly ContentFault[] {
  const entries = [...syllabus.outline, ...syllabus.notebook];
  if (entries.length === 0) return syllabus.faults;
  const faults = [...syllabus.faults];
  const bySlug = new Map(chapters.map((chapter) => [chapter.slug, chapter]));
  for (const { id, at, line } of entries) {
    for (const { slug, anchor } of at) {
      const chapter = bySlug.get(slug);
      if (chapter === undefined || !chapter.parsed || (anchor !== undefined && chapter.anchors.has(anchor))) continue;
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
