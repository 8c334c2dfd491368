/** An exercise as build, recorder and page see it: plain data, one shape for each of the four kinds. */
import type { Cell } from './cell.ts';

/** One check: a function of the check fence, and the sentence of its docstring that a reader sees. */
export interface Check {
  readonly name: string;
  readonly sentence: string;
}

/** A wrong answer that people give, and what it misses. */
export interface WrongCode {
  readonly source: string;
  /** The check that it fails first. */
  readonly fails: string;
  readonly why: string;
}

/** Write code that passes checks. */
export interface WriteExercise {
  readonly kind: 'write';
  readonly id: string;
  readonly title: string;
  /** A script; its `timeout` is that of one check. */
  readonly starter: Cell;
  /** Python source with the functions of `checks`, in their order. */
  readonly checkSource: string;
  readonly checks: readonly Check[];
  readonly solution: string;
  readonly wrong: readonly WrongCode[];
}

interface WrongPrediction {
  readonly text: string;
  readonly why: string;
}

/** Say what a cell prints before it is run. */
export interface PredictExercise {
  readonly kind: 'predict';
  readonly id: string;
  readonly title: string;
  /** Id of the cell. */
  readonly cell: string;
  readonly wrong: readonly WrongPrediction[];
}

export interface WrongOrder {
  /** Places in `lines`. */
  readonly order: readonly number[];
  readonly why: string;
}

/** Put lines in order. */
export interface OrderExercise {
  readonly kind: 'order';
  readonly id: string;
  readonly title: string;
  /** The lines are code, whose indentation counts. */
  readonly code: boolean;
  /** In a right order. */
  readonly lines: readonly string[];
  /** Further right orders, as places in `lines`. */
  readonly also: readonly (readonly number[])[];
  readonly wrong: readonly WrongOrder[];
}

/** Choose and say why; texts and reasons are Markdown and stand in the page. */
export interface ChooseExercise {
  readonly kind: 'choose';
  readonly id: string;
  readonly title: string;
  /** More than one choice may be right. */
  readonly many: boolean;
  /** For each choice whether it is right. */
  readonly right: readonly boolean[];
}

export type Exercise = WriteExercise | PredictExercise | OrderExercise | ChooseExercise;

/** Id of the cell in which the code of an exercise is written. */
export const starterId = (id: string): string => `${id}-code`;

/** What the page hands to its island, as JSON inside the element; texts that stand in the page are not repeated. */
export type ExerciseData =
  | { readonly kind: 'write'; readonly checkSource: string; readonly wrong: readonly Omit<WrongCode, 'source'>[] }
  | {
      readonly kind: 'predict';
      /** What the cell prints, as text. */
      readonly expected: string;
      readonly wrong: readonly WrongPrediction[];
    }
  /** The right order is that of the places: 0, 1, 2. */
  | Pick<OrderExercise, 'kind' | 'also' | 'wrong'>
  | Pick<ChooseExercise, 'kind' | 'right'>;
