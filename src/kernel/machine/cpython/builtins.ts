/**
 * Makes a builtin function, as C modules have them, that calls a Python callable. A builtin is not a descriptor, so it
 * does not become a method in a class body, and it is pickled by its name.
 *
 * Invariant: no JavaScript frame stands between the caller and the callable, so the callable may suspend. That is
 * possible because `PyObject_Vectorcall` has the very signature of a C function with METH_FASTCALL and METH_KEYWORDS: the
 * builtin's function pointer is that function, and its `self` is the callable.
 */
import type { EmscriptenModule } from './emscripten-module.ts';
import type { Offsets } from './offsets.ts';

/** Include/methodobject.h */
const METH_KEYWORDS = 0x0002;
const METH_FASTCALL = 0x0080;

export class Builtins {
  readonly #module: EmscriptenModule;
  readonly #offsets: Offsets;
  #vectorcall: number | null = null;

  constructor(module: EmscriptenModule, offsets: Offsets) {
    this.#module = module;
    this.#offsets = offsets;
  }

  /** Puts the new function into the list at `list`, whose only item is None. The numbers are addresses of objects that live for ever. */
  make(name: string, doc: string, callable: number, moduleName: number, list: number): void {
    this.#vectorcall ??= this.#module.addFunction(this.#module._PyObject_Vectorcall, 'iiiii');
    const definition = this.#module._malloc(16);
    const fields = [
      this.#module.stringToNewUTF8(name),
      this.#vectorcall,
      METH_FASTCALL | METH_KEYWORDS,
      this.#module.stringToNewUTF8(doc),
    ];
    // Each allocation may have grown the memory, which detaches the views taken before.
    this.#module.HEAPU32.set(fields, definition >> 2);
    const made = this.#module._PyCMethod_New(definition, callable, moduleName, 0);
    const { HEAPU32 } = this.#module;
    const items = HEAPU32[(list + this.#offsets.listItems) >> 2] ?? 0;
    HEAPU32[items >> 2] = made;
  }
}
