/** Reads the Python of the search for schedules from the project: for a worker of Node, and for the page's. */
import { readdir, readFile } from 'node:fs/promises';
import type { ExplorerSources } from './open-explorer.ts';

const python = new URL('../../explore/python/', import.meta.url);

export async function explorerSources(): Promise<ExplorerSources> {
  const names = (await readdir(new URL('explorer/', python))).filter((name) => name.endsWith('.py')).sort();
  const texts = await Promise.all(names.map((name) => readFile(new URL(`explorer/${name}`, python), 'utf8')));
  const explorer = Object.fromEntries(names.map((name, index) => [name, texts[index] ?? '']));
  return { explorer, loader: await readFile(new URL('load.py', python), 'utf8') };
}
