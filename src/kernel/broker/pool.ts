/**
 * Workers that have booted and wait to become processes, so that a process starts without waiting for a boot.
 *
 * Invariant: none waits before a program has shown that it uses processes, when the last tree of processes has ended, or while
 * nobody sees the page. One boots at a time, and only while no process boots, since that one has somebody who waits for it.
 */
import type { Place } from './hardware-messages.ts';

export interface Waiters {
  /** Boots a worker; the pool is told when it is `ready` or has `ended`. */
  boot(): Place;
  kill(place: Place): void;
  /** Calls `then` after so many milliseconds; the answer takes it back. */
  after(milliseconds: number, then: () => void): () => void;
  /** Whether there are a processor and memory for one more, while so many wait. */
  free(waiting: number): boolean;
}

/** Milliseconds for which a process that has just begun has the processors to itself. */
const pause = 150;

export class Pool {
  readonly #waiters: Waiters;
  readonly #most: number;
  readonly #waiting = new Set<Place>();
  /** Workers under way, whether a process waits for them or not. */
  readonly #booting = new Set<Place>();
  #expected = false;
  #seen = true;
  /** Takes back the next look at whether a worker is missing. */
  #later: (() => void) | undefined;

  /** `most`: how many shall wait. */
  constructor(waiters: Waiters, most: number) {
    this.#waiters = waiters;
    this.#most = most;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** A program uses processes, or will soon. */
  expect(): void {
    this.#expected = true;
    this.fill();
  }

  /** No program uses processes any more. */
  giveUp(): void {
    this.#expected = false;
    this.#empty();
  }

  /** Whether somebody sees the page. */
  see(seen: boolean): void {
    this.#seen = seen;
    if (seen) this.fill();
    else this.#empty();
  }

  /** One that waits, if there is one: it becomes a process. One that still boots is closer to its end than a new one would be. */
  take(): Place | undefined {
    const [place] = [...this.#waiting].sort((a, b) => Number(this.#booting.has(a)) - Number(this.#booting.has(b)));
    if (place === undefined) return undefined;
    this.#waiting.delete(place);
    this.#pause();
    return place;
  }

  /** A worker boots for a process. */
  boots(place: Place): void {
    this.#booting.add(place);
  }

  ready(place: Place): void {
    this.#booting.delete(place);
    this.fill();
  }

  /** A worker is no more. One that died while it waited is not replaced before a process is started. */
  ended(place: Place): void {
    this.#booting.delete(place);
    if (this.#waiting.delete(place)) this.#expected = false;
    this.fill();
  }

  /** Boots a worker if one is missing and there is room. */
  fill(): void {
    if (!this.#expected || !this.#seen || this.#later || this.#booting.size > 0) return;
    if (this.#waiting.size >= this.#most || !this.#waiters.free(this.#waiting.size)) return;
    const place = this.#waiters.boot();
    this.#waiting.add(place);
    this.#booting.add(place);
  }

  #pause(): void {
    this.#later?.();
    this.#later = this.#waiters.after(pause, () => {
      this.#later = undefined;
      this.fill();
    });
  }

  #empty(): void {
    this.#later?.();
    this.#later = undefined;
    for (const place of this.#waiting) {
      this.#booting.delete(place);
      this.#waiters.kill(place);
    }
    this.#waiting.clear();
  }
}
