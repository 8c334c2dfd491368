/**
 * Reads, writes and opens of C that Python's side of the kernel answers. C cannot wait, but CPython tries a call again
 * that a signal has interrupted, after Python's handler has run; and that handler can wait, in the calling thread's
 * fiber (src/kernel/python/_os_kernel/files/c_calls.py). So the call is refused with EINTR, the handler works out the
 * answer, and the retry takes it.
 *
 * Invariant: a call is refused at most once before it is answered, and nothing runs between an answer and the retry.
 */
import type { Interrupts } from './interrupts.ts';

/** What C has called; the names follow Python's rules. */
export type Call =
  | { readonly kind: 'read'; readonly file: number; readonly size: number }
  | { readonly kind: 'write'; readonly file: number; readonly data: Uint8Array }
  /** `file` is the number of an open file that is opened anew, or of a named pipe. */
  | { readonly kind: 'reopen' | 'fifo'; readonly file: number; readonly flags: number };

/** A number is what the call returns. */
type Answer = { readonly value: number | Uint8Array } | { readonly error: string };

/** What the call that is now made comes to: its answer, or the name of an error. */
type Outcome = Answer | { readonly error: 'EINTR' | 'EIO' };

export class CCalls {
  #interrupts: Interrupts | undefined;
  #refused: Call | undefined;
  #answer: Answer | undefined;

  /** From now on Python can answer. */
  begin(interrupts: Interrupts): void {
    this.#interrupts = interrupts;
  }

  /** C calls, for the first time or again; `call` is made only for the first. */
  make(call: () => Call): Outcome {
    const answer = this.#answer;
    this.#answer = undefined;
    if (answer !== undefined) {
      this.#interrupts?.release();
      return answer;
    }
    // No handler has run: Python that JavaScript waits for calls, or other code than CPython's.
    const refused = this.#refused !== undefined;
    this.#refused = undefined;
    if (refused || !this.#interrupts?.demand()) return { error: 'EIO' };
    this.#refused = call();
    return { error: 'EINTR' };
  }

  /** What was refused; asked once. */
  take(): Call | undefined {
    const refused = this.#refused;
    this.#refused = undefined;
    return refused;
  }

  give(answer: Answer): void {
    this.#answer = answer;
    this.#interrupts?.hold();
  }
}
