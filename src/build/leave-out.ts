/** Sätteri visitor of `npm run dev`: cells and exercises with faults are left out of their page, so that the rest can be read. */
import { fileURLToPath } from 'node:url';
import type { MdastPluginDefinition } from 'satteri';
import { readExercise } from '../chapters/exercises/read-exercise.ts';
import { parseFence } from '../chapters/fence.ts';
import { isRun, typedMeta } from '../chapters/meta.ts';

const pathOf = (url: URL | undefined): string => (url === undefined ? 'unknown file' : fileURLToPath(url));

/** Comes before the visitors that make components of them, which end at a fault. */
export const leaveOut: MdastPluginDefinition = {
  name: 'leave-out',
  options: { position: true },
  code(node, context) {
    if (!isRun(node.meta)) return;
    const start = node.position?.start ?? { line: 1, column: 1 };
    const where = { file: pathOf(context.fileURL), line: start.line };
    if (!parseFence(typedMeta(context.source, start), node.value, where).ok) context.removeNode(node);
  },
  mdxJsxFlowElement(node, context) {
    const read = readExercise(node, pathOf(context.fileURL), context.source);
    if (read !== undefined && read.faults.length > 0) context.removeNode(node);
  },
};
