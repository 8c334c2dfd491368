/** `<Predict>`: say what a cell prints before it is run; how a prediction compares with the recorded output is judged later. */
import type { PredictExercise } from '../../protocol/exercise.ts';
import { parseFence } from '../fence.ts';
import { lineOf } from '../markdown.ts';
import type { FenceRule, Parts } from './parts.ts';

const rules = {
  wrong: { langs: ['text'], least: 2, most: Infinity, allowed: ['why'], required: ['why'] },
} as const satisfies Readonly<Record<string, FenceRule>>;

/** Undefined when it has faults, which are then in `parts`; those of the cell are told with the other cells'. */
export function readPredict(parts: Parts): PredictExercise | undefined {
  const { wrong } = parts.fences(rules);
  parts.countParts('Explanation', 1, 1);
  parts.requireProse();
  const { cells } = parts;
  const [node] = cells;
  if (node === undefined || cells.length > 1) {
    const what = `<Predict> with ${cells.length} cells`;
    parts.fault(parts.line, what, 'It has exactly 1 python run fence, directly inside it.');
    return undefined;
  }
  const line = lineOf(node);
  const result = parseFence(parts.metaOf(node), node.value, { file: '', line });
  if (!result.ok) return undefined;
  if (result.cell.options.compare.kind === 'recorded-only') {
    const mend = 'Let it print something that every run prints, and choose another compare=.';
    parts.fault(line, 'a cell whose output nobody can predict: compare=recorded-only', mend);
  }
  if (parts.faults.length > 0) return undefined;
  return {
    kind: 'predict',
    id: parts.id,
    title: parts.title,
    cell: result.cell.id,
    wrong: wrong.map(({ source, options }) => ({ text: source, why: options.why ?? '' })),
  };
}
