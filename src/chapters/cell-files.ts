/** What a page asks about the other cells of its chapter: which one a file name is, and what one of them continues. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Cell } from '../protocol/cell.ts';
import { fileNameOf } from '../protocol/file-name.ts';
import { cellsById, chainOf } from './chain.ts';
import { folderParts } from './read-chapters.ts';
import { readChapter } from './read-chapter.ts';

interface Read {
  readonly text: string;
  /** File name to the id of the first cell that has it. */
  readonly ids: ReadonlyMap<string, string>;
  readonly cells: ReadonlyMap<string, Cell>;
}

const known = new Map<string, Read>();

function readCells(folder: string, text: string): Read {
  const chapter = readChapter({ folder, slug: folder, file: `content/${folder}/index.mdx` }, text);
  const ids = new Map(chapter.cells.toReversed().map(({ cell }) => [fileNameOf(cell), cell.id]));
  return { text, ids, cells: cellsById(chapter) };
}

function readSlug(slug: string, root: string): Read | undefined {
  const folder = readdirSync(join(root, 'content')).find((name) => folderParts(name)?.slug === slug);
  if (folder === undefined) return undefined;
  const text = readFileSync(join(root, 'content', folder, 'index.mdx'), 'utf8');
  let read = known.get(folder);
  if (read?.text !== text) {
    read = readCells(folder, text);
    known.set(folder, read);
  }
  return read;
}

/** The id of the cell of that chapter; undefined for a file that is no cell. */
export function cellOfFile(slug: string, file: string, root: string = process.cwd()): string | undefined {
  return readSlug(slug, root)?.ids.get(file);
}

/** `cell` of that chapter, after those that it continues. */
export function chainIn(slug: string, cell: Cell, root: string = process.cwd()): readonly Cell[] {
  return chainOf(cell, readSlug(slug, root)?.cells ?? new Map());
}
