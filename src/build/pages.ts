/** The HTML files of a finished build, as paths below its root; each pass over them reads and writes one at a time. */
import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Served by hosts for any missing path, at any depth. */
export const NOT_FOUND = '404.html';

export async function pagesIn(root: string): Promise<string[]> {
  const files = await readdir(root, { recursive: true });
  return files
    .filter((file) => file.endsWith('.html'))
    .map((file) => file.split(path.sep).join('/'))
    .sort();
}

export async function rewritePages(root: string, rewrite: (html: string, page: string) => string): Promise<void> {
  for (const page of await pagesIn(root)) {
    const file = path.join(root, page);
    const before = await readFile(file, 'utf8');
    const after = rewrite(before, page);
    if (after !== before) await writeFile(file, after);
  }
}
