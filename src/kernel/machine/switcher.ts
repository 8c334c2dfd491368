/**
 * The one place where a stack is suspended and another is resumed.
 * Invariant: at most one fiber runs; each suspension names beforehand what happens next (switch, start, idle, turn,
 * or leave), and exactly one fiber is resumed for it.
 */
import type { Frames } from './cpython/frames.ts';
import type { Interrupts } from './interrupts.ts';
import type { EmscriptenModule, PromisingCallable } from './cpython/emscripten-module.ts';

type Next =
  | { readonly kind: 'switch'; readonly to: number }
  | { readonly kind: 'start'; readonly fiber: number }
  /** `milliseconds` null waits for an arrival alone. */
  | { readonly kind: 'idle'; readonly milliseconds: number | null }
  | { readonly kind: 'turn' };

interface Suspended {
  readonly resolve: () => void;
  readonly undo: readonly number[];
}

/** Longest time without a turn of the event loop, in milliseconds: until then no message from the page gets in. */
const TURN_AFTER = 8;
/** `setTimeout` cannot do shorter; below it the event loop is turned until it is time. */
const FINEST_TIMEOUT = 1;
/** `setTimeout` fires at once beyond this. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

export class Switcher {
  readonly #module: EmscriptenModule;
  readonly #frames: Frames;
  readonly #interrupts: Interrupts;
  readonly #now: () => number;
  readonly #entry: PromisingCallable;
  readonly #failed: (reason: unknown) => void;
  readonly #suspended = new Map<number, Suspended>();
  readonly #tstates = new Map<number, number>();
  readonly #channel = new MessageChannel();
  #next: { readonly from: number; readonly what: Next } | null = null;
  #turned: (() => void) | null = null;
  #idler: { readonly fiber: number; readonly timer: ReturnType<typeof setTimeout> | null } | null = null;
  #lastTurn = 0;

  constructor(
    module: EmscriptenModule,
    frames: Frames,
    interrupts: Interrupts,
    now: () => number,
    entry: PromisingCallable,
    failed: (reason: unknown) => void,
  ) {
    this.#module = module;
    this.#frames = frames;
    this.#interrupts = interrupts;
    this.#now = now;
    this.#entry = entry;
    this.#failed = failed;
    this.#channel.port1.onmessage = () => {
      this.#lastTurn = this.#now();
      const then = this.#turned;
      this.#turned = null;
      then?.();
    };
  }

  get suspended(): number {
    return this.#suspended.size;
  }

  /** Called first thing on a new fiber's own stack. */
  adopt(fiber: number): void {
    this.#interrupts.fiberRuns = true;
    this.#tstates.set(fiber, this.#module._PyThreadState_Get());
    this.#interrupts.slice();
  }

  /** Called last thing on the stack of a fiber that ends: its successor is resumed when it has been left. */
  forget(fiber: number): void {
    this.#interrupts.fiberRuns = false;
    this.#tstates.delete(fiber);
  }

  /** Says what the coming suspension of `from` leads to; false if this stack cannot be suspended. */
  prepare(from: number, what: Next): boolean {
    if (!this.#interrupts.maySuspend) return false;
    // The suspension passes through Python code of asyncio's that a program must not see traced.
    this.#module._PyThreadState_EnterTracing(this.#tstates.get(from) ?? 0);
    this.#next = { from, what };
    return true;
  }

  /** Ends a suspension, on the stack of `fiber`: done, or not come about. */
  resumed(fiber: number): void {
    this.#next = null;
    this.#interrupts.fiberRuns = true;
    this.#interrupts.look();
    this.#module._PyThreadState_LeaveTracing(this.#tstates.get(fiber) ?? 0);
  }

  /** What Python awaits: `then` is called once the stack has been suspended. */
  readonly suspension = {
    then: (resolve: () => void): void => {
      const next = this.#next;
      if (next === null) throw new Error('a fiber was suspended without being told what comes next');
      this.#next = null;
      this.#interrupts.fiberRuns = false;
      const undo = this.#frames.unlink(this.#tstates.get(next.from) ?? 0);
      this.#suspended.set(next.from, { resolve, undo });
      this.#proceed(next.from, next.what);
    },
  };

  /** Runs `fiber` for the first time, from the event loop. */
  start(fiber: number): void {
    this.#entry.callPromising(fiber).then(
      (successor) => {
        if (typeof successor === 'number') this.#resume(successor);
      },
      (reason: unknown) => {
        this.#failed(reason);
      },
    );
  }

  /** Something has arrived: ends idleness, or makes the running fiber look up. */
  notify(): void {
    this.#interrupts.pending = true;
    const idler = this.#idler;
    if (idler === null) return;
    this.#idler = null;
    if (idler.timer !== null) clearTimeout(idler.timer);
    this.#resume(idler.fiber);
  }

  #proceed(from: number, what: Next): void {
    switch (what.kind) {
      case 'switch':
        if (this.#now() - this.#lastTurn < TURN_AFTER) this.#resume(what.to);
        else
          this.#turn(() => {
            this.#resume(what.to);
          });
        return;
      case 'turn':
        this.#turn(() => {
          this.#resume(from);
        });
        return;
      case 'start':
        this.#lastTurn = this.#now();
        this.start(what.fiber);
        return;
      case 'idle':
        this.#idle(from, what.milliseconds);
        return;
      default:
        what satisfies never;
    }
  }

  #turn(then: () => void): void {
    this.#turned = then;
    this.#channel.port2.postMessage(null);
  }

  /** Sleeps on the stack of the last fiber that had nothing to do. */
  #idle(fiber: number, milliseconds: number | null): void {
    if (this.#interrupts.pending || (milliseconds !== null && milliseconds < FINEST_TIMEOUT)) {
      this.#turn(() => {
        this.#resume(fiber);
      });
      return;
    }
    this.#idler = { fiber, timer: null };
    if (milliseconds === null) return;
    // Timers set from a timer's own task are stretched to 4 ms; set from a message they are not.
    this.#turn(() => {
      const idler = this.#idler;
      if (idler === null || idler.fiber !== fiber) return;
      const timer = setTimeout(
        () => {
          this.#idler = null;
          this.#lastTurn = this.#now();
          this.#resume(fiber);
        },
        Math.min(milliseconds, LONGEST_TIMEOUT),
      );
      this.#idler = { fiber, timer };
    });
  }

  #resume(fiber: number): void {
    const suspended = this.#suspended.get(fiber);
    if (suspended === undefined) throw new Error(`fiber ${String(fiber)} is not suspended`);
    this.#suspended.delete(fiber);
    this.#frames.relink(suspended.undo);
    this.#interrupts.slice();
    suspended.resolve();
  }
}
