/** The glossary, `content/glossary.yaml`: each term once, sorted, with the forms by which a chapter may call it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isNode } from 'yaml';
import { z } from 'astro/zod';
import { contentFault } from './content-fault.ts';
import type { ContentFault } from './content-fault.ts';
import { readYaml } from './yaml-fault.ts';

const words = z.string().trim().min(1);

const entrySchema = z.strictObject({
  term: words.max(60),
  /** Other forms: the plural, a synonym, an abbreviation. */
  also: z.array(words).default([]),
  /** One to three sentences; code between backticks. */
  definition: words.max(600),
  /** Where the course explains it: `slug#section`. */
  see: z
    .string()
    .regex(/^[a-z0-9-]+(?:#[a-z0-9-]+)?$/, 'expected slug#section')
    .optional(),
});

export interface GlossaryEntry {
  /** Anchor on the glossary's page. */
  readonly id: string;
  readonly term: string;
  readonly also: readonly string[];
  readonly definition: string;
  readonly see: string | undefined;
  /** Of the file. */
  readonly line: number;
}

export interface Glossary {
  readonly entries: readonly GlossaryEntry[];
  readonly faults: readonly ContentFault[];
}

export const glossaryFile = 'content/glossary.yaml';

const idOf = (term: string): string =>
  term
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-|-$/gu, '');
const fold = (text: string): string => text.trim().toLowerCase().replace(/\s+/gu, ' ');

/** The entry whose term or other form is `text`; case and runs of spaces do not matter. */
export function findTerm(entries: readonly GlossaryEntry[], text: string): GlossaryEntry | undefined {
  const wanted = fold(text);
  return entries.find(({ term, also }) => [term, ...also].some((form) => fold(form) === wanted));
}

/** Reads the text of the file; faults carry its lines. */
export function parseGlossary(text: string): Glossary {
  const faults: ContentFault[] = [];
  const { document, lines, fault } = readYaml(text);
  const add = (offset: number, what: string, mend: string): void => {
    faults.push(contentFault({ file: glossaryFile, line: lines.linePos(offset).line }, what, mend));
  };
  if (fault !== undefined) {
    const { line, what, mend } = fault;
    return { entries: [], faults: [contentFault({ file: glossaryFile, line }, what, mend)] };
  }
  const parsed: unknown = document.toJS() ?? [];
  if (!Array.isArray(parsed)) {
    add(0, 'the glossary is not a list', 'Write one entry each: - term: …, then definition: … below it.');
    return { entries: [], faults };
  }
  const entries: GlossaryEntry[] = [];
  const forms = new Map<string, string>();
  for (const [index, value] of (parsed as readonly unknown[]).entries()) {
    const node = document.getIn([index], true);
    const offset = isNode(node) && node.range ? node.range[0] : 0;
    const result = entrySchema.safeParse(value);
    if (!result.success) {
      for (const issue of result.error.issues)
        add(
          offset,
          `glossary: ${issue.path.map(String).join('.')}: ${issue.message}`,
          'See docs/authoring-components.md, “Glossary”.',
        );
      continue;
    }
    const { term, also, definition, see } = result.data;
    for (const form of [term, ...also]) {
      const taken = forms.get(fold(form));
      if (taken !== undefined) add(offset, `“${form}” already means “${taken}”`, 'Give each form to one entry.');
      forms.set(fold(form), term);
    }
    entries.push({ id: idOf(term), term, also, definition, see, line: lines.linePos(offset).line });
  }
  return { entries: entries.sort((a, b) => (fold(a.term) < fold(b.term) ? -1 : 1)), faults };
}

/** `root` is the project's root. A course without a glossary has an empty one. */
export function readGlossary(root: string): Glossary {
  const file = join(root, glossaryFile);
  return existsSync(file) ? parseGlossary(readFileSync(file, 'utf8')) : { entries: [], faults: [] };
}
