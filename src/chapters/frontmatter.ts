/** The frontmatter of a chapter: strict, the same schema in the check and in Astro's content collection. */
import { isMap, isNode, isScalar } from 'yaml';
import type { Document } from 'yaml';
import { z } from 'astro/zod';
import { contentFault } from './content-fault.ts';
import type { ContentFault } from './content-fault.ts';
import { didYouMean } from './suggest.ts';
import { readYaml } from './yaml-fault.ts';

const words = z.string().trim().min(1);

/** Ids of entries of the syllabus; the course chooses them. */
export const syllabusId = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z0-9]+)*$/, 'expected an id such as C7, H1 or B3.4');

/** Midnight UTC. YAML 1.1 readers make a date of it, YAML 1.2 readers a string. */
const date = z
  .preprocess(
    (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value),
    z.iso.date('expected a date such as 2026-11-22'),
  )
  .transform((text) => new Date(`${text}T00:00:00Z`));

const anchor = z.string().regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'expected the anchor of a section, without #');

/** `pool`, or for one section `the-gil: [no GIL]`. */
const alias = z.union([words, z.record(anchor, z.array(words).min(1))], {
  error: 'expected words, or the anchor of a section with a list of words',
});

export const frontmatterSchema = z.strictObject({
  title: words.max(100),
  /** For cards, search results and the page's description. */
  summary: words.max(300),
  /** Place in the course; the number of the chapter's folder. */
  order: z.int().positive(),
  /** The number of the module that the chapter is in; absent in a course without modules. */
  module: z.int().positive().optional(),
  outcomes: z.array(words).min(1),
  covers: z.array(syllabusId).default([]),
  /** Further words by which a reader may search: synonyms, old names, common misspellings; each for a section or free. */
  aliases: z.array(alias).default([]),
  updated: date,
});

export type Frontmatter = z.infer<typeof frontmatterSchema>;

/** Aliases that name their section, by its anchor; under '' those that do not. */
export function aliasesBySection(aliases: Frontmatter['aliases']): ReadonlyMap<string, readonly string[]> {
  const sections = new Map<string, string[]>();
  const add = (section: string, given: readonly string[]): void => {
    sections.set(section, [...(sections.get(section) ?? []), ...given]);
  };
  for (const each of aliases) {
    if (typeof each === 'string') add('', [each]);
    else for (const [section, given] of Object.entries(each)) add(section, given);
  }
  return sections;
}

const keys = Object.keys(frontmatterSchema.shape);

/** How each key is written, for whoever left it out or wrote it otherwise. */
const examples: Readonly<Record<keyof Frontmatter, string>> = {
  title: '`title: Queues that block`: a text of at most 100 characters',
  summary: '`summary: What the chapter is about`: a text of at most 300 characters',
  order: '`order: 9`: the number that its folder begins with',
  module: '`module: 1`: the number of a module of content/course.yaml, or leave it out',
  outcomes: '`outcomes:` and under it a line `  - Explain …` for each thing that a reader can do afterwards',
  covers: '`covers: [C7, H1]`: ids of entries of content/syllabus.yaml',
  aliases: '`aliases:` and under it lines as `  - thread pool`, or for a section `  - the-gil: [no GIL]`',
  updated: '`updated: 2026-11-22`: year, month, day',
};

const isKey = (key: PropertyKey | undefined): key is keyof Frontmatter => typeof key === 'string' && key in examples;

/** Where a key or value stands in the YAML; its nearest parent when it is missing. */
export function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === key);
      if (pair !== undefined && isNode(pair.key) && pair.key.range) return pair.key.range[0];
    }
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

/** `yaml` is the block between the dashes; the first of its lines is line 2 of the file. */
export function readFrontmatter(
  file: string,
  yaml: string | undefined,
): { readonly frontmatter: Frontmatter | undefined; readonly faults: readonly ContentFault[] } {
  const faults: ContentFault[] = [];
  const add = (line: number, what: string, mend: string): void => {
    faults.push(contentFault({ file, line }, what, mend));
  };
  if (yaml === undefined) {
    add(
      1,
      'the chapter has no frontmatter',
      `Begin the file with a block between --- lines that gives ${keys.join(', ')}.`,
    );
    return { frontmatter: undefined, faults };
  }
  const { document, lines, fault } = readYaml(yaml);
  if (fault !== undefined) {
    add(fault.line + 1, `frontmatter: ${fault.what}`, fault.mend);
    return { frontmatter: undefined, faults };
  }
  const result = frontmatterSchema.safeParse(document.toJS() ?? {});
  if (result.success) return { frontmatter: result.data, faults };
  for (const issue of result.error.issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        const line = lines.linePos(offsetOf(document, [...issue.path, key])).line + 1;
        add(line, `frontmatter: unknown key “${key}”`, `${didYouMean(key, keys)}The keys are ${keys.join(', ')}.`);
      }
      continue;
    }
    const [key] = issue.path;
    const missing = isKey(key) && issue.path.length === 1 && !document.has(key);
    const line = missing ? 1 : lines.linePos(offsetOf(document, issue.path)).line + 1;
    const how = isKey(key) ? `Write ${examples[key]}.` : `Write a key and its value on each line: ${keys.join(', ')}.`;
    const what = missing ? `${key} is missing` : `${issue.path.map(String).join('.')}: ${issue.message}`;
    add(line, `frontmatter: ${what.replace(/^: /, '')}`, how);
  }
  return { frontmatter: undefined, faults };
}
