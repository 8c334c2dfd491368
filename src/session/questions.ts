/**
 * The questions of editors that wait for the interpreter's answer.
 *
 * Invariant: each settles once: with its answer, or with undefined when the interpreter ends.
 */
import type { Answer } from '../protocol/question.ts';

/** More than these wait only for an interpreter that does not answer; what is asked on top is given up at once. */
const mostWaiting = 8;

export class Questions {
  readonly #waiting = new Map<number, (answer: Answer | undefined) => void>();
  #count = 0;

  /** `post` sends the question under its number. */
  add(post: (request: number) => void): Promise<Answer | undefined> {
    if (this.#waiting.size >= mostWaiting) return Promise.resolve(undefined);
    const { promise, resolve } = Promise.withResolvers<Answer | undefined>();
    this.#count += 1;
    this.#waiting.set(this.#count, resolve);
    post(this.#count);
    return promise;
  }

  settle(request: number, answer: Answer): void {
    this.#waiting.get(request)?.(answer);
    this.#waiting.delete(request);
  }

  /** Nobody will answer what waits. */
  giveUp(): void {
    for (const resolve of this.#waiting.values()) resolve(undefined);
    this.#waiting.clear();
  }
}
