/**
 * Keeps the buffers in which Pyodide puts aside the C stack of a suspended fiber, and uses them again.
 *
 * All fibers share one C stack: what the next fiber will overwrite is copied before it is resumed. Pyodide 314.0.7 makes
 * a new buffer for each copy, and making it takes the browser ten times as long as the copying.
 *
 * Invariant: a buffer is kept here only after its bytes have been put back; then nothing else refers to it.
 */
import type { EmscriptenModule } from './cpython/emscripten-module.ts';

/** How many buffers of one size are kept. In a round of switches each resumed fiber leaves one for the next. */
const KEPT = 4;
/** How many bytes are kept in all. When there are more, the size that came first goes. */
const MOST = 4 * 1024 * 1024;

class Buffers {
  readonly #bySize = new Map<number, Uint8Array[]>();
  #bytes = 0;

  take(size: number): Uint8Array {
    const kept = this.#bySize.get(size)?.pop();
    if (kept === undefined) return new Uint8Array(size);
    this.#bytes -= size;
    return kept;
  }

  give(buffer: Uint8Array): void {
    const size = buffer.length;
    if (size === 0 || size > MOST) return;
    let same = this.#bySize.get(size);
    if (same === undefined) this.#bySize.set(size, (same = []));
    else if (same.length >= KEPT) return;
    same.push(buffer);
    this.#bytes += size;
    for (const [first, buffers] of this.#bySize) {
      if (this.#bytes <= MOST) break;
      this.#bytes -= first * buffers.length;
      this.#bySize.delete(first);
    }
  }
}

export function keepCopies(module: EmscriptenModule): void {
  const { prototype } = module.StackState;
  const { restore } = prototype;
  const buffers = new Buffers();

  prototype._save_up_to = function (stop) {
    const before = this._copy;
    const size = stop - this.start;
    if (size <= before.length) return 0;
    const copy = buffers.take(size);
    copy.set(before);
    copy.set(module.HEAPU8.subarray(this.start + before.length, stop), before.length);
    this._copy = copy;
    buffers.give(before);
    return size;
  };
  prototype.restore = function () {
    const copy = this._copy;
    const bytes = restore.call(this);
    buffers.give(copy);
    return bytes;
  };
}
