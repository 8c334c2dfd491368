/**
 * Every documented name of the modules that the index is of, and the sections whose cells or prose use it.
 *
 * Invariant: a name stands here only when a cell uses it by parsing, or the prose links it; nothing is listed by hand.
 */
import type { Chapter } from '../chapter.ts';
import { namesUsed } from '../needs/names-used.ts';
import { documentedAt, isDocumentedModule } from '../python-names/documented-at.ts';
import { sectionAt, type Section } from './sections.ts';

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

/** Where a module stands on the page of the index. */
export const moduleAnchor = (module: string): string => module.replaceAll('.', '-').toLowerCase();

/** What the course says of the index, in its own order; undefined where it leaves the choice to what it uses. */
type Wanted = readonly string[] | undefined;

/** The module that a documented name belongs to: the longest beginning that is one. */
function moduleOf(name: string, wanted: Wanted): string | undefined {
  if (wanted !== undefined) return wanted.find((module) => name.startsWith(`${module}.`));
  const parts = name.split('.');
  for (let length = parts.length - 1; length > 0; length--) {
    const module = parts.slice(0, length).join('.');
    if (isDocumentedModule(module)) return module;
  }
  return undefined;
}

/** The longest beginning of a dotted path that is documented: `threading.Lock` of `threading.Lock.acquire.__doc__`. */
function documentedName(path: string, wanted: Wanted): string | undefined {
  const parts = path.split('.');
  for (let length = parts.length; length > 1; length--) {
    const name = parts.slice(0, length).join('.');
    if (moduleOf(name, wanted) === undefined) return undefined;
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

/** `wanted` names the modules of the index; what lies below one belongs to it. Without it all that the course uses, sorted. */
export function apiIndex(chapters: readonly Chapter[], wanted?: readonly string[]): readonly ApiModule[] {
  const names = new Map<string, Map<string, Section>>();
  for (const chapter of chapters) {
    const uses = [...usesOf(chapter)].sort(([, a], [, b]) => a - b);
    for (const [path, line] of uses) {
      const name = documentedName(path, wanted);
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
  const byModule = Map.groupBy(all, ({ name }) => moduleOf(name, wanted) ?? '');
  const modules = wanted ?? [...byModule.keys()].sort();
  return modules.flatMap((module) => {
    const found = byModule.get(module);
    return found === undefined ? [] : [{ module, names: found }];
  });
}
