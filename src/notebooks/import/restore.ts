/**
 * The chapter's own text that the export left in a notebook: taken back where the cells made of it are still as they were.
 *
 * Invariant: the text comes from a file that anybody may have written, and MDX can run code: it is taken only if nothing in it
 * can act when the chapter is built, and files only at paths below the chapter's folder.
 */
import { parseMdx, walk } from '../../chapters/markdown.ts';
import { fingerprint } from '../fingerprint.ts';
import { isFields, type ReadCell } from './read-notebook.ts';
import type { Tell } from './remark.ts';

export interface Restored {
  readonly mdx: string;
  /** How many cells it stands for. */
  readonly cells: number;
  readonly files: ReadonlyMap<string, string>;
}

const path = /^(?:[a-z0-9][\w-]*\/)*[a-z0-9][\w.-]*\.svg$/i;
const drawing = /^import [A-Z]\w* from '\.\/((?:[\w-]+\/)*[\w.-]+\.svg)';$/;
const acting = /^(?:script|style|iframe|object|embed|base|link|meta|form|foreignobject)$/i;
const actsInDrawing = /<(?:script|foreignObject|iframe|object|embed)\b|\son[a-z]+\s*=|javascript:/i;
const meantExpression = /^\s*(?:\/\*[^*]*\*\/|"[^"\\]*"|'[^'\\]*')\s*$/;

/** Why a text is not taken; undefined when nothing in it acts. */
function actsBecause(mdx: string, files: ReadonlyMap<string, string>): string | undefined {
  const parsed = parseMdx('cell', mdx);
  if (!parsed.ok) return 'it is no MDX';
  let why: string | undefined;
  walk(parsed.tree, (node) => {
    if (node.type === 'mdxjsEsm') {
      for (const line of node.value.split('\n').filter((line) => line.trim() !== '')) {
        const [, file] = drawing.exec(line.trim()) ?? [];
        if (file === undefined) why = 'it imports or exports what is no drawing';
        else if (!path.test(file)) why = `${file} is no path of a drawing`;
      }
    } else if (node.type === 'mdxTextExpression' || node.type === 'mdxFlowExpression') {
      if (!meantExpression.test(node.value)) why = 'it has an expression in it';
    } else if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement') {
      if (acting.test(node.name ?? '')) why = `it has <${node.name ?? ''}> in it`;
      for (const attribute of node.attributes) {
        if (attribute.type !== 'mdxJsxAttribute' || (typeof attribute.value === 'object' && attribute.value !== null))
          why = 'it has an expression in it';
        else if (/^on[a-z]/i.test(attribute.name) || /^\s*javascript:/i.test(attribute.value ?? ''))
          why = 'it has a script in an attribute';
      }
    }
  });
  for (const [file, text] of files) {
    if (!path.test(file) || file.includes('..')) why = `${JSON.stringify(file)} is no path of a drawing`;
    else if (!/<svg[\s>]/.test(text) || actsInDrawing.test(text)) why = `${file} is no drawing, or has a script in it`;
  }
  return why;
}

/** Of the cells from the first on; undefined where they say nothing of a text, or it cannot be taken. */
export function restored(cells: readonly ReadCell[], tell: Tell): Restored | undefined {
  const course = cells[0]?.metadata['course'];
  const written = isFields(course) ? course['written'] : undefined;
  if (!isFields(written)) return undefined;
  const { mdx, cells: count, fingerprint: print, files = {} } = written;
  if (
    typeof mdx !== 'string' ||
    typeof count !== 'number' ||
    !Number.isInteger(count) ||
    count < 1 ||
    !isFields(files)
  ) {
    tell('what it says of its chapter cannot be read: taken over as any other cell', 'Compare it with the chapter.');
    return undefined;
  }
  const own = cells.slice(0, count);
  const changed =
    own.length < count || fingerprint(own.map(({ type, source }) => ({ cell_type: type, source }))) !== print;
  if (changed) {
    tell(
      'it was changed since it was taken from a chapter: components, and options that a notebook has no place for, are gone',
      'Compare it with the chapter that it came from.',
    );
    return undefined;
  }
  const texts = new Map(
    Object.entries(files).flatMap(([file, text]) => (typeof text === 'string' ? [[file, text] as const] : [])),
  );
  const why = actsBecause(mdx, texts);
  if (why !== undefined) {
    tell(
      `the text of a chapter that it carries is not taken, since ${why}`,
      'Copy it by hand if you trust where it is from.',
    );
    return undefined;
  }
  return { mdx, cells: count, files: texts };
}
