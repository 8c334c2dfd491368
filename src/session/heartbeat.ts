/**
 * Finds out that the frame's process has died, which no event tells: the frame is asked now and then, and stops answering.
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
    // Nobody looks, and browsers put pages to sleep that nobody looks at.
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
