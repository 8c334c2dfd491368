/** Collects what a walk over a chapter's tree finds: everything that the course needs from it, and every fault that shows in it alone. */
import type { MdastNode, MdxJsxFlowElement, MdxJsxTextElement } from 'satteri';
import type { Heading, PlacedCell, PlacedExercise, PlacedName, PlacedUrl } from './chapter.ts';
import { componentFaults } from './component-faults.ts';
import type { ComponentContext } from './component-faults.ts';
import { contentFault } from './content-fault.ts';
import type { ContentFault } from './content-fault.ts';
import { attributeOf } from './exercises/components.ts';
import { PlacementCheck } from './exercises/placement.ts';
import { readExercise } from './exercises/read-exercise.ts';
import { namesNothing, strayExpression } from './expressions.ts';
import { languages } from './fence-languages.ts';
import { parseFence } from './fence.ts';
import { forbiddenAttribute } from './forbidden.ts';
import type { GlossaryEntry } from './glossary.ts';
import { starterId } from '../protocol/exercise.ts';
import { lineOf, textOf } from './markdown.ts';
import { isRun, typedMeta } from './meta.ts';

/** Ids of the page around a chapter. */
const ofThePage: ReadonlySet<string> = new Set(['main', 'outline', 'outcomes-title', 'toc-title']);

export class Collector {
  readonly cells: PlacedCell[] = [];
  readonly cellIds = new Set<string>();
  readonly exercises: PlacedExercise[] = [];
  readonly exerciseIds = new Set<string>();
  readonly headings: Heading[] = [];
  readonly links: PlacedUrl[] = [];
  readonly images: PlacedUrl[] = [];
  readonly imports: PlacedUrl[] = [];
  readonly apiNames: PlacedName[] = [];
  readonly faults: ContentFault[] = [];
  /** Id to the line that has it first. */
  readonly anchors = new Map<string, number>();
  readonly #file: string;
  readonly #text: string;
  readonly #context: ComponentContext;
  readonly #modules: string;
  #depth = 1;
  readonly #placement = new PlacementCheck();

  constructor(file: string, text: string, glossary: readonly GlossaryEntry[] | undefined) {
    this.#file = file;
    this.#text = text;
    this.#modules = text.match(/^(?:import|export) .*$/gmu)?.join('\n') ?? '';
    this.#context = { glossary, imports: text.match(/^import .*$/gmu)?.join('\n') ?? '' };
  }

