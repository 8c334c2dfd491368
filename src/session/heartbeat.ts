/**
 * Finds out that the browser has ended the frame's process, of which it tells nothing: the session asks the frame now and
 * then, and a frame that is gone does not answer.
 *
 * Invariant: a frame that answers late is never taken for dead; several questions in a row, all unanswered, are needed.
 */

/** Milliseconds between two questions, and how many may stay without an answer. */
const patience = { between: 4_000, missed: 4 };

export class Heartbeat {
  readonly #ask: () => void;
  readonly #dead: () => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  #missed = 0;

  constructor(ask: () => void, dead: () => void) {
    this.#ask = ask;
    this.#dead = dead;
  }

  start(): void {
    this.#timer ??= setInterval(() => {
      this.#tick();
    }, patience.between);
  }

  /** The frame has answered. */
  heard(): void {
    this.#missed = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #tick(): void {
    // Browsers put a hidden page to sleep, and its frame with it.
    if (document.hidden) return;
    if (this.#missed >= patience.missed) {
      this.stop();
      this.#dead();
      return;
    }
    this.#missed += 1;
    this.#ask();
  }
}
