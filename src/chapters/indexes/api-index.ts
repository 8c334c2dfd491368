/**
 * Every documented name of the modules that the course is about, and the sections whose cells or prose use it.
 *
 * Invariant: a name stands here only when a cell uses it by parsing, or the prose links it; nothing is listed by hand.
 */
import type { Chapter } from '../chapter.ts';
import { namesUsed } from '../needs/names-used.ts';
import { documentedAt } from '../python-names/documented-at.ts';
import { sectionAt, type Section } from './sections.ts';

/** The modules of the index, in the order of the course; what lies below one belongs to it. */
const MODULES = [
  'threading',
  'queue',
  'multiprocessing',
  'subprocess',
  'concurrent.futures',
  'contextvars',
  'asyncio',
  'greenlet',
  'gevent',
  'trio',
] as const;

interface ApiName {
  readonly name: string;
  /** Where its own documentation describes it. */
  readonly address: string;
  /** In the order of the course, each once. */
  readonly sections: readonly Section[];
}

export interface ApiModule {
  readonly module: string;
  readonly names: readonly ApiName[];
}

const moduleOf = (name: string): string | undefined => MODULES.find((module) => name.startsWith(`${module}.`));

/** The longest beginning of a dotted path that is documented: `threading.Lock` of `threading.Lock.acquire.__doc__`. */
function documentedName(path: string): string | undefined {
  const parts = path.split('.');
  for (let length = parts.length; length > 1; length--) {
    const name = parts.slice(0, length).join('.');
    if (moduleOf(name) === undefined) return undefined;
    if (documentedAt(name) !== undefined) return name;
  }
  return undefined;
}

/** What a chapter uses, with the line where it does. */
function* usesOf(chapter: Chapter): Generator<readonly [string, number]> {
  for (const { cell, line } of chapter.cells) {
    for (const path of namesUsed(cell.source).paths) yield [path, line];
  }
  for (const { name, line } of chapter.apiNames) yield [name, line];
}

export function apiIndex(chapters: readonly Chapter[]): readonly ApiModule[] {
  const names = new Map<string, Map<string, Section>>();
  for (const chapter of chapters) {
    const uses = [...usesOf(chapter)].sort(([, a], [, b]) => a - b);
    for (const [path, line] of uses) {
      const name = documentedName(path);
      const section = sectionAt(chapter, line);
      if (name === undefined || section === undefined) continue;
      const sections = names.get(name) ?? new Map<string, Section>();
      if (!sections.has(section.href)) sections.set(section.href, section);
      names.set(name, sections);
    }
  }
  const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
    a.toLowerCase() < b.toLowerCase() ? -1 : 1;
  const all = [...names].sort(byName).map(([name, sections]) => ({
    name,
    address: documentedAt(name) ?? '',
    sections: [...sections.values()],
  }));
  return MODULES.map((module) => ({ module, names: all.filter(({ name }) => moduleOf(name) === module) })).filter(
    ({ names: found }) => found.length > 0,
  );
}
