/**
 * What CPython imports or JavaScript calls in it and finds ours in the place of Emscripten's, in one piece: a worker of the page and one of the
 * tests instantiate the same.
 * Invariant: `begin` is called once, when Pyodide is up and before a program runs; nothing is refused before.
 */
import { CCalls } from './c-calls.ts';
import { Conversions } from './conversions.ts';
import { keepCopies } from './stack-copies.ts';
import type { EmscriptenModule } from './cpython/emscripten-module.ts';
import type { FileSystem } from './cpython/file-system.ts';
import { Descriptors } from './descriptors.ts';
import { FileLimits } from './file-limits.ts';
import { Looks } from './looks.ts';
import { Mappings } from './mappings.ts';
import { Memory } from './memory.ts';
import { SystemCalls } from './system-calls.ts';
import { Umask } from './umask.ts';

export class OwnImports {
  readonly memory = new Memory();
  readonly descriptors = new Descriptors();
  readonly calls = new CCalls();
  readonly fileLimits = new FileLimits();
  readonly mappings = new Mappings();
  readonly looks = new Looks();
  readonly #conversions = new Conversions();
  readonly #umask = new Umask();
  readonly #systemCalls = new SystemCalls(this.descriptors, this.calls);

  /** The imports to instantiate with in place of `imports`. */
  guard(imports: WebAssembly.Imports): WebAssembly.Imports {
    const layers = [this.#conversions, this.memory, this.mappings, this.#umask, this.#systemCalls, this.looks];
    return layers.reduce((guarded, layer) => layer.guard(guarded), imports);
  }

  /** What to hand to Pyodide in place of the instance that was made with `guard`. */
  guarded(instance: WebAssembly.Instance): WebAssembly.Instance {
    return { exports: this.#conversions.guardExports(instance.exports) };
  }

  /** `python` is Pyodide's, whose types do not have these two. */
  begin(python: object): void {
    const { _module, FS } = python as { readonly _module: EmscriptenModule; readonly FS: FileSystem };
    this.#conversions.begin(_module);
    keepCopies(_module);
    this.memory.begin(_module);
    this.#umask.begin(_module);
    this.descriptors.begin(_module, FS);
    this.fileLimits.begin(_module, FS);
    this.mappings.begin(_module, FS);
    this.#systemCalls.begin(_module);
  }
}
