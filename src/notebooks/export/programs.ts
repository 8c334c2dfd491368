/**
 * A chapter as files of Python: one for each cell, which runs by itself, and two for each exercise to write.
 *
 * Invariant: a file holds the cell behind all those that it continues, as they were recorded: no file needs another, and
 * running one prints what the page shows under its last cell. What Python alone cannot do is said in the file's head.
 */
import type { Cell } from '../../protocol/cell.ts';
import type { Chapter } from '../../chapters/chapter.ts';
import { cellsById, chainOf } from '../../chapters/chain.ts';
import type { TextFile } from './archive.ts';
import { programName } from './cells.ts';
import { checksFile, checksName } from './checks-file.ts';
import { notesOn, packagesOf } from './needs.ts';
import type { About } from './source.ts';

const comment = (lines: readonly string[]): string => lines.map((line) => `# ${line}`.trimEnd()).join('\n');

/** `await` outside of a function, which only a notebook takes. A guess by indentation, as it stands at no depth. */
const awaitsAtTop = (source: string): boolean => /^(?:[^\s#].*\b)?(?:await\b|async (?:for|with)\b)/m.test(source);

function headOf(about: About, chapter: Chapter, cell: Cell, chain: readonly Cell[]): string {
  const { title, options, id } = { ...cell, title: cell.options.title ?? cell.options.name ?? cell.id };
  const packages = [...new Set(chain.flatMap(packagesOf))].sort();
  const notebook = options.mode === 'notebook';
  const place = about.address === undefined ? `cell ${id}` : `${about.address}${chapter.slug}/#${id}`;
  const failing = chain.slice(0, -1).find((one) => one.options.expectError);
  return comment([
    title,
    `${about.title}: ${chapter.frontmatter?.title ?? chapter.slug} (${place})`,
    ...(packages.length > 0 ? [`Needs: python3.14 -m pip install ${packages.join(' ')}`] : []),
    ...notesOn({ ...cell, options: { ...options, packages: [] }, source: '' }),
    ...(options.expectError ? ['It is meant to end with an error.'] : []),
    ...(failing === undefined
      ? []
      : [
          `Above it stands ${failing.id}, which is meant to fail: run the parts one by one in an editor that knows # %%.`,
        ]),
    ...(notebook && chain.some(({ source }) => awaitsAtTop(source))
      ? ['It awaits outside of a function: run it in a notebook, or in an editor that knows # %%.']
      : []),
    ...(notebook ? ['A notebook shows the value of the last line; a program shows what it prints.'] : []),
  ]);
}

function cellFile(about: About, chapter: Chapter, cell: Cell): string {
  const chain = chainOf(cell, cellsById(chapter));
  const head = headOf(about, chapter, cell, chain);
  if (cell.options.mode === 'script') return `${head}\n\n${cell.source.trimEnd()}\n`;
  const parts = chain.map(({ id, source }) => `# %% ${id}\n${source.trimEnd()}\n`);
  return `${head}\n\n${parts.join('\n')}`;
}

/** In the order of the chapter. A name that is taken gives way to the cell's id. */
export function programsOf(about: About, chapter: Chapter): readonly TextFile[] {
  const files = new Map<string, string>();
  const free = (wanted: string, id: string): string => {
    for (let name = wanted, tries = 1; ; tries++) {
      if (!files.has(name)) return name;
      name = tries === 1 ? `${id}.py` : `${id}-${tries}.py`;
    }
  };
  for (const { cell } of chapter.cells) {
    const wanted = cell.options.mode === 'script' ? programName(cell) : `${cell.id}.py`;
    files.set(free(wanted, cell.id), cellFile(about, chapter, cell));
  }
  for (const { exercise } of chapter.exercises) {
    if (exercise.kind !== 'write') continue;
    const name = free(programName(exercise.starter), exercise.id);
    const head = comment([
      `Exercise: ${exercise.title}`,
      `${about.title}: ${chapter.frontmatter?.title ?? chapter.slug}`,
      `The task stands in the chapter. This says how far you are: python3.14 ${checksName(name)}`,
    ]);
    files.set(name, `${head}\n\n${exercise.starter.source.trimEnd()}\n`);
    files.set(checksName(name), checksFile(exercise, name));
    files.set(name.replace(/\.py$/, '_solution.py'), `${exercise.solution.trimEnd()}\n`);
  }
  return [...files].map(([name, text]) => ({ name, text }));
}
