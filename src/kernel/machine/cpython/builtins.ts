/**
 * Makes a Python callable into a builtin function, as the functions of C modules are: no descriptor, pickled by name.
 * Invariant: the function pointer is `PyObject_Vectorcall` itself, whose signature is that of METH_FASTCALL with
 * keywords, so that no JavaScript frame stands between caller and callee and the callee may suspend.
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

  /** Puts the new function into the list at `list`, whose only item is None. All numbers are addresses of objects that outlive it. */
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
