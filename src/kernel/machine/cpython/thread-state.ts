/**
 * What moves from one thread state to another when a thread goes on in another of its fibers (greenlets), and what is
 * read of the thread state of a fiber that stands still.
 *
 * A thread of CPython has one thread state, and so has a fiber. What belongs to the thread (its ident, its locals, its
 * trace function, its running event loop) therefore goes along with the hand-over; what belongs to the greenlet (its
 * frames, its context, the exception that it handles) stays behind.
 *
 * Invariant: words change places and are never copied, so every object keeps exactly one owner.
 */
import type { EmscriptenModule } from './emscripten-module.ts';
import type { Offsets } from './offsets.ts';

/** How many bytes after a thread state's own are searched: CPython's private part of it, which has no debug offsets. */
const PRIVATE = 128;
/** `_gc_prev` of the head that stands before an object of the collector; its lowest bit says that it was finalized. */
const GC_PREVIOUS = -4;
const FINALIZED = 1;
/** Words of trace and profile functions, between the current frame and `current_exception`. */
const TRACING_WORDS = 4;

export class ThreadStates {
  readonly #module: EmscriptenModule;
  readonly #offsets: Offsets;
  /** Offsets of the words that belong to the thread. */
  #moving: readonly number[];
  #context = 0;

  constructor(module: EmscriptenModule, offsets: Offsets) {
    this.#module = module;
    this.#offsets = offsets;
    const tracing = [...Array(TRACING_WORDS).keys()].map((index) => offsets.currentFrame + 4 + 4 * index);
    this.#moving = [...tracing, offsets.threadDict, offsets.localKey, offsets.localSentinel];
  }

  /** Where the running thread state has this word, if in one place only; else -1. */
  find(value: number): number {
    const tstate = this.#module._PyThreadState_Get();
    const words = this.#module.HEAPU32.subarray(tstate >> 2, (tstate + this.#offsets.threadSize + PRIVATE) >> 2);
    const first = words.indexOf(value);
    return first >= 0 && words.lastIndexOf(value) === first ? first * 4 : -1;
  }

  /** From now on the word at this offset moves along; `context` is where a thread state has its context. */
  move(offset: number): void {
    if (!this.#moving.includes(offset)) this.#moving = [...this.#moving, offset];
  }

  contextAt(offset: number): void {
    this.#context = offset;
  }

  /** A thread goes on in another of its fibers: `from` and `to` are the thread states of the two. */
  carry(from: number, to: number): void {
    const { HEAPU32 } = this.#module;
    const { threadId, nativeThreadId } = this.#offsets;
    for (const offset of this.#moving) {
      const word = HEAPU32[(from + offset) >> 2] ?? 0;
      HEAPU32[(from + offset) >> 2] = HEAPU32[(to + offset) >> 2] ?? 0;
      HEAPU32[(to + offset) >> 2] = word;
    }
    for (const offset of [threadId, nativeThreadId]) {
      HEAPU32[(to + offset) >> 2] = HEAPU32[(from + offset) >> 2] ?? 0;
      // `sys._current_frames` must not take a greenlet that stands still for its thread.
      HEAPU32[(from + offset) >> 2] = 0;
    }
  }

  /** Exchanges the context of a thread state with the only item of the list at `list`; None stands for no context. */
  swapContext(tstate: number, list: number): void {
    const { HEAPU32 } = this.#module;
    const item = (HEAPU32[(list + this.#offsets.listItems) >> 2] ?? 0) >> 2;
    const at = (tstate + this.#context) >> 2;
    const given = HEAPU32[item] ?? 0;
    const none = this.#module.__Py_NoneStruct;
    HEAPU32[item] = HEAPU32[at] === 0 ? none : (HEAPU32[at] ?? 0);
    HEAPU32[at] = given === none ? 0 : given;
    // The version, in the next 64-bit word: what context variables have cached is no longer true.
    const version = ((tstate + this.#context + 4 + 7) & ~7) >> 2;
    HEAPU32[version] = (HEAPU32[version] ?? 0) + 1;
  }

  /** Puts the innermost frame that a program sees on this thread state's stack in place of the None in the list. */
  topFrame(tstate: number, list: number): void {
    const frame = this.#module._PyThreadState_GetFrame(tstate);
    if (frame === 0) return;
    const item = this.#module.HEAPU32[(list + this.#offsets.listItems) >> 2] ?? 0;
    this.#module.HEAPU32[item >> 2] = frame;
  }

  /** `off`: the collector does not see this object, and takes what refers to it for alive. */
  collectable(object: number, on: boolean): void {
    this.#module._PyObject_GC_UnTrack(object);
    if (on) this.#module._PyObject_GC_Track(object);
  }

  /** The finalizer of this object is to run again when its last reference goes. */
  revive(object: number): void {
    const at = (object + GC_PREVIOUS) >> 2;
    this.#module.HEAPU32[at] = (this.#module.HEAPU32[at] ?? 0) & ~FINALIZED;
  }
}
