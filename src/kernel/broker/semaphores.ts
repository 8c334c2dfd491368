/**
 * Semaphores by name, as POSIX has them.
 *
 * Invariant: those who wait are served in the order in which they came, and each request is answered once. A process that dies
 * gives back nothing that it has taken, as on Linux. A semaphore without a name lives as long as somebody has it open.
 */

export interface Taker {
  taken(request: number, taken: boolean): void;
}

interface Waiting {
  readonly taker: Taker;
  readonly request: number;
}

export class Semaphore {
  value: number;
  #waiting: Waiting[] = [];

  constructor(value: number) {
    this.value = value;
  }

  take(taker: Taker, request: number, wait: boolean): void {
    if (this.value > 0) {
      this.value -= 1;
      taker.taken(request, true);
    } else if (wait) {
      this.#waiting.push({ taker, request });
    } else {
      taker.taken(request, false);
    }
  }

  /** False if there are `most` already. */
  give(most: number): boolean {
    const next = this.#waiting.shift();
    if (next) next.taker.taken(next.request, true);
    else if (this.value >= most) return false;
    else this.value += 1;
    return true;
  }

  withdraw(taker: Taker, request: number): void {
    const at = this.#waiting.findIndex((one) => one.taker === taker && one.request === request);
    if (at < 0) return;
    this.#waiting.splice(at, 1);
    taker.taken(request, false);
  }

  /** `taker` has gone: it waits no more. */
  forget(taker: Taker): void {
    this.#waiting = this.#waiting.filter((one) => one.taker !== taker);
  }
}

export class Semaphores {
  readonly #named = new Map<string, Semaphore>();

  /** How many have a name. */
  get size(): number {
    return this.#named.size;
  }

  find(name: string): Semaphore | undefined {
    return this.#named.get(name);
  }

  /** Undefined if the name is taken. */
  make(name: string, value: number): Semaphore | undefined {
    if (this.#named.has(name)) return undefined;
    const semaphore = new Semaphore(value);
    this.#named.set(name, semaphore);
    return semaphore;
  }

  /** False if there is none. */
  unlink(name: string): boolean {
    return this.#named.delete(name);
  }
}
