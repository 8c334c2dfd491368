/**
 * How Python's memory grows, in place of Emscripten's `emscripten_resize_heap`.
 *
 * Invariant: the last `kept` bytes of the 4 GB are never a program's. So when it has taken the rest, the kernel can
 * still switch threads, take a Stop, tell the MemoryError and run what comes next.
 */
import type { EmscriptenModule } from './cpython/emscripten-module.ts';

const page = 65_536;
/** Bytes that an address of 32 bits can reach, less the one page that Emscripten leaves out. */
const most = 65_535 * page;
const kept = 32 << 20;
/** Emscripten's own policy: growing takes a fifth more than there is, at most 96 MB more, so that it is rare. */
const ahead = { part: 0.2, bytes: 96 << 20 };

const inPages = (bytes: number): number => Math.ceil(bytes / page) * page;

export class Memory {
  #module: EmscriptenModule | undefined;
  #refuse: () => boolean = () => false;

  /** The imports to instantiate with in place of `imports`. */
  guard(imports: WebAssembly.Imports): WebAssembly.Imports {
    const env = Object.create(imports['env'] ?? null) as WebAssembly.ModuleImports;
    const original = imports['env']?.['emscripten_resize_heap'];
    if (typeof original !== 'function') throw new Error('Pyodide does not grow its memory: is this 314.0.7?');
    env['emscripten_resize_heap'] = (bytes: number): boolean =>
      this.#module === undefined
        ? (original as (bytes: number) => boolean)(bytes)
        : this.#grow(this.#module, bytes >>> 0);
    return { ...imports, env };
  }

  begin(module: EmscriptenModule): void {
    this.#module = module;
  }

  /** `refuse` is asked when little is left; it answers whether a program wants the memory, and not the kernel. */
  keepFor(refuse: () => boolean): void {
    this.#refuse = refuse;
  }

  #grow(module: EmscriptenModule, wanted: number): boolean {
    if (wanted > most) return false;
    if (wanted > most - kept) return this.#growLast(module, wanted);
    const now = module.HEAP8.length;
    const sizes = [1, 2, 4].map((part) =>
      Math.max(wanted, Math.min(now * (1 + ahead.part / part), wanted + ahead.bytes)),
    );
    return [...sizes, wanted].some((size) => module.growMemory(Math.min(inPages(size), most - kept)) === 1);
  }

  #growLast(module: EmscriptenModule, wanted: number): boolean {
    const now = module.HEAP8.length;
    if (!this.#refuse()) return module.growMemory(inPages(wanted)) === 1;
    // The program has used up its part. One page more is for what raising the MemoryError itself needs.
    if (wanted - now <= page && now < most - kept / 2) module.growMemory(now + page);
    return false;
  }
}
