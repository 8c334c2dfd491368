/**
 * Forbids suspension where a JavaScript frame stands between two pieces of Python on the stack, because JSPI cannot
 * suspend JavaScript frames and the interpreter would die.
 *
 * There are four such places for which Pyodide 314.0.7 leaves `validSuspender` true:
 * - The conversion of a JavaScript value to a Python object: the first object of a kind makes a class, which runs Python
 *   (`ABCMeta.register`).
 * - A Python function that JavaScript called has raised: `traceback` formats the exception, to make a JavaScript error.
 * - JavaScript lets go of a Python object, which may run its `__del__`.
 * - A function that `ctypes` calls, which may call Python back. Such a call also takes some of the C stack here, since it
 *   uses up the browser's stack without C knowing (docs/adr/0008-a-stack-that-can-be-measured.md).
 *
 * Invariant: while one of these functions runs, and only then, `validSuspender` is false on its behalf.
 */
import type { EmscriptenModule } from './cpython/emscripten-module.ts';
import { reExported } from './cpython/re-exported.ts';

/** The functions that C imports to convert a value. */
const IMPORTED = ['js2python_js', 'js2python_convert', 'js2python_immutable_js'] as const;

/** The functions that JavaScript calls and that may run Python, with their parameters: C's pointers are 32 bits wide. */
const EXPORTED = { pythonexc2js: [], Py_DecRef: [0x7f] } as const;

/** C imports this to make a JavaScript string. It takes the address for a signed number, which is wrong above 2 GB. */
const ASCII = '_python2js_ascii';

/** C imports this to call a function through a pointer (`ctypes`). */
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

  /** The exports for Pyodide's JavaScript in place of `exports`. */
  guardExports(exports: WebAssembly.Exports): WebAssembly.Exports {
    const guarded = Object.entries(EXPORTED).map(([name, parameters]) => {
      const original = exports[name];
      if (typeof original !== 'function') throw new Error(`Pyodide has no export ${name}: is this 314.0.7?`);
      return [name, reExported(this.#guarded(original as Import), parameters)] as const;
    });
    return { ...exports, ...Object.fromEntries(guarded) } as WebAssembly.Exports;
  }

  /** Begins to guard. Nothing is ever suspended before. */
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
