/**
 * Time that passes only when the program computes or sleeps.
 * Invariant: it depends on nothing but what the program did, so a run can be repeated; a sleep takes no real time.
 */
import type { EventLoop } from '../machine/event-loop.ts';

/** Milliseconds that pass with each look at the clock: a loop that waits for a time comes to its end. */
const LOOK = 0.001;
/** 1 January 2026, as the wall clock has it at the start. */
const EPOCH = Date.UTC(2026, 0, 1);

export class VirtualTime implements EventLoop {
  #now = 0;
  #begin: number | undefined;
  #holds = false;
  #held: (() => void) | undefined;

  /** Takes over the clocks of this worker, before Pyodide is loaded. */
  install(): void {
    const look = () => {
      this.#now += LOOK;
      return this.#now;
    };
    Object.defineProperty(performance, 'now', { value: look, configurable: true });
    Date.now = () => EPOCH + look();
  }

  /** A look from outside takes no time. */
  readonly now = (): number => this.#now;

  pass(milliseconds: number): void {
    this.#now += milliseconds;
  }

  /** Goes back to where the first call found it. */
  restart(): void {
    this.#begin ??= this.#now;
    this.#now = this.#begin;
  }

  turn(then: () => void): void {
    if (this.#holds) this.#held = then;
    else queueMicrotask(then);
  }

  /** The machine stands still from its next turn of the event loop on, until `release`. */
  hold(): void {
    this.#holds = true;
  }

  release(): void {
    this.#holds = false;
    const held = this.#held;
    this.#held = undefined;
    if (held) queueMicrotask(held);
  }

  /** The machine is idle: the next thing that happens is the end of this wait. */
  after(milliseconds: number, then: () => void): () => void {
    let wanted = true;
    queueMicrotask(() => {
      if (!wanted) return;
      this.#now += milliseconds;
      then();
    });
    return () => {
      wanted = false;
    };
  }
}