  fault(line: number, what: string, mend: string): void {
    this.faults.push(contentFault({ file: this.#file, line }, what, mend));
  }

  #anchor(id: string, line: number): void {
    if (ofThePage.has(id)) {
      this.fault(line, `the id “${id}” is the page’s own`, 'Choose another: each id may be in a page once.');
      return;
    }
    const first = this.anchors.get(id);
    if (first === undefined) this.anchors.set(id, line);
    else
      this.fault(
        line,
        `the id “${id}” is already on line ${first}`,
        'Headings, cells and elements of a page share one set of ids: choose another.',
      );
  }

  visit(node: MdastNode): void {
    const line = lineOf(node);
    for (const { what, mend } of this.#placement.visit(node)) this.fault(line, what, mend);
    const stray = strayExpression(node, this.#modules);
    if (stray !== undefined) this.fault(line, stray.what, stray.mend);
    switch (node.type) {
      case 'mdxjsEsm': {
        for (const [, url = ''] of node.value.matchAll(/^import\b[^'"]*['"]([^'"]+)['"]/gm))
          this.imports.push({ url, line });
        break;
      }
      case 'heading': {
        this.#heading(node, line);
        break;
      }
      case 'code': {
        this.#code(node, line);
        break;
      }
      case 'text': {
        if (/^\s*```/.test(node.value))
          this.fault(
            line,
            'a fence that Markdown takes for text, because its first line holds a backtick',
            'Write the options without backticks.',
          );
        break;
      }
      case 'link':
      case 'definition': {
        this.links.push({ url: node.url, line });
        break;
      }
      case 'image': {
        this.images.push({ url: node.url, line });
        this.#alt(node.alt, node.url, line);
        break;
      }
      case 'imageReference': {
        this.#alt(node.alt, node.identifier, line);
        break;
      }
      case 'mdxJsxFlowElement':
        this.#element(node, line);
        this.#exercise(node, line);
        break;
      case 'mdxJsxTextElement': {
        this.#element(node, line);
        break;
      }
      default:
    }
  }

  #alt(alt: string | null | undefined, url: string, line: number): void {
    if ((alt ?? '').trim() !== '') return;
    this.fault(
      line,
      `the image ${url} has no text alternative`,
      'Say in the brackets what it shows: ![what it shows](…).',
    );
  }

  #heading(node: MdastNode & { type: 'heading' }, line: number): void {
    const text = textOf(node);
    const properties: unknown = node.data && 'hProperties' in node.data ? node.data.hProperties : undefined;
    const id: unknown =
      typeof properties === 'object' && properties !== null && 'id' in properties ? properties.id : undefined;
    if (node.depth === 1)
      this.fault(line, 'a heading of the first level', 'The page’s title comes from the frontmatter: begin with ##.');
    else if (node.depth > this.#depth + 1) {
      const above = this.#depth === 1 ? 'the title of the page' : `one of level ${this.#depth}`;
      this.fault(
        line,
        `the heading “${text}” is of level ${node.depth} and stands below ${above}`,
        `Write ${'#'.repeat(this.#depth + 1)} ${text}: a reader who moves by headings takes a missing level for a missing section.`,
      );
    }
    this.#depth = node.depth;
    if (typeof id !== 'string' || !/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id)) {
      const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? ['section'];
      const wrong =
        typeof id === 'string'
          ? `the heading’s id “${id}” is not lower-case words between hyphens`
          : `the heading “${text}” has no id`;
      this.fault(
        line,
        wrong,
        `Write ${'#'.repeat(node.depth)} ${text} {#${words.slice(0, 4).join('-')}}: links and search rely on it.`,
      );
      return;
    }
    this.headings.push({ id, depth: node.depth, text, line });
    this.#anchor(id, line);
  }

  #code(node: MdastNode & { type: 'code' }, line: number): void {
    const meta = node.meta ?? '';
    if (!isRun(meta)) {
      if (!languages.includes(node.lang ?? 'text'))
        this.fault(
          line,
          `a fence in “${node.lang ?? ''}”, which nothing here can highlight`,
          `Use one of ${languages.join(', ')}, or leave the language out.`,
        );
      // Words in quotes are somebody's sentence: “its finally does not run”.
      const meant = node.lang === 'python' && /(?:^|\s)(?:run|id=)/.test(meta.replace(/"(?:\\"|[^"])*"/g, '""'));
      if (meant)
        this.fault(
          line,
          'a fence with cell options that does not begin with run',
          'Write ```python run id=…, or remove the options.',
        );
      return;
    }
    if (node.lang !== 'python') {
      this.fault(line, `a cell in “${node.lang ?? ''}”`, 'Only ```python fences can run: remove run, or write python.');
      return;
    }
    const result = parseFence(typedMeta(this.#text, node.position?.start ?? { line, column: 1 }), node.value, {
      file: this.#file,
      line,
    });
    const id = result.ok ? result.cell.id : result.id;
    if (result.ok) this.cells.push({ cell: result.cell, line });
    else this.faults.push(...result.faults);
    if (id === undefined) return;
    this.cellIds.add(id);
    this.#anchor(id, line);
  }

  #exercise(node: MdxJsxFlowElement, line: number): void {
    const read = readExercise(node, this.#file, this.#text);
    if (read === undefined) return;
    this.faults.push(...read.faults);
    const id = attributeOf(node, 'id');
    if (id !== undefined) this.exerciseIds.add(id);
    if (read.exercise === undefined) return;
    this.exercises.push({ exercise: read.exercise, line });
    if (read.exercise.kind === 'write') this.#anchor(starterId(read.exercise.id), line);
  }

  #element(node: MdxJsxFlowElement | MdxJsxTextElement, line: number): void {
    for (const { what, mend } of componentFaults(node, this.#context)) this.fault(line, what, mend);
    const literal = new Map<string, string>();
    const given = new Set<string>();
    for (const attribute of node.attributes) {
      if (attribute.type !== 'mdxJsxAttribute') continue;
      given.add(attribute.name);
      const forbidden = forbiddenAttribute(attribute.name);
      if (forbidden !== undefined && /^[a-z]/.test(node.name ?? ''))
        this.fault(line, `${attribute.name}= on <${node.name ?? ''}>`, forbidden);
      const value = typeof attribute.value === 'object' ? attribute.value?.value : undefined;
      if (value !== undefined && namesNothing(value, this.#modules))
        this.fault(
          line,
          `“{${value}}” in ${attribute.name}= names what the chapter does not have`,
          `Write ${attribute.name}="…" for a text, or declare it with export const above.`,
        );
      if (typeof attribute.value === 'string') literal.set(attribute.name, attribute.value);
    }
    const id = literal.get('id');
    const href = literal.get('href');
    const name = literal.get('name');
    if (id !== undefined) this.#anchor(id, line);
    if (node.name === 'Api' && name !== undefined) this.apiNames.push({ name, line });
    if (href !== undefined) this.links.push({ url: href, line });
    if (node.name !== 'img' && node.name !== 'Image') return;
    const src = literal.get('src');
    if (src !== undefined) this.images.push({ url: src, line });
    if (!given.has('alt') || literal.get('alt')?.trim() === '') {
      this.fault(line, `the image ${src ?? ''} has no text alternative`, 'Add alt="what it shows".');
    }
  }
}
