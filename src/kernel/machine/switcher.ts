/**
 * The one place where a stack is suspended and another is resumed.
 *
 * A fiber gives the processor away in two steps. First Python says what shall happen next (`prepare`). Then it awaits
 * `suspension` by Pyodide's `run_sync`: JSPI suspends the whole stack of WebAssembly and calls `suspension.then`, which
 * does what was prepared: resume another fiber, start one, sleep, or let the worker's event loop run.
 *
 * Invariant: at most one fiber runs; each suspension is prepared, and exactly one fiber is resumed for it.
 */
import type { CSide } from './cpython/c-side.ts';
import type { Frames } from './cpython/frames.ts';
import type { EventLoop } from './event-loop.ts';
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

/** Milliseconds after which a switch goes through the event loop, where messages from the page are received. */
const TURN_AFTER = 8;

export class Switcher {
  readonly #module: EmscriptenModule;
  readonly #frames: Frames;
  readonly #cSide: CSide;
  readonly #interrupts: Interrupts;
  readonly #now: () => number;
  readonly #entry: PromisingCallable;
  readonly #failed: (reason: unknown) => void;
  readonly #suspended = new Map<number, Suspended>();
  readonly #tstates = new Map<number, number>();
  readonly #loop: EventLoop;
  #next: { readonly from: number; readonly what: Next } | null = null;
  /** The fiber that sleeps until a time or an arrival; `cancel` takes its time back. */
  #idler: { readonly fiber: number; readonly cancel: () => void } | null = null;
  #lastTurn = 0;

  constructor(
    module: EmscriptenModule,
    frames: Frames,
    cSide: CSide,
    interrupts: Interrupts,
    now: () => number,
    loop: EventLoop,
    entry: PromisingCallable,
    failed: (reason: unknown) => void,
  ) {
    this.#module = module;
    this.#frames = frames;
    this.#cSide = cSide;
    this.#interrupts = interrupts;
    this.#now = now;
    this.#loop = loop;
    this.#entry = entry;
    this.#failed = failed;
  }

  get suspended(): number {
    return this.#suspended.size;
  }

  /** Called first thing on a new fiber's own stack. */
  adopt(fiber: number): void {
    this.#interrupts.fiberRuns = true;
    const tstate = this.#module._PyThreadState_Get();
    this.#tstates.set(fiber, tstate);
    this.#cSide.runs(tstate);
    this.#interrupts.slice();
  }

  /** Called as the last thing on the stack of a fiber that ends; its successor is resumed when the stack is gone. */
  forget(fiber: number): void {
    this.#interrupts.fiberRuns = false;
    this.#tstates.delete(fiber);
  }

  /** Says what shall happen when `from` is suspended next. False if this stack cannot be suspended. */
  prepare(from: number, what: Next): boolean {
    if (!this.#interrupts.maySuspend) {
      this.#cSide.refuses();
      return false;
    }
    // `run_sync` runs some Python code of asyncio; a program that traces its own code must not see it.
    this.#module._PyThreadState_EnterTracing(this.#tstates.get(from) ?? 0);
    this.#next = { from, what };
    return true;
  }

  /** Called on the stack of `fiber` when its suspension is over, or when it failed to begin. */
  resumed(fiber: number): void {
    this.#next = null;
    this.#interrupts.fiberRuns = true;
    this.#interrupts.look();
    const tstate = this.#tstates.get(fiber) ?? 0;
    this.#cSide.runs(tstate);
    this.#module._PyThreadState_LeaveTracing(tstate);
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
    idler.cancel();
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
    this.#loop.turn(() => {
      this.#lastTurn = this.#now();
      then();
    });
  }

  /** `fiber` was the last that could run: its stack stays suspended until the deadline or the next arrival. */
  #idle(fiber: number, milliseconds: number | null): void {
    const demanded = this.#interrupts.demanded;
    this.#interrupts.demanded = false;
    if (demanded || this.#interrupts.pending) {
      this.#turn(() => {
        this.#resume(fiber);
      });
      return;
    }
    const woken = (): void => {
      this.#idler = null;
      this.#lastTurn = this.#now();
      this.#resume(fiber);
    };
    const cancel = milliseconds === null ? () => undefined : this.#loop.after(milliseconds, woken);
    this.#idler = { fiber, cancel };
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
