/** Sätteri visitor: a `python run` fence of a chapter becomes `<Cell data="…">`; a cell anywhere else ends the build. */
import { fileURLToPath } from 'node:url';
import type { MdastPluginDefinition } from 'satteri';
import { formatFaults, contentFault } from '../chapters/content-fault.ts';
import { exerciseKind, isElement } from '../chapters/exercises/components.ts';
import { parseFence } from '../chapters/fence.ts';
import { isRun, typedMeta } from '../chapters/meta.ts';
import { folderParts } from '../chapters/read-chapters.ts';
import type { CellData } from '../protocol/cell.ts';

/** The slug of `content/NN-slug/index.mdx`, from the file's path. */
export function chapterSlug(path: string): string | undefined {
  const [, folder = ''] = /[\\/]content[\\/]([^\\/]+)[\\/]index\.mdx$/.exec(path) ?? [];
  return folderParts(folder)?.slug;
}

/**
 * The component is not imported: the page hands it to `<Content components={{ Cell }} />`.
 * `check-content` has told all faults before this runs; it throws the rest one by one.
 */
export const fences: MdastPluginDefinition = {
  name: 'cells',
  options: { position: true },
  code(node, context) {
    if (!isRun(node.meta)) return;
    const path = context.fileURL === undefined ? 'unknown file' : fileURLToPath(context.fileURL);
    const start = node.position?.start ?? { line: 1, column: 1 };
    const where = { file: path, line: start.line };
    const chapter = context.sourceFormat === 'mdx' ? chapterSlug(path) : undefined;
    if (chapter === undefined) {
      const stray = contentFault(where, 'a cell outside a chapter', 'Cells belong in content/NN-slug/index.mdx.');
      throw new Error(formatFaults([stray]));
    }
    const result = parseFence(typedMeta(context.source, start), node.value, where);
    if (!result.ok) throw new Error(formatFaults(result.faults));
    const data: CellData = { cell: result.cell, chapter };
    const parent = context.parent(node);
    const values = {
      data: JSON.stringify(data),
      // Its output is what the reader is to say first.
      ...(isElement(parent) && exerciseKind(parent.name) === 'predict' && { use: 'predict', slot: 'cell' }),
    };
    context.replaceNode(node, {
      type: 'mdxJsxFlowElement',
      name: 'Cell',
      children: [],
      attributes: Object.entries(values).map(([name, value]) => ({ type: 'mdxJsxAttribute', name, value })),
    });
  },
};
