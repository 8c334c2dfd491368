/** A notebook as a chapter: its text, its files, what its cells printed, and a remark for all that has no place in one. */
import { markdownToMdast } from 'satteri';
import { cellHash } from '../../chapters/cell-hash.ts';
import { cellsById, chainOf } from '../../chapters/chain.ts';
import { endedWithError } from '../../chapters/ending.ts';
import type { GlossaryEntry } from '../../chapters/glossary.ts';
import { markdownFeatures, textOf, walk } from '../../chapters/markdown.ts';
import { readChapter } from '../../chapters/read-chapter.ts';
import type { Snapshot } from '../../protocol/snapshot.ts';
import { fence } from '../fence.ts';
import { Anchors } from './anchors.ts';
import { codeText, type CodeState } from './code.ts';
import { frontmatterOf } from './head.ts';
import { Images } from './images.ts';
import { toMdx } from './markdown.ts';
import { withoutMath } from './math.ts';
import { takeOutputs } from './outputs.ts';
import { isFields, readNotebook, type Fields, type ReadCell, type ReadNotebook } from './read-notebook.ts';
import type { Remark, Tell } from './remark.ts';
import { restored } from './restore.ts';
import { snapshotFor, type Ran } from './snapshots.ts';

export interface Wanted {
  /** The notebook's own folder, for the images that stand beside it. */
  readonly beside: string;
  /** Its file name. */
  readonly name: string;
  readonly folder: string;
  readonly slug: string;
  readonly order: number;
  readonly module: number | undefined;
  readonly glossary: readonly GlossaryEntry[];
  /** `2026-11-30` */
  readonly today: string;
}

export interface MadeChapter {
  /** By path below the chapter's folder, index.mdx among them. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  readonly snapshots: readonly Snapshot[];
  readonly cells: number;
  readonly remarks: readonly Remark[];
}

const courseOf = ({ metadata }: { readonly metadata: Fields }): Fields =>
  isFields(metadata['course']) ? metadata['course'] : {};

const words = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;

function languageOf({ metadata }: ReadNotebook): { readonly name: string; readonly version: string } {
  const { language_info: info, kernelspec: kernel } = metadata;
  const name =
    (isFields(info) ? words(info['name']) : undefined) ?? (isFields(kernel) ? words(kernel['language']) : undefined);
  const version = isFields(info) ? words(info['version']) : undefined;
  return {
    name: (name ?? 'python').toLowerCase(),
    version: version?.slice(0, 40) ?? 'of a version that it does not name',
  };
}

class Maker {
  readonly remarks: Remark[] = [];
  readonly #wanted: Wanted;
  readonly #notebook: ReadNotebook;
  readonly #anchors = new Anchors();
  readonly #images: Images;
  readonly #files = new Map<string, string>();
  readonly #state: CodeState = { after: undefined, native: undefined };
  readonly #ran = new Map<string, Ran>();
  readonly #language: { readonly name: string; readonly version: string };
  #title: string | undefined;
  #summary: string | undefined;
  #depth = 1;
  #deeper = 0;

  constructor(bytes: Uint8Array, wanted: Wanted) {
    this.#wanted = wanted;
    this.#notebook = readNotebook(bytes, this.remarks);
    this.#images = new Images(wanted.beside);
    this.#language = languageOf(this.#notebook);
  }

  #tell(cell: number | undefined): Tell {
    return (what, mend) => void this.remarks.push({ cell, what, mend });
  }

  /** What the chapter is called, from the first heading or the metadata, and the anchors of the other headings. */
  #look(): readonly ReadCell[] {
    const cells = this.#notebook.cells.filter((cell) => courseOf(cell)['role'] !== 'opening');
    const [first] = cells;
    const top = first?.type === 'markdown' ? /^\s*# +(.+?) *#* *(?:\n|$)/.exec(first.source) : null;
    this.#title = words(this.#notebook.metadata['title']);
    const shown =
      top?.[1] === undefined ? undefined : textOf(markdownToMdast(top[1], { features: markdownFeatures })).trim();
    const taken =
      top !== null && shown !== undefined && shown !== '' && (this.#title === undefined || this.#title === shown);
    if (taken) this.#title = shown;
    const rest =
      taken && first !== undefined
        ? [{ ...first, source: first.source.slice(top[0].length) }, ...cells.slice(1)]
        : cells;
    for (const { type, source } of rest) {
      if (type !== 'markdown') continue;
      walk(
        markdownToMdast(
          withoutMath(source, () => undefined),
          { features: markdownFeatures },
        ),
        (node) => {
          if (node.type === 'heading' && node.depth === 1) this.#deeper = 1;
          if (node.type === 'paragraph') this.#summary ??= textOf(node).replaceAll(/\s+/g, ' ').trim() || undefined;
        },
      );
    }
    return rest;
  }

