/**
 * The questions of editors that wait for an interpreter's answer.
 *
 * Invariant: each settles once: with its answer, or with undefined when the process dies.
 */
import type { FromSandbox } from '../protocol/message.ts';
import type { Answer, Question } from '../protocol/question.ts';
import type { Process } from './process.ts';

/** More than these wait only for an interpreter that does not answer; what is asked on top is given up at once. */
const mostWaiting = 8;

interface Waiting {
  readonly process: Process;
  readonly settle: (answer: Answer | undefined) => void;
}

export class Questions {
  readonly #waiting = new Map<number, Waiting>();
  #count = 0;

  ask(process: Process, question: Question): Promise<Answer | undefined> {
    if (this.#waiting.size >= mostWaiting) return Promise.resolve(undefined);
    const { promise, resolve } = Promise.withResolvers<Answer | undefined>();
    this.#count += 1;
    const request = this.#count;
    const settle = (answer: Answer | undefined) => {
      release();
      this.#waiting.delete(request);
      resolve(answer);
    };
    const release = process.onDeath(() => {
      settle(undefined);
    });
    this.#waiting.set(request, { process, settle });
    process.post({ type: 'editor.ask', request, question });
    return promise;
  }

  /** `process` has answered. */
  answered(process: Process, { request, answer }: Extract<FromSandbox, { type: 'editor.answered' }>): void {
    const waiting = this.#waiting.get(request);
    if (waiting?.process === process) waiting.settle(answer);
  }
}
