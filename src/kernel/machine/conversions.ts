/**
 * Forbids suspension where JavaScript stands between one piece of Python and another: while it makes a Python object of
 * one of its values (the first of a kind makes a class: `ABCMeta.register`), and while `ctypes` calls a function, which
 * may call Python back. Pyodide 314.0.7 leaves `validSuspender` true there; a fiber preempted in that Python would
 * suspend JavaScript's frame, which ends the interpreter. What `ctypes` calls also takes room of the C stack, as the
 * engine's is used without C knowing (docs/adr/0008-a-stack-that-can-be-measured.md).
 *
 * Invariant: while one of these functions runs, and only then, `validSuspender` is false on its behalf.
 */
import type { EmscriptenModule } from './cpython/emscripten-module.ts';

/** What C imports for it. */
const IMPORTED = ['js2python_js', 'js2python_convert', 'js2python_immutable_js'] as const;

/** What C imports to make a JavaScript string. It takes the address as signed: above 2 GB it would read another's bytes. */
const ASCII = '_python2js_ascii';

/** What C imports to call a function through a pointer. */
const FOREIGN_CALL = 'ffi_call_js';
/** Bytes of C stack for one such call. */
const FOREIGN_ROOM = 4096;

type Import = (...args: readonly unknown[]) => unknown;

export class Conversions {
  #module: EmscriptenModule | undefined;

  /** The imports to instantiate with in place of `imports`. */
  guard(imports: WebAssembly.Imports): WebAssembly.Imports {
    const env = Object.create(imports['env'] ?? null) as WebAssembly.ModuleImports;
    const original = (name: string): Import => {
      const found = imports['env']?.[name];
      if (typeof found !== 'function') throw new Error(`Pyodide has no import ${name}: is this 314.0.7?`);
      return found as Import;
    };
    for (const name of IMPORTED) env[name] = this.#guarded(original(name));
    const ascii = original(ASCII);
    env[ASCII] = (address: unknown, length: unknown) => ascii(Number(address) >>> 0, length);
    env[FOREIGN_CALL] = this.#roomy(this.#guarded(original(FOREIGN_CALL)));
    return { ...imports, env };
  }

  /** From now on; before, nothing is ever suspended. */
  begin(module: EmscriptenModule): void {
    this.#module = module;
    module.handle_js_error = this.#guarded(module.handle_js_error);
  }

  #roomy(call: Import): Import {
    return (...args) => {
      const module = this.#module;
      if (module === undefined) return call(...args);
      const top = module.stackSave();
      module.stackRestore(top - FOREIGN_ROOM);
      try {
        return call(...args);
      } finally {
        module.stackRestore(top);
      }
    };
  }

  #guarded<Args extends readonly unknown[], Result>(original: (...args: Args) => Result): (...args: Args) => Result {
    return (...args) => {
      const suspender = this.#module?.validSuspender;
      if (suspender === undefined) return original(...args);
      const before = suspender.value;
      suspender.value = false;
      try {
        return original(...args);
      } finally {
        suspender.value = before;
      }
    };
  }
}
