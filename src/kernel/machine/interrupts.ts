/**
 * Preemption: tells CPython, in the middle of a program's code, that its time slice is over or that something has
 * arrived.
 *
 * CPython built for Emscripten has a countdown that it decreases as it evaluates bytecode. Each time the countdown
 * ends, CPython *looks*: it calls a function of JavaScript and treats a number other than 0 as a signal (CPython,
 * Python/emscripten_signal.c; looks.ts puts `ask` in the place of Emscripten's function). When the running fiber has to
 * stop, `ask` answers with `signal`, and CPython calls the Python handler of that signal (`on_interrupt` in
 * _os_kernel/sched/preempt.py), which lets other fibers run before it returns.
 *
 * Invariant: a look is never answered with the signal while the garbage collector runs, while the handler of its
 * last answer still runs, while JavaScript waits for a synchronous call of Python, or while the running fiber is of no
 * thread: CPython would drop the signal, and the handler would never be done.
 */
import type { CSide } from './cpython/c-side.ts';
import type { Frames } from './cpython/frames.ts';
import type { EmscriptenModule } from './cpython/emscripten-module.ts';
import type { Slices } from './time-slices.ts';

/** Multiples of it, less their whole parts, spread evenly and never repeat a pattern. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;
/** How many different countdowns there are after a bad moment. */
const SPREAD = 8;

export class Interrupts {
  /**
   * True while a fiber's own stack runs. The callbacks of a settled promise run between two fibers, where no stack can
   * be suspended; Pyodide 314.0.7 leaves `validSuspender` true for them (`create_promise_handles`).
   */
  fiberRuns = false;
  /** Whether there are arrivals that Python has not taken yet. */
  pending = false;
  /** Set when C wants the handler, and nothing has come from outside: no turn of the event loop is due. */
  demanded = false;
  #attending = false;
  readonly #module: EmscriptenModule;
  readonly #frames: Frames;
  readonly #cSide: CSide;
  readonly #signal: number;
  readonly #slices: Slices;
  /** True from the moment a look is answered until the handler is done, because the handler must not be interrupted. */
  #answering = false;
  /** How often the handler was called at a bad moment. */
  #refusals = 0;

  constructor(module: EmscriptenModule, frames: Frames, cSide: CSide, signal: number, slices: Slices) {
    this.#module = module;
    this.#frames = frames;
    this.#cSide = cSide;
    this.#signal = signal;
    this.#slices = slices;
  }

  /** Whether the running stack can be suspended: it is a fiber's, and no JavaScript function waits for its result. */
  get maySuspend(): boolean {
    return this.fiberRuns && this.#module.validSuspender.value;
  }

  /** Starts a new time slice for whoever runs now. */
  slice(): void {
    this.#answering = false;
    this.look();
    this.#slices.begin();
  }

  /**
   * Makes CPython look at its next bytecode if there is something to tell. An earlier look may have come at a moment when it
   * was not to be answered.
   */
  look(): void {
    if (this.pending || this.demanded || this.#attending)
      this.#module.HEAP32[this.#module.__Py_emscripten_signal_clock >> 2] = 1;
  }

  /** `on` while a signal has arrived whose Python handler has not run yet: CPython then looks at once. */
  attend(on: boolean): void {
    this.#attending = on;
    this.look();
  }

  /**
   * Makes CPython look at once and answers with the signal, also where nothing may be suspended: the handler does what it
   * can without waiting. False if a handler runs already.
   */
  demand(): boolean {
    this.demanded = !this.#answering;
    this.look();
    return this.demanded;
  }

  /** Whether the running fiber may be suspended here. */
  get mayWait(): boolean {
    return this.maySuspend && !this.#frames.collecting();
  }

  /**
   * The handler was called at a bad moment, inside the kernel's own code, and returns without doing anything: CPython is
   * to look again soon after. The countdown is at least 2, because CPython also looks when this
   * very call returns, while the handler still runs. It varies: in a loop such as `while True: Lock()` the same number
   * again and again would always end inside the kernel, and the loop could be neither preempted nor stopped.
   */
  again(): void {
    this.#answering = false;
    this.#refusals += 1;
    const spread = Math.floor(((this.#refusals * GOLDEN) % 1) * SPREAD);
    this.#module.HEAP32[this.#module.__Py_emscripten_signal_clock >> 2] = 2 + spread;
  }

  /** Until the next `slice` nothing interrupts. */
  hold(): void {
    this.#answering = true;
  }

  /** The handler of the last answer is over, or could not be called at all; the time slice goes on. */
  release(): void {
    this.#answering = false;
    this.look();
  }

  /** Whether the time slice is over or something waits from outside. */
  due(): boolean {
    return this.mayWait && (this.pending || this.#attending || this.#slices.over());
  }

  /** CPython looks: the signal, if the running fiber has to stop. */
  ask(): number {
    if (this.#answering) return 0;
    // Nearly all looks end here, so what costs more is asked afterwards.
    if (!this.#slices.over() && !this.pending && !this.demanded && !this.#attending) return 0;
    if (!this.#cSide.ofThread) return 0;
    this.#answering = this.demanded || this.mayWait;
    this.demanded = false;
    return this.#answering ? this.#signal : 0;
  }
}
