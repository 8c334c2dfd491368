/** Why something did not work, as data: a learner's error and a fault of ours are both told apart and explained. */

export type FaultKind = 'python' | 'interrupted' | 'timeout' | 'deadlock' | 'unsupported' | 'crashed';

/** A fault of ours or of the platform: what happened, why, and what the reader can do. */
export interface Fault {
  readonly kind: FaultKind;
  readonly what: string;
  readonly why: string;
  readonly mend: string;
}

/** An exception that a reader's program raised. */
export interface PythonError {
  /** Qualified name as a traceback prints it, for example `TypeError` or `queue.Empty`. */
  readonly name: string;
  readonly message: string;
  /** The whole traceback as CPython prints it, with ANSI colours, our own frames removed, ending in a newline. */
  readonly traceback: string;
}
