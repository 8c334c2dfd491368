/** The HTML files of a finished build, as paths below its root. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { takeAway } from '../notebooks/names.ts';

/** Served by hosts for any missing path, at any depth. */
export const NOT_FOUND = '404.html';

const WITHOUT_PAGES = new Set(['_astro', 'pagefind', 'runtime', takeAway]);

export async function pagesIn(root: string): Promise<string[]> {
  // A long course has a file in `pagefind/` for each section and cell: none of them is a page.
  const entries = await readdir(root, { withFileTypes: true });
  const below = entries
    .filter((entry) => entry.isDirectory() && !WITHOUT_PAGES.has(entry.name))
    .map(async ({ name }) =>
      (await readdir(path.join(root, name), { recursive: true })).map((file) => path.join(name, file)),
    );
  const files = [...entries.map(({ name }) => name), ...(await Promise.all(below)).flat()];
  return files
    .filter((file) => file.endsWith('.html'))
    .map((file) => file.split(path.sep).join('/'))
    .sort();
}
