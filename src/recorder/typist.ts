/**
 * Types what a recorded cell reads: the lines of its `stdin=`, then the end of input.
 *
 * Invariant: a cell that reads what its author did not give, or leaves lines unread, is not recorded.
 */
import type { Fault } from '../protocol/fault.ts';
import type { RunEnd } from '../session/contract.ts';

const noLines: Fault = {
  kind: 'unsupported',
  what: 'The cell waits for input.',
  why: 'Nobody types while it is recorded, and it has no stdin=.',
  mend: 'Give the lines that it reads, as in stdin="first\\nsecond"; stdin="" is the end of input at once.',
};

function unread(lines: readonly string[]): Fault {
  return {
    kind: 'unsupported',
    what: `The cell did not read ${lines.length === 1 ? 'the last line' : `the last ${lines.length} lines`} of its stdin=.`,
    why: `Left is: ${lines.join(', ')}.`,
    mend: 'Give only what it reads.',
  };
}

export class Typist {
  readonly #left: string[];
  readonly #mayRead: boolean;
  #asked = false;

  constructor(lines: readonly string[] | undefined) {
    this.#left = [...(lines ?? [])];
    this.#mayRead = lines !== undefined;
  }

  readonly answer = (): Promise<string | null> => {
    this.#asked = true;
    const line = this.#left.shift();
    return Promise.resolve(line === undefined ? null : `${line}\n`);
  };

  /** The run's end, or why it cannot be recorded. */
  judge(end: RunEnd): RunEnd {
    if (end.outcome === 'fault') return end;
    if (this.#asked && !this.#mayRead) return { outcome: 'fault', fault: noLines, stateLost: false };
    if (this.#left.length > 0) return { outcome: 'fault', fault: unread(this.#left), stateLost: false };
    return end;
  }
}
