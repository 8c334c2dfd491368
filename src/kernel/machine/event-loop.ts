/**
 * The worker's event loop, as the switcher uses it: it lets messages in, and it wakes an idle machine.
 * Invariant: what it is given to call is called from the event loop, never before `turn` or `after` has returned.
 */
export interface EventLoop {
  /** Calls `then` when the messages that have already come in were delivered. */
  turn(then: () => void): void;
  /** Calls `then` after so many real milliseconds, or a little earlier; the answer takes it back. */
  after(milliseconds: number, then: () => void): () => void;
}

/** Milliseconds: `setTimeout` cannot wait for less. A shorter wait goes through the event loop, and Python looks again. */
const FINEST_TIMEOUT = 1;
/** Milliseconds: `setTimeout` fires at once if it is given more. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

export class WorkerEventLoop implements EventLoop {
  readonly #channel = new MessageChannel();
  #turned: (() => void) | null = null;

  constructor() {
    this.#channel.port1.onmessage = () => {
      const then = this.#turned;
      this.#turned = null;
      then?.();
    };
  }

  turn(then: () => void): void {
    this.#turned = then;
    this.#channel.port2.postMessage(null);
  }

  /** A browser delays a timer that was set in another timer's task by 4 ms, but not one that was set in a message's. */
  after(milliseconds: number, then: () => void): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let wanted = true;
    this.turn(() => {
      if (!wanted) return;
      if (milliseconds < FINEST_TIMEOUT) then();
      else timer = setTimeout(then, Math.min(milliseconds, LONGEST_TIMEOUT));
    });
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }
}
