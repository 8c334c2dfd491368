/**
 * The errors that the recorded outputs of the course show, each with the cells that show it, so that a pasted error finds
 * its page. Texts that a cell’s own code makes up are left out: nobody else’s program prints them.
 */
import type { Chapter } from '../chapter.ts';
import { cellsById, chainOf } from '../chain.ts';
import { readSnapshot } from '../snapshots.ts';
import type { OutputEvent } from '../../protocol/event.ts';
import { sectionAt, type Section } from './sections.ts';

export interface ErrorEntry {
  /** `TypeError`, or `queue.Empty`. */
  readonly name: string;
  /** Empty where the exception has no text. */
  readonly message: string;
  /** In the order of the course; `href` leads to the first cell of each section that shows it. */
  readonly places: readonly Section[];
}

/** Where the errors of a name stand on the page of the index. */
export const errorAnchor = (name: string): string => name.replaceAll('.', '-').toLowerCase();

/** A line that ends a traceback or tells an exception: `TypeError: …`. */
const errorLine =
  /^\s*(?:[|+-]+\s*)?(?:\S+:\d+: )?((?:[a-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Warning|Group|Exit|Interrupt)|(?:queue\.)?(?:Empty|Full|ShutDown)|StopIteration): (.+)$/u;

function* errorsOf(events: readonly OutputEvent[]): Generator<readonly [name: string, message: string]> {
  let printed = '';
  for (const event of events) {
    if (event.type === 'error') yield [event.name, event.message.split('\n')[0] ?? ''];
    else if (event.type === 'stdout' || event.type === 'stderr') printed += event.text;
  }
  for (const line of printed.split('\n')) {
    const [, name, message] = errorLine.exec(line) ?? [];
    if (name !== undefined && message !== undefined && !/^Enable tracemalloc/u.test(message))
      yield [name, message.trim()];
  }
}

/** Whether the text stands in the program: as a whole, or its longest piece between what an f-string may have put in. */
function isMadeUp(message: string, source: string): boolean {
  const pieces = message.split(/\d+|'[^']*'|"[^"]*"/u).map((piece) => piece.replaceAll(/^\W+|\W+$/gu, ''));
  const longest = pieces.sort((a, b) => b.length - a.length)[0] ?? '';
  return longest.length > 2 && source.includes(longest);
}

/** `root` is the project’s root, under which the recorded outputs lie. */
export function errorIndex(root: string, chapters: readonly Chapter[]): readonly ErrorEntry[] {
  const found = new Map<string, { name: string; message: string; places: Map<string, Section> }>();
  for (const chapter of chapters) {
    const known = cellsById(chapter);
    for (const { cell, line } of chapter.cells) {
      const read = readSnapshot(root, chapter.folder, cell.id);
      const section = sectionAt(chapter, line);
      if (read.state !== 'present' || section === undefined) continue;
      const source = chainOf(cell, known)
        .map((each) => each.source)
        .join('\n');
      for (const [name, text] of errorsOf(read.snapshot.events)) {
        const message = text.replaceAll(/0x[0-9A-Fa-f]+/gu, '0x…');
        const definesIt = new RegExp(`^\\s*class ${name.replace(/^.*\./u, '')}\\b`, 'mu').test(source);
        if (definesIt || (message !== '' && isMadeUp(message, source))) continue;
        const key = `${name}: ${message}`;
        const entry = found.get(key) ?? { name, message, places: new Map<string, Section>() };
        if (!entry.places.has(section.href)) {
          entry.places.set(section.href, { ...section, href: `/${chapter.slug}/#${cell.id}` });
        }
        found.set(key, entry);
      }
    }
  }
  const order = ({ name, message }: { readonly name: string; readonly message: string }): string =>
    `${name.replace(/^.*\./u, '')}\n${message}`.toLowerCase();
  return [...found.values()]
    .map(({ name, message, places }) => ({ name, message, places: [...places.values()] }))
    .sort((a, b) => (order(a) < order(b) ? -1 : 1));
}
