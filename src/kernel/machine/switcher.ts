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
import type { ThreadStates } from './cpython/thread-state.ts';
import type { Interrupts } from './interrupts.ts';
import type { EmscriptenModule, PromisingCallable } from './cpython/emscripten-module.ts';

type Next =
  /** The thread goes on in another of its fibers: its time slice goes on as well. */
  | { readonly kind: 'hand over'; readonly to: number }
  | { readonly kind: 'switch'; readonly to: number }
  | { readonly kind: 'start'; readonly fiber: number }
  /** `milliseconds` null waits for an arrival alone. */
  | { readonly kind: 'idle'; readonly milliseconds: number | null }
  | { readonly kind: 'turn' };

interface Suspended {
  readonly resolve: () => void;
  readonly undo: readonly number[];
  /** Where the C stack ended. */
  readonly pointer: number;
}

/** Milliseconds after which a switch goes through the event loop, where messages from the page are received. */
const TURN_AFTER = 8;

export class Switcher {
  readonly #module: EmscriptenModule;
  readonly #frames: Frames;
  readonly #cSide: CSide;
  readonly #threadStates: ThreadStates;
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
  /** The thread state from which the fiber that is about to start takes over its thread. */
  #heir: number | null = null;
  /** The last switch stayed within a thread. */
  #sameSlice = false;

  constructor(
    module: EmscriptenModule,
    frames: Frames,
    cSide: CSide,
    threadStates: ThreadStates,
    interrupts: Interrupts,
    now: () => number,
    loop: EventLoop,
    entry: PromisingCallable,
    failed: (reason: unknown) => void,
  ) {
    this.#module = module;
    this.#frames = frames;
    this.#cSide = cSide;
    this.#threadStates = threadStates;
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
    if (this.#heir !== null) this.#threadStates.carry(this.#heir, tstate);
    this.#heir = null;
    this.#cSide.runs(tstate);
    this.#slice();
  }

  /**
   * The thread of `from`, whose job is done, goes on in `to`. `from` runs on for a moment, in code of the kernel's alone,
   * until it is suspended or ends.
   */
  bequeath(from: number, to: number): void {
    const heir = this.#tstates.get(to);
    const tstate = this.#tstateOf(from);
    if (heir === undefined) this.#heir = tstate;
    else this.#threadStates.carry(tstate, heir);
    this.#sameSlice = true;
  }

  /** The thread state of a fiber that has begun. */
  tstateOf(fiber: number): number {
    return this.#tstateOf(fiber);
  }

  /** How many bytes of C stack are put aside for a suspended fiber. */
  saved(fiber: number): number {
    const suspended = this.#suspended.get(fiber);
    return suspended === undefined ? 0 : this.#module._emscripten_stack_get_base() - suspended.pointer;
  }

  /** A suspended fiber will never run again: its stack is given up. */
  abandon(fiber: number): void {
    this.#suspended.delete(fiber);
    this.#tstates.delete(fiber);
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
    this.#module._PyThreadState_EnterTracing(this.#tstateOf(from));
    this.#next = { from, what };
    return true;
  }

  /** Called on the stack of `fiber` when its suspension is over, or when it failed to begin. */
  resumed(fiber: number): void {
    this.#next = null;
    this.#interrupts.fiberRuns = true;
    this.#interrupts.look();
    const tstate = this.#tstateOf(fiber);
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
      const undo = this.#frames.unlink(this.#tstateOf(next.from));
      this.#suspended.set(next.from, { resolve, undo, pointer: this.#module.stackSave() });
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
      case 'hand over':
        this.bequeath(from, what.to);
        this.#soon(() => {
          if (this.#heir === null) this.#resume(what.to);
          else this.start(what.to);
        });
        return;
      case 'switch':
        this.#soon(() => {
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

  #tstateOf(fiber: number): number {
    const tstate = this.#tstates.get(fiber);
    if (tstate === undefined) throw new Error(`fiber ${String(fiber)} has not begun`);
    return tstate;
  }

  /** The switch within a thread leaves its time slice as it was. */
  #slice(): void {
    if (this.#sameSlice) this.#interrupts.release();
    else this.#interrupts.slice();
    this.#sameSlice = false;
  }

  /** At once, unless the event loop has waited for its turn long enough. */
  #soon(then: () => void): void {
    if (this.#now() - this.#lastTurn < TURN_AFTER) then();
    else this.#turn(then);
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
    this.#slice();
    suspended.resolve();
  }
}
