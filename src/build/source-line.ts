/** The line of a chapter or of another file of `content/` that a link of a built page was written in. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileOfPage } from '../chapters/own-pages.ts';
import { folderParts } from '../chapters/read-chapters.ts';

function sourceOf(root: string, page: string): string | undefined {
  const slug = /^([^/]+)\/index\.html$/.exec(page)?.[1];
  const content = path.join(root, 'content');
  if (slug === undefined || !existsSync(content)) return undefined;
  const folder = readdirSync(content).find((name) => folderParts(name)?.slug === slug);
  const own: Readonly<Record<string, string>> = fileOfPage;
  const file = folder === undefined ? own[slug] : `content/${folder}/index.mdx`;
  return file !== undefined && existsSync(path.join(root, file)) ? file : undefined;
}

/**
 * `content/NN-slug/index.mdx:LINE` if the text of one of its lines has `target`, the address that the link leads to or the
 * id in question; the page's own path otherwise. `root` is the project's root.
 */
export function sourceLine(root: string, page: string, target: string): string {
  const file = sourceOf(root, page);
  if (file === undefined) return page;
  const lines = readFileSync(path.join(root, file), 'utf8').split('\n');
  const at = lines.findIndex((line) => line.includes(target));
  return at === -1 ? page : `${file}:${at + 1}`;
}
