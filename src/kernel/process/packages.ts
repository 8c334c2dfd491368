/**
 * What this process has asked the page for: archives of packages.
 *
 * Invariant: a request has a number of its own, and one answer, which goes to whoever asked.
 */
import type { PackageArchive } from '../../protocol/to-sandbox.ts';

export interface PackageReply {
  readonly request: number;
  readonly archives: readonly PackageArchive[];
  /** Why they are not all that was asked for. */
  readonly problem?: string;
}

export class PackageRequests {
  readonly #send: (request: number, names: readonly string[]) => void;
  readonly #waiting = new Map<number, (reply: PackageReply) => void>();
  #last = 0;

  constructor(send: (request: number, names: readonly string[]) => void) {
    this.#send = send;
  }

  /** Asks; `answered` is called with the answer. */
  ask(names: readonly string[], answered: (reply: PackageReply) => void): number {
    this.#last += 1;
    this.#waiting.set(this.#last, answered);
    this.#send(this.#last, names);
    return this.#last;
  }

  answered(reply: PackageReply): void {
    const answer = this.#waiting.get(reply.request);
    this.#waiting.delete(reply.request);
    answer?.(reply);
  }
}
