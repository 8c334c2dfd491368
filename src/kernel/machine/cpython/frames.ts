/**
 * Reads CPython's frames in linear memory, and relinks them while a fiber is suspended.
 *
 * The garbage collector walks the frames of every thread state. Some of them, the *entry frames* that C makes when it
 * calls into the evaluation loop, lie on the C stack, and the C stack of a suspended fiber has been copied elsewhere:
 * at that address there is another fiber's stack by then.
 *
 * Invariant: while a fiber is suspended, no frame that can be reached from its thread state lies on the C stack.
 */
import type { EmscriptenModule } from './emscripten-module.ts';
import type { Offsets } from './offsets.ts';

/** A fiber is never preempted inside a `kernel` frame. A `bridge` frame belongs to the kernel, too, but calls a program's code. */
export type Mark = 'kernel' | 'bridge';
/** The low bits of a `_PyStackRef` are flags. */
const STACK_REF_FLAGS = 3;
/** How the file names of CPython's modules, of Pyodide's and of the kernel's begin. */
const LIBRARY = ['/lib/python314.zip/', '<frozen '].map((start) => new TextEncoder().encode(start));

export class Frames {
  readonly #module: EmscriptenModule;
  readonly #offsets: Offsets;
  /** Addresses of immortal code objects. */
  readonly #kernel = new Set<number>();
  readonly #bridges = new Set<number>();
  readonly #stackEnd: number;
  readonly #stackBase: number;

  constructor(module: EmscriptenModule, offsets: Offsets) {
    this.#module = module;
    this.#offsets = offsets;
    this.#stackEnd = module._emscripten_stack_get_end();
    this.#stackBase = module._emscripten_stack_get_base();
  }

  #read(address: number): number {
    return this.#module.HEAPU32[address >> 2] ?? 0;
  }

  #onStack(frame: number): boolean {
    return frame >= this.#stackEnd && frame < this.#stackBase;
  }

  /** Takes the entry frames out of the chain of `tstate`; `relink` with the answer puts them back. */
  unlink(tstate: number): readonly number[] {
    const { framePrevious, currentFrame } = this.#offsets;
    const undo: number[] = [];
    let frame = this.#read(tstate + currentFrame);
    while (frame !== 0) {
      const slot = frame + framePrevious;
      const linked = this.#read(slot);
      let previous = linked;
      while (this.#onStack(previous)) previous = this.#read(previous + framePrevious);
      if (previous !== linked) {
        this.#module.HEAPU32[slot >> 2] = previous;
        undo.push(slot, linked);
      }
      frame = previous;
    }
    return undo;
  }

  relink(undo: readonly number[]): void {
    for (let i = 0; i + 1 < undo.length; i += 2) this.#module.HEAPU32[(undo[i] ?? 0) >> 2] = undo[i + 1] ?? 0;
  }

  /**
   * Hides a code object's frames from tracebacks, as the frames of C functions are, by declaring all of its
   * instructions but the last to stand before the first traceable one. `code` is its address.
   */
  mark(code: number, mark: Mark): void {
    if (!this.#ofLibrary(code)) throw new Error('a file name of the kernel’s is not where it should be');
    this.#module.HEAP32[(code + this.#offsets.firstTraceable) >> 2] = this.#read(code + this.#offsets.varSize) - 1;
    (mark === 'kernel' ? this.#kernel : this.#bridges).add(code);
  }

  /** The word that `mark` overwrites, so that its place can be proven at boot. */
  firstTraceable(code: number): number {
    return this.#module.HEAP32[(code + this.#offsets.firstTraceable) >> 2] ?? -1;
  }

  /** True if a frame marked `kernel` is on the current stack. */
  inKernel(): boolean {
    const { framePrevious, currentFrame } = this.#offsets;
    let frame = this.#read(this.#module._PyThreadState_Get() + currentFrame);
    while (frame !== 0) {
      if (!this.#onStack(frame) && this.#kernel.has(this.#codeOf(frame))) return true;
      frame = this.#read(frame + framePrevious);
    }
    return false;
  }

  /** True if it is a program that runs now: it has a frame on the current stack, and no kernel function runs for it. */
  ofProgram(): boolean {
    const codes = [...this.#codes()];
    if (codes[0] === undefined || this.#bridges.has(codes[0])) return false;
    return !codes.some((code) => this.#kernel.has(code)) && codes.some((code) => !this.#ofLibrary(code));
  }

  /** The code of each frame on the current stack, innermost first; nothing while C runs without the interpreter's lock. */
  *#codes(): Generator<number> {
    const { framePrevious, currentFrame } = this.#offsets;
    const tstate = this.#module._PyThreadState_GetUnchecked();
    let frame = tstate === 0 ? 0 : this.#read(tstate + currentFrame);
    while (frame !== 0) {
      if (!this.#onStack(frame)) yield this.#codeOf(frame);
      frame = this.#read(frame + framePrevious);
    }
  }

  #codeOf(frame: number): number {
    return this.#read(frame + this.#offsets.frameExecutable) & ~STACK_REF_FLAGS;
  }

  /** Judged by its file name. Only ASCII strings have their characters here; no module of the library has another name. */
  #ofLibrary(code: number): boolean {
    const text = this.#read(code + this.#offsets.codeFilename) + this.#offsets.asciiText;
    return LIBRARY.some((start) => start.every((byte, index) => this.#module.HEAPU8[text + index] === byte));
  }

  collecting(): boolean {
    return this.#read(this.#offsets.collecting) !== 0;
  }
}
