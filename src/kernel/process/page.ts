/**
 * What Python tells its worker, and the jobs that the worker gives it. `npm run stubs` writes what Python's side knows of
 * them (src/kernel/python/_kernel/page.pyi).
 */
import type { NetworkConditions } from '../../protocol/cell.ts';
import type { CheckEvent, CheckFailure, CheckRequest } from '../../protocol/check.ts';
import type { RunOutcome } from '../../protocol/run.ts';

/** A Python object that JavaScript keeps alive. */
export interface Held {
  copy(): Held;
  destroy(): void;
}

/** A Python dict that is an argument of a call, and gone after it. */
interface Dict<Fields> {
  toJs(options: { readonly dict_converter: typeof Object.fromEntries }): Fields;
}

/** What Python calls. */
export interface Page {
  result(text: string, introspection: boolean): void;
  error(name: string, message: string, traceback: string, hint: string, error: Held): void;
  flush(): void;
  /** The signal whose default action has ended the interpreter. */
  killed(signal: string): void;
  exit(code: number): void;
  /** How a check goes: `failure` is a dict with the fields of a CheckFailure, undefined unless the state is `failed`. */
  check(check: string, state: CheckEvent['state'], failure?: Dict<CheckFailure>): void;
}

type Milliseconds = number;

/** Asks for the timeline of a run. */
export interface Recording {
  /** For how long the run goes on already, on the cell's clock. */
  elapsed(): Milliseconds;
  /** Takes a Timeline of src/protocol/timeline.ts as JSON, once, before the end of the run. */
  readonly recorded: (timeline: string) => void;
}

/** A cell, for the desk of an interpreter with threads. */
export interface CellJob {
  readonly source: string;
  readonly filename: string;
  readonly namespace: string;
  readonly net: NetworkConditions | undefined;
  readonly recording: Recording | undefined;
  readonly finished: (outcome: RunOutcome) => void;
}

/** A program, for an interpreter of its own. */
export interface ProgramJob {
  readonly source: string;
  readonly filename: string;
  readonly argv: readonly string[];
  readonly checks: CheckRequest | undefined;
  readonly net: NetworkConditions | undefined;
  readonly recording: Recording | undefined;
  readonly finished: (outcome: RunOutcome) => void;
}
