/**
 * Parts of a chapter as cells of a notebook.
 *
 * Invariant: the source of a notebook cell is the author's, character for character. A program is written to a file of its
 * own and run from there, since that is what it was written for: in the notebook's process `asyncio.run` and the start of
 * processes would fail.
 */
import type { Cell } from '../../protocol/cell.ts';
import type { Snapshot } from '../../protocol/snapshot.ts';
import { readSnapshot } from '../../chapters/snapshots.ts';
import type { CodeCell, Metadata, NotebookCell } from '../format.ts';
import { notesOn, packagesOf } from './needs.ts';
import { outputsOf } from './outputs.ts';
import type { Part } from './part.ts';
import type { Source } from './source.ts';

/** Hands out what may be in a notebook once, and counts what ran. */
export class Names {
  readonly #ids = new Set<string>();
  #texts = 0;
  #runs = 0;

  /** nbformat allows letters, digits, `-` and `_`, up to 64 of them. */
  id(wanted?: string): string {
    let id = wanted?.slice(0, 60) ?? '';
    while (id === '' || this.#ids.has(id)) {
      this.#texts += 1;
      id = `text-${this.#texts}`;
    }
    this.#ids.add(id);
    return id;
  }

  run(): number {
    this.#runs += 1;
    return this.#runs;
  }
}

const markdown = (names: Names, source: string): NotebookCell => ({
  cell_type: 'markdown',
  id: names.id(),
  metadata: {},
  source,
});

const code = (names: Names, id: string, source: string, metadata: Metadata): CodeCell => ({
  cell_type: 'code',
  id: names.id(id),
  metadata,
  source,
  execution_count: null,
  outputs: [],
});

/** Runs a file that the cell above has written, with the Python of the notebook. */
function runner(file: string, stdin: readonly string[] | undefined): string {
  if (stdin === undefined) return `import sys\n!"{sys.executable}" ${file}`;
  const typed = file.replace(/\.py$/, '.stdin');
  const text = stdin.map((line) => `${line}\n`).join('');
  return [
    'import pathlib, sys',
    `_ = pathlib.Path(${JSON.stringify(typed)}).write_text(${JSON.stringify(text)})`,
    `!"{sys.executable}" ${file} < ${typed}`,
  ].join('\n');
}

/** The file that a program is written to: its own name, or its id. */
export const programName = ({ id, options }: Cell): string =>
  /^[\w.-]+\.py$/.test(options.name ?? '') ? (options.name ?? '') : `${id}.py`;

/** All of a recorded run that the outputs of a notebook have no place for. */
function runOf({ hash, producer, recorded, duration, events, timeline }: Snapshot): Metadata {
  return { hash, producer, recorded, duration, at: events.map(({ at }) => at), ...(timeline && { timeline }) };
}

function withOutputs(cell: CodeCell, names: Names, snapshot: Snapshot | undefined): CodeCell {
  if (snapshot === undefined) return cell;
  const count = names.run();
  return { ...cell, execution_count: count, outputs: outputsOf(snapshot.events, count) };
}

function tagsOf(cell: Cell, hidden: boolean): Metadata {
  const tags = cell.options.expectError && cell.options.mode === 'notebook' ? { tags: ['raises-exception'] } : {};
  return hidden ? { ...tags, collapsed: true, jupyter: { outputs_hidden: true } } : tags;
}

function cellCells(source: Source, names: Names, part: Part & { kind: 'cell' }): readonly NotebookCell[] {
  const { cell, options, hidden } = part;
  const read = readSnapshot(source.root, source.chapter.folder, cell.id);
  const snapshot = read.state === 'present' ? read.snapshot : undefined;
  const { mode, title, name } = cell.options;
  const packages = packagesOf(cell);
  const course = {
    role: 'cell',
    id: cell.id,
    options,
    mode,
    needs: { python: '3.14', packages },
    ...(snapshot !== undefined && { run: runOf(snapshot) }),
  };
  const called = title ?? (mode === 'script' ? undefined : name);
  const caption = [
    ...(called === undefined ? [] : [`**${title ?? `\`${called}\``}**`]),
    ...notesOn(cell).map((note) => `*${note}*`),
  ];
  const above = caption.length === 0 ? [] : [markdown(names, caption.join('<br>\n'))];
  if (mode === 'notebook') {
    const made = code(names, cell.id, cell.source, { ...tagsOf(cell, hidden), course });
    return [...above, withOutputs(made, names, snapshot)];
  }
  const file = programName(cell);
  const written = code(names, cell.id, `%%writefile ${file}\n${cell.source}`, { course });
  const run = code(names, `${cell.id}-run`, runner(file, cell.options.stdin), {
    ...tagsOf(cell, hidden),
    course: { role: 'run', of: cell.id },
  });
  return [...above, written, withOutputs(run, names, snapshot)];
}

/** Stem of a file name as an id of a cell. */
const idOf = (name: string): string => name.replace(/\.py$/, '').replaceAll(/[^\w-]/g, '-');

export function cellsOf(source: Source, names: Names, part: Part): readonly NotebookCell[] {
  switch (part.kind) {
    case 'prose':
      return [markdown(names, part.text)];
    case 'cell':
      return cellCells(source, names, part);
    case 'file': {
      const file = code(names, idOf(part.name), `%%writefile ${part.name}\n${part.text}`, { course: { role: 'file' } });
      if (!part.run) return [file];
      return [file, code(names, `${idOf(part.name)}-run`, runner(part.name, undefined), { course: { role: 'run' } })];
    }
    default:
      return part satisfies never;
  }
}
