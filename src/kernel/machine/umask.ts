/**
 * The mask of a process: what is taken off the mode of each file and folder that it makes. Emscripten 5.0.3 has the call
 * (`umask`) and no mask.
 *
 * Invariant: all that C makes goes through `open` and `mknod` of the file system, and so through the mask.
 */
import type { EmscriptenModule } from './cpython/emscripten-module.ts';

/** As a login on Linux has it: others read and do not write. */
const atStart = 0o022;
/** Of a file that is opened without saying which. */
const anyMode = 0o666;
/** What C imports for `umask`. */
const IMPORTED = '__syscall_umask_js';

export class Umask {
  #mask = atStart;

  /** The imports to instantiate with in place of `imports`. */
  guard(imports: WebAssembly.Imports): WebAssembly.Imports {
    const env = Object.create(imports['env'] ?? null) as WebAssembly.ModuleImports;
    if (typeof env[IMPORTED] !== 'function') throw new Error(`Pyodide has no import ${IMPORTED}: is this 314.0.7?`);
    env[IMPORTED] = (mask: number): number => {
      const before = this.#mask;
      this.#mask = mask & 0o777;
      return before;
    };
    return { ...imports, env };
  }

  /** From now on; what was made before keeps its mode. */
  begin({ FS: files }: EmscriptenModule): void {
    const [mknod, open] = [files.mknod.bind(files), files.open.bind(files)];
    files.mknod = (path, mode, device) => mknod(path, mode & ~this.#mask, device);
    files.open = (path, flags, mode = anyMode) => open(path, flags, mode & ~this.#mask);
  }
}
