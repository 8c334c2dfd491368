/**
 * A chapter as a notebook: its text, its cells in their order with what was recorded of them, its exercises.
 *
 * Invariant: where Markdown says less than the chapter's own text, that text stands in the metadata of the first cell made of
 * it, so that `npm run import-notebook` gives the chapter back.
 */
import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import type { MdastNode } from 'satteri';
import type { Chapter } from '../../chapters/chapter.ts';
import { isElement } from '../../chapters/exercises/components.ts';
import { isRun } from '../../chapters/meta.ts';
import { parseMdx } from '../../chapters/markdown.ts';
import { snapshotOf } from '../../chapters/snapshots.ts';
import type { Notebook, NotebookCell } from '../format.ts';
import { fingerprint } from '../fingerprint.ts';
import { cellsOf, Names } from './cells.ts';
import { opening } from './opening.ts';
import { joined } from './part.ts';
import { partsOf } from './parts.ts';
import { spanOf } from './prose.ts';
import type { About, Source } from './source.ts';

/** The drawings that a chapter imports, by name. */
function drawingsOf(chapter: Chapter, text: string): ReadonlyMap<string, string> {
  const imports = text.matchAll(/^import\s+(\w+)\s+from\s+['"](\.[^'"]+\.svg)['"];?\s*$/gm);
  return new Map([...imports].map(([, name = '', path = '']) => [name, posix.join(dirname(chapter.file), path)]));
}

function sourceOf({ root, course, address }: About, chapter: Chapter, text: string): Source {
  const headings = course.chapters.flatMap(({ slug, headings }) =>
    headings.map((heading) => [`${slug}#${heading.id}`, heading.text] as const),
  );
  return {
    root,
    text,
    chapter,
    address,
    folders: new Map(course.chapters.map(({ slug, folder }) => [slug, folder])),
    headings: new Map(headings),
    drawings: drawingsOf(chapter, text),
  };
}

/** Whether it stands in a text cell with its neighbours. */
function isProse(node: MdastNode): boolean {
  return node.type !== 'mdxJsxFlowElement' && !(node.type === 'code' && isRun(node.meta));
}

/** Prose up to the next heading as one; each cell and component by itself. Imports belong to what follows them. */
function blocksOf(nodes: readonly MdastNode[]): readonly (readonly MdastNode[])[] {
  const blocks: MdastNode[][] = [];
  for (const node of nodes) {
    const last = blocks.at(-1);
    const silent = last?.every(({ type }) => type === 'mdxjsEsm') === true;
    const together = last?.every(isProse) === true && isProse(node) && node.type !== 'heading';
    if (last !== undefined && (silent || together)) last.push(node);
    else blocks.push([node]);
  }
  return blocks;
}

/** Drawings that a block is the first to use, with their text: the import writes them beside the chapter. */
function filesOf(source: Source, nodes: readonly MdastNode[], given: Set<string>): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  const visit = (node: MdastNode): void => {
    const file = isElement(node) ? source.drawings.get(node.name ?? '') : undefined;
    if (file !== undefined && !given.has(file)) {
      given.add(file);
      files[posix.relative(dirname(source.chapter.file), file)] = readFileSync(join(source.root, file), 'utf8');
    }
    if ('children' in node) node.children.forEach(visit);
  };
  nodes.forEach(visit);
  return files;
}

/** What the import would write for cells that say nothing of the chapter's text. */
function asItStands(cells: readonly NotebookCell[]): string | undefined {
  const [only] = cells;
  return cells.length === 1 && only?.cell_type === 'markdown' ? only.source : undefined;
}

function blockCells(
  source: Source,
  names: Names,
  given: Set<string>,
  nodes: readonly MdastNode[],
): readonly NotebookCell[] {
  const [first, last] = [nodes[0], nodes.at(-1)];
  if (first === undefined || last === undefined) return [];
  const mdx = source.text.slice(spanOf(first).start, spanOf(last).end).trim();
  const parts = joined(nodes.flatMap((node) => partsOf(source, node)));
  const cells = parts.flatMap((part) => cellsOf(source, names, part));
  const [head, ...rest] = cells;
  if (head === undefined || asItStands(cells) === mdx) return cells;
  const files = filesOf(source, nodes, given);
  const before = head.metadata['course'] ?? {};
  const written = {
    mdx,
    cells: cells.length,
    fingerprint: fingerprint(cells),
    ...(Object.keys(files).length > 0 && { files }),
  };
  return [{ ...head, metadata: { ...head.metadata, course: { ...before, written } } }, ...rest];
}

/** Undefined for a chapter with faults: the build has told them. */
export function toNotebook(about: About, chapter: Chapter): Notebook | undefined {
  const text = readFileSync(join(about.root, chapter.file), 'utf8')
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n');
  const parsed = parseMdx(chapter.file, text);
  const front = chapter.frontmatter;
  if (!parsed.ok || front === undefined || !('children' in parsed.tree)) return undefined;
  const source = sourceOf(about, chapter, text);
  const names = new Names();
  for (const { cell } of chapter.cells) if (cell.id.startsWith('text-')) names.id(cell.id);
  const given = new Set<string>();
  const [yaml, ...body] = parsed.tree.children;
  const cells = blocksOf(body).flatMap((nodes) => blockCells(source, names, given, nodes));
  const versions = chapter.cells.flatMap(
    ({ cell }) => snapshotOf(chapter.slug, cell.id, about.root)?.producer.python ?? [],
  );
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { display_name: 'Python 3 (ipykernel)', language: 'python', name: 'python3' },
      language_info: {
        codemirror_mode: { name: 'ipython', version: 3 },
        file_extension: '.py',
        mimetype: 'text/x-python',
        name: 'python',
        nbconvert_exporter: 'python',
        pygments_lexer: 'ipython3',
        version: versions[0] ?? '3.14',
      },
      title: front.title,
      course: {
        format: 1,
        slug: chapter.slug,
        frontmatter: yaml?.type === 'yaml' ? yaml.value : '',
      },
    },
    cells: [opening(about, chapter, front, names), ...cells],
  };
}
