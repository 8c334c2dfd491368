/** Reads `content/`: every chapter in the order of its folders, and what is wrong with the folders themselves. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Chapter } from './chapter.ts';
import { contentFault } from './content-fault.ts';
import type { ContentFault } from './content-fault.ts';
import { readGlossary } from './glossary.ts';
import type { GlossaryEntry } from './glossary.ts';
import { readChapter, readGuide } from './read-chapter.ts';

export interface Course {
  readonly chapters: readonly Chapter[];
  /** `content/guide.mdx`, the page for readers and teachers; it has neither frontmatter nor cells. */
  readonly guide: Chapter | undefined;
  readonly glossary: readonly GlossaryEntry[];
  /** Faults of folders and files, not of the chapters: those each chapter has itself. */
  readonly faults: readonly ContentFault[];
}

/** The parts of a chapter's folder name, or undefined when it is none. */
export function folderParts(folder: string): { readonly order: number; readonly slug: string } | undefined {
  const match = /^(\d{2,4})-([a-z0-9]+(?:-[a-z0-9]+)*)$/.exec(folder);
  const [, order, slug] = match ?? [];
  return order === undefined || slug === undefined ? undefined : { order: Number(order), slug };
}

/** A fence that wants to be a cell, in a file whose fences nobody reads. */
function strayCells(file: string, text: string): ContentFault[] {
  const faults: ContentFault[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (!/^\s*(?:`{3,}|~{3,})python\s+run(?:\s|$)/.test(line)) continue;
    faults.push(
      contentFault(
        { file, line: index + 1 },
        'a cell in a file that is not a chapter’s index.mdx',
        'Move it to content/NN-slug/index.mdx: only there cells are rendered and recorded.',
      ),
    );
  }
  return faults;
}

/** Every Markdown file below `folder` (relative to `root`), with forward slashes. */
function markdownFiles(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.mdx?$/.test(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    );
}

export const guideFile = 'content/guide.mdx';

/** The folder of `content/` that is no chapter: the course's own tests. */
const testsFolder = 'tests';

/** `root` is the project's root. Throws only when `content/` cannot be read. */
export function readChapters(root: string): Course {
  const chapters: Chapter[] = [];
  const glossary = readGlossary(root);
  const faults: ContentFault[] = [...glossary.faults];
  const slugs = new Map<string, string>();
  const places = new Map<number, string>();
  const folders = readdirSync(join(root, 'content'), { withFileTypes: true });
  for (const entry of folders.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!entry.isDirectory() || entry.name === testsFolder) continue;
    const folder = entry.name;
    const file = `content/${folder}/index.mdx`;
    const fault = (what: string, mend: string): void => void faults.push(contentFault({ file, line: 1 }, what, mend));
    const parts = folderParts(folder);
    if (parts === undefined) {
      fault(
        `the folder “${folder}” is not named NN-slug`,
        'Name it by its place in the course and its address: 02-iterators-and-generators.',
      );
      continue;
    }
    let text: string;
    try {
      text = readFileSync(join(root, file), 'utf8');
    } catch {
      fault('the chapter’s folder has no index.mdx', 'Write it, or remove the folder.');
      continue;
    }
    const chapter = readChapter({ folder, slug: parts.slug, file }, text, glossary.entries);
    const order = chapter.frontmatter?.order;
    if (order !== undefined && order !== parts.order) {
      fault(`order is ${order}, the folder says ${parts.order}`, 'Make them the same number.');
    }
    const twin = slugs.get(parts.slug);
    if (twin !== undefined)
      fault(`the address /${parts.slug}/ is taken by content/${twin}`, 'Rename one of the folders.');
    slugs.set(parts.slug, folder);
    const rival = places.get(parts.order);
    if (rival !== undefined)
      fault(`place ${parts.order} is taken by content/${rival}`, 'Give each chapter a number of its own.');
    places.set(parts.order, folder);
    chapters.push(chapter);
  }
  const own = new Set(chapters.map(({ file }) => file));
  for (const folder of ['content', 'src/pages']) {
    for (const file of markdownFiles(root, folder)) {
      if (!own.has(file)) faults.push(...strayCells(file, readFileSync(join(root, file), 'utf8')));
    }
  }
  const guide = existsSync(join(root, guideFile))
    ? readGuide(guideFile, readFileSync(join(root, guideFile), 'utf8'), glossary.entries)
    : undefined;
  return { chapters, guide, glossary: glossary.entries, faults };
}
