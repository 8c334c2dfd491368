/** Which cell of a chapter a traceback's file name is: for pages, which link the one to the other. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileNameOf } from '../protocol/file-name.ts';
import { folderParts } from './read-chapters.ts';
import { readChapter } from './read-chapter.ts';

interface Read {
  readonly text: string;
  /** File name to the id of the first cell that has it. */
  readonly ids: ReadonlyMap<string, string>;
}

const known = new Map<string, Read>();

function readFiles(folder: string, text: string): Read {
  const { cells } = readChapter({ folder, slug: folder, file: `content/${folder}/index.mdx` }, text);
  return { text, ids: new Map(cells.toReversed().map(({ cell }) => [fileNameOf(cell), cell.id])) };
}

/** The id of the cell of that chapter; undefined for a file that is no cell. */
export function cellOfFile(slug: string, file: string, root: string = process.cwd()): string | undefined {
  const folder = readdirSync(join(root, 'content')).find((name) => folderParts(name)?.slug === slug);
  if (folder === undefined) return undefined;
  const text = readFileSync(join(root, 'content', folder, 'index.mdx'), 'utf8');
  let read = known.get(folder);
  if (read?.text !== text) {
    read = readFiles(folder, text);
    known.set(folder, read);
  }
  return read.ids.get(file);
}
