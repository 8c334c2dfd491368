/** One code cell of a notebook as a cell of a chapter, or as a plain sample where it cannot run here; the reason is told. */
import { fence } from '../fence.ts';
import { isDocumentedModule } from '../../chapters/python-names/documented-at.ts';
import { modulesImported, packagesImported } from '../../chapters/needs/package-needs.ts';
import type { Anchors } from './anchors.ts';
import { withoutMagics } from './magics.ts';
import { beginning, type Tell } from './remark.ts';

/** What the cells before this one have left behind. */
export interface CodeState {
  /** The cell that the next one continues. */
  after: string | undefined;
  /** Why the cells from here on cannot run in a page. */
  native: string | undefined;
}

export interface CodeText {
  readonly mdx: string;
  /** Undefined for a plain sample. */
  readonly id: string | undefined;
}

/** Modules that a page cannot import, as far as the import statements say. */
function missing(source: string): readonly string[] {
  const roots = [...modulesImported(source)].map((module) => module.split('.')[0] ?? module);
  return [...new Set(roots)].filter(
    (root) => /^\w+$/.test(root) && !isDocumentedModule(root) && packagesImported(`import ${root}`).length === 0,
  );
}

/** `wanted` is an id that it had; `failed` says that it ended with an error when it ran. */
export function codeText(
  source: string,
  { wanted, failed }: { readonly wanted: string | undefined; readonly failed: boolean },
  state: CodeState,
  anchors: Anchors,
  place: number,
  tell: Tell,
): CodeText {
  const { python, magics } = withoutMagics(source);
  for (const { line } of magics)
    tell(
      `${beginning(line)} is of IPython, and no Python: ${python === undefined ? 'the cell is a plain sample' : 'now a comment'}`,
      'Write in Python what it does, or say it in the text.',
    );
  if (python === undefined)
    return { mdx: fence(source.trimStart().startsWith('%%') ? 'text' : 'python', source), id: undefined };
  const modules = missing(python);
  if (modules.length > 0 && state.native === undefined) {
    state.native = `it needs ${modules.join(', ')}, which this site does not serve`;
    tell(
      `${modules.join(', ')} cannot be imported in a page: this cell and those after it show their output only`,
      'Serve the package (docs/packages.md), or begin the cells that do without it afresh: remove native= and after=.',
    );
  }
  const id = wanted !== undefined && anchors.take(wanted) ? wanted : anchors.free('', `cell-${place}`);
  const options = [
    `run id=${id}`,
    ...(state.after === undefined ? [] : [`after=${state.after}`]),
    ...(failed ? ['expect=error'] : []),
    ...(state.native === undefined ? [] : [`native=${JSON.stringify(state.native)}`]),
  ];
  state.after = id;
  return { mdx: fence(`python ${options.join(' ')}`, python), id };
}
