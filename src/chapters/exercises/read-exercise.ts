/** One component of an exercise to its data, or all that is wrong with it; never both. */
import type { MdxJsxFlowElement } from 'satteri';
import type { Exercise } from '../../protocol/exercise.ts';
import type { ContentFault } from '../content-fault.ts';
import { readId } from '../option-values.ts';
import { readChoose } from './choose.ts';
import { exerciseKind } from './components.ts';
import { readOrder } from './order.ts';
import { Parts } from './parts.ts';
import { readPredict } from './predict.ts';
import { readWrite } from './write.ts';

const readers = { write: readWrite, predict: readPredict, order: readOrder, choose: readChoose } as const;

export interface ReadExercise {
  /** Undefined when something is wrong with it, the cell of a Predict included. */
  readonly exercise: Exercise | undefined;
  readonly faults: readonly ContentFault[];
}

/** `text` is the whole chapter. Undefined for an element that is no exercise. Missing props are told with all components'. */
export function readExercise(element: MdxJsxFlowElement, file: string, text: string): ReadExercise | undefined {
  const kind = exerciseKind(element.name);
  if (kind === undefined) return undefined;
  const parts = new Parts(element, file, text);
  const id = readId(parts.id);
  if (parts.id !== '' && !id.ok) parts.fault(parts.line, `cannot use id="${parts.id}"`, `Write ${id.expected}.`);
  const exercise = readers[kind](parts);
  const complete = parts.faults.length === 0 && parts.id !== '' && parts.title !== '';
  return { exercise: complete ? exercise : undefined, faults: parts.faults };
}
