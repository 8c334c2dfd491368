/** What a run of a cell printed, as ordered events; the one shape for recorded and live output. */
import type { PythonError } from './fault.ts';

/** `at` is the offset from the run's start in seconds of the cell's own clock. */
export type RunEvent =
  | { readonly type: 'stdout'; readonly at: number; readonly text: string }
  | { readonly type: 'stderr'; readonly at: number; readonly text: string }
  /** The repr of the last expression, or what `name?` shows (`introspection`). */
  | { readonly type: 'result'; readonly at: number; readonly text: string; readonly introspection?: true }
  | ({ readonly type: 'error'; readonly at: number } & PythonError)
  | { readonly type: 'exit'; readonly at: number; readonly code: number };

export type Producer =
  | { readonly kind: 'browser'; readonly python: string; readonly pyodide: string }
  | {
      readonly kind: 'native';
      readonly python: string;
      /** For example `Linux x86_64`. */
      readonly platform: string;
      readonly cores: number;
    };

export interface Snapshot {
  readonly format: 1;
  readonly cell: string;
  /** `cellHash` of the cell and of the chain it continues. */
  readonly hash: string;
  readonly producer: Producer;
  /** ISO date, UTC. */
  readonly recorded: string;
  /** Seconds from start to end on the cell's clock. */
  readonly duration: number;
  readonly events: readonly RunEvent[];
}