  #planAnchors(cells: readonly ReadCell[], kept: ReadonlySet<ReadCell>): void {
    for (const cell of cells) {
      if (cell.type !== 'markdown' || kept.has(cell)) continue;
      walk(
        markdownToMdast(
          withoutMath(cell.source, () => undefined),
          { features: markdownFeatures },
        ),
        (node) => {
          if (node.type === 'heading') this.#anchors.plan(textOf(node));
        },
      );
    }
  }

  #markdown(cell: ReadCell): string {
    const place = {
      cell: cell.place,
      anchors: this.#anchors,
      images: this.#images,
      attachments: cell.attachments,
      tell: this.#tell(cell.place),
      depth: this.#depth,
      deeper: this.#deeper,
    };
    const mdx = toMdx(cell.source, place);
    this.#depth = place.depth;
    return mdx;
  }

  #imagesOf(paths: readonly string[], cell: ReadCell): string {
    for (const path of paths)
      this.#tell(cell.place)(
        `its image is now ${path}, and not part of its output`,
        `Say in index.mdx what it shows: ![…](./${path}).`,
      );
    return paths.map((path) => `![Image that cell ${cell.place} of the notebook made](./${path})`).join('\n\n');
  }

  #code(cell: ReadCell): string {
    const tell = this.#tell(cell.place);
    if (cell.source.trim() === '') {
      tell('it is empty: left out', 'Nothing is to be done.');
      return '';
    }
    if (this.#language.name !== 'python') {
      tell(`it is in ${this.#language.name}: a plain sample`, 'Only Python runs here.');
      return this.#withText(fence('text', cell.source), cell);
    }
    const failed = cell.outputs.some(({ type }) => type === 'error');
    const course = courseOf(cell);
    const { mdx, id } = codeText(
      cell.source,
      { wanted: validId(course['id']), failed },
      this.#state,
      this.#anchors,
      cell.place,
      tell,
    );
    if (id === undefined) return this.#withText(mdx, cell);
    const { events, images } = takeOutputs(cell.outputs, `cell-${cell.place}`, this.#images, tell);
    if (cell.ran || cell.outputs.length > 0) this.#ran.set(id, { events, run: course['run'] });
    else tell('it was not run in the notebook', `Record it: npm run record -- ${this.#wanted.slug}/${id}`);
    return [mdx, this.#imagesOf(images, cell)].filter(Boolean).join('\n\n');
  }

  /** A sample that cannot run here, with what it printed as text. */
  #withText(mdx: string, cell: ReadCell): string {
    const { events, images } = takeOutputs(cell.outputs, `cell-${cell.place}`, this.#images, this.#tell(cell.place));
    const printed = events
      .map((event) => (event.type === 'error' ? event.traceback : event.type === 'exit' ? '' : event.text))
      .join('\n')
      // Colours of a terminal.
      .replaceAll(/\u001B\[[0-9;]*m/g, '')
      .trim();
    return [mdx, printed === '' ? '' : fence('text', printed), this.#imagesOf(images, cell)]
      .filter(Boolean)
      .join('\n\n');
  }

  /** The outputs of cells whose text comes back as it was: those of a program stand below the cell that runs it. */
  #keepRuns(cells: readonly ReadCell[]): void {
    const runs = new Map<string, unknown>();
    for (const cell of cells) {
      const course = courseOf(cell);
      const id = validId(course['role'] === 'run' ? course['of'] : course['id']);
      if (id === undefined) continue;
      if (course['run'] !== undefined) runs.set(id, course['run']);
      if (!cell.ran && cell.outputs.length === 0) continue;
      const { events } = takeOutputs(cell.outputs, id, this.#images, this.#tell(cell.place));
      this.#ran.set(id, { events, run: runs.get(id) });
    }
  }

  #body(): string {
    const cells = this.#look();
    const groups = new Map(cells.map((cell, index) => [cell, restored(cells.slice(index), this.#tell(cell.place))]));
    const kept = new Set<ReadCell>();
    const texts: string[] = [];
    for (let index = 0; index < cells.length; index++) {
      const cell = cells[index];
      const own = cell === undefined || kept.has(cell) ? undefined : groups.get(cell);
      if (own === undefined) continue;
      const inside = cells.slice(index, index + own.cells);
      inside.forEach((one) => kept.add(one));
      for (const [, id = ''] of own.mdx.matchAll(/(?:\{#|\bid="?)([a-z][a-z0-9-]*)/g)) this.#anchors.take(id);
    }
    this.#planAnchors(cells, kept);
    const done = new Set<ReadCell>();
    for (const [index, cell] of cells.entries()) {
      if (done.has(cell)) continue;
      const own = groups.get(cell);
      if (own !== undefined) {
        const inside = cells.slice(index, index + own.cells);
        inside.forEach((one) => done.add(one));
        this.#keepRuns(inside);
        for (const [file, text] of own.files) this.#files.set(file, text);
        texts.push(own.mdx);
        const headings = [...own.mdx.matchAll(/^(#{2,6}) /gm)];
        this.#depth = headings.at(-1)?.[1]?.length ?? this.#depth;
      } else if (cell.type === 'markdown') texts.push(this.#markdown(cell));
      else if (cell.type === 'code') texts.push(this.#code(cell));
      else {
        this.#tell(cell.place)('a raw cell is shown as plain text', 'Write it as Markdown or code.');
        texts.push(fence('text', cell.source));
      }
    }
    return texts.filter((text) => text !== '').join('\n\n');
  }

  make(): MadeChapter {
    const { folder, slug, order, module, today, glossary, name } = this.#wanted;
    const body = this.#body();
    const file = `content/${folder}/index.mdx`;
    const known = { title: this.#title ?? name, summary: this.#summary, order, module, today };
    const anchors = new Set(readChapter({ folder, slug, file }, `---\n---\n\n${body}\n`).anchors);
    const head = frontmatterOf(this.#notebook, known, anchors, this.#tell(undefined));
    const text = `---\n${head}---\n\n${body}\n`;
    const chapter = readChapter({ folder, slug, file }, text, glossary);
    const byId = cellsById(chapter);
    const snapshots: Snapshot[] = [];
    for (const { cell } of chapter.cells) {
      const ran = this.#ran.get(cell.id);
      if (ran === undefined) continue;
      const hash = cellHash(chainOf(cell, byId));
      const snapshot = snapshotFor(cell.id, hash, ran, this.#language.version, today);
      if (snapshot !== undefined && endedWithError(snapshot.events) === cell.options.expectError)
        snapshots.push(snapshot);
      else
        this.#tell(undefined)(
          `what ${cell.id} printed does not fit the cell: left out`,
          `Record it: npm run record -- ${slug}/${cell.id}`,
        );
    }
    for (const { exercise } of chapter.exercises)
      if (exercise.kind === 'write')
        this.#tell(undefined)(
          `the exercise ${exercise.id} has to be judged here`,
          `Run: npm run record -- ${slug}/${exercise.id}`,
        );
    const files = new Map<string, string | Uint8Array>([['index.mdx', text], ...this.#files, ...this.#images.files]);
    return { files, snapshots, cells: chapter.cells.length, remarks: this.remarks };
  }
}

function validId(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= 60 && /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(value)
    ? value
    : undefined;
}

/** Throws a NotebookError for what is no notebook. */
export const toChapter = (bytes: Uint8Array, wanted: Wanted): MadeChapter => new Maker(bytes, wanted).make();
