/**
 * Forbids suspension while JavaScript makes a Python object of one of its values, for which it may call Python: the
 * first object of a kind makes a class (`ABCMeta.register`). Pyodide 314.0.7 leaves `validSuspender` true there; a
 * fiber preempted in that Python would suspend JavaScript's frame, which ends the interpreter.
 * Invariant: while one of these functions runs, and only then, `validSuspender` is false on its behalf.
 */
import type { EmscriptenModule } from './module.ts';

/** What C imports for it. */
const IMPORTED = ['js2python_js', 'js2python_convert', 'js2python_immutable_js'] as const;

type Import = (...args: readonly unknown[]) => unknown;

export class Conversions {
  #module: EmscriptenModule | undefined;

  /** The imports to instantiate with in place of `imports`. */
  guard(imports: WebAssembly.Imports): WebAssembly.Imports {
    const env = Object.create(imports['env'] ?? null) as WebAssembly.ModuleImports;
    for (const name of IMPORTED) {
      const original = imports['env']?.[name];
      if (typeof original !== 'function') throw new Error(`Pyodide has no import ${name}: is this 314.0.7?`);
      env[name] = this.#guarded(original as Import);
    }
    return { ...imports, env };
  }

  /** From now on; before, nothing is ever suspended. */
  begin(module: EmscriptenModule): void {
    this.#module = module;
    module.handle_js_error = this.#guarded(module.handle_js_error);
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
