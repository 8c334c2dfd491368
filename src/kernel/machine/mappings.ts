/**
 * Files that are mapped into memory with MAP_SHARED, in place of Emscripten's way, which makes a copy for each mapping and writes it
 * back to whatever the descriptor stands for when the mapping ends.
 *
 * Invariant: while a file is mapped its bytes are in Python's memory, and there alone: all mappings, `read` and `write` see the same.
 * Only a file that has grown beyond what was mapped has the old mapping beside it, which is written back when it ends.
 */
import type { EmscriptenModule } from './cpython/emscripten-module.ts';
import type { FileNode, FileOperations, FileSystem, Mapped, Stream } from './cpython/file-system.ts';
import { apply, copyOf, difference } from './memory-changes.ts';

const MAP_PRIVATE = 2;
const PROT_WRITE = 2;
const page = 65_536;

/** A piece of Python's memory with the bytes of a file, from its beginning on. */
interface Area {
  readonly node: FileNode;
  readonly start: number;
  readonly size: number;
  /** How many mappings there are in it. */
  mappings: number;
  /** What it had when the file left it because it had grown. */
  left?: Uint8Array<ArrayBuffer>;
}

type Import = (...args: readonly number[]) => number;

export class Mappings {
  #module: EmscriptenModule | undefined;
  #fs: FileSystem | undefined;
  readonly #areas = new Set<Area>();
  /** Told of a file to which a mapping may have written; `now`: that the program wants it to be seen. */
  written: (node: FileNode, now: boolean) => void = () => undefined;
  /** Told of a file with one mapping less. */
  unmapped: (node: FileNode) => void = () => undefined;

  begin(module: EmscriptenModule, fs: FileSystem): void {
    this.#module = module;
    this.#fs = fs;
    const { node, stream } = fs.filesystems.MEMFS.ops_table.file;
    const { setattr } = node;
    node.setattr = (file, attributes) => {
      this.#setAttributes(setattr, file, attributes);
    };
    const { mmap } = stream;
    stream.mmap = (file, length, position, protection, flags) =>
      (flags & MAP_PRIVATE) === 0 || file.node.area !== undefined
        ? this.#map(file, length, position, flags)
        : mmap(file, length, position, protection, flags);
  }

  /** The imports to instantiate with in place of `imports`. */
  guard(imports: WebAssembly.Imports): WebAssembly.Imports {
    const given = imports['env'] ?? {};
    const env = Object.create(given) as WebAssembly.ModuleImports;
    const replace = (name: string, act: (area: Area, protection: number) => void): void => {
      const original = given[name];
      if (typeof original !== 'function') throw new Error(`Pyodide has no import ${name}: is this 314.0.7?`);
      env[name] = (address: number, length: number, protection: number, ...rest: number[]): number => {
        const area = this.#at(address >>> 0);
        if (area === undefined) return (original as Import)(address, length, protection, ...rest);
        act(area, protection);
        return 0;
      };
    };
    replace('_msync_js', (area, protection) => {
      this.#writeBack(area, protection, true);
    });
    replace('_munmap_js', (area, protection) => {
      this.#writeBack(area, protection, false);
      this.#unmap(area);
    });
    return { ...imports, env };
  }

  get #running(): EmscriptenModule {
    if (this.#module === undefined) throw new Error('a file is mapped before its module is there');
    return this.#module;
  }

  #error(name: string): Error {
    const fs = this.#fs as FileSystem;
    return new fs.ErrnoError(this.#running.ERRNO_CODES[name] ?? 0);
  }

  #at(address: number): Area | undefined {
    for (const area of this.#areas) if (address >= area.start && address < area.start + area.size) return area;
    return undefined;
  }

  /** Its bytes; taken anew each time, since Python's memory moves when it grows. */
  #bytes({ start, size }: Area): Uint8Array {
    return this.#running.HEAPU8.subarray(start, start + size);
  }

  #allocate(bytes: number): { start: number; size: number } {
    const size = Math.ceil(bytes / page) * page;
    const start = this.#running._emscripten_builtin_memalign(page, size) >>> 0;
    if (start === 0) throw this.#error('ENOMEM');
    return { start, size };
  }

  #map({ node }: Stream, length: number, position: number, flags: number): Mapped {
    if ((flags & MAP_PRIVATE) !== 0) {
      const { start, size } = this.#allocate(length);
      const bytes = this.#running.HEAPU8.subarray(start, start + size);
      bytes.fill(0).set(node.contents.subarray(position, Math.min(position + length, node.usedBytes)));
      return { ptr: start, allocated: true };
    }
    let area = node.area as Area | undefined;
    if (area === undefined || position + length > area.size) {
      const wanted = Math.max(node.usedBytes, position + length);
      const next: Area = { node, ...this.#allocate(wanted), mappings: 0 };
      const bytes = this.#bytes(next);
      bytes.fill(0).set(node.contents.subarray(0, node.usedBytes));
      if (area !== undefined) this.#leave(area);
      this.#settle(next);
      area = next;
    }
    area.mappings += 1;
    return { ptr: area.start + position, allocated: false };
  }

  /** From now on the file's bytes are in `area`. */
  #settle(area: Area): void {
    const { node } = area;
    this.#areas.add(area);
    node.area = area;
    Object.defineProperty(node, 'contents', {
      configurable: true,
      enumerable: true,
      get: () => this.#bytes(area),
      set: (contents: Uint8Array) => {
        if (contents.length > area.size) {
          this.#leave(area);
          node.contents = contents;
          return;
        }
        this.#bytes(area).fill(0, contents.length).set(contents);
      },
    });
  }

  /** The file's bytes are not in `area` any more. */
  #leave(area: Area): void {
    const { node } = area;
    node.area = undefined;
    // Mapped still: what changes in it from now on is written back.
    if (area.mappings > 0) area.left = copyOf(this.#bytes(area));
    const value = new Uint8Array(node.usedBytes);
    value.set(this.#bytes(area).subarray(0, node.usedBytes));
    Object.defineProperty(node, 'contents', { configurable: true, enumerable: true, writable: true, value });
  }

  #writeBack(area: Area, protection: number, now: boolean): void {
    if ((protection & PROT_WRITE) === 0) return;
    if (area.left) {
      const change = difference(this.#bytes(area), area.left);
      if (change) {
        apply(change, area.left);
        apply(change, area.node.contents);
      }
    }
    this.written(area.node, now);
  }

  #unmap(area: Area): void {
    const { node } = area;
    area.mappings -= 1;
    if (area.mappings === 0) {
      if (!area.left) this.#leave(area);
      this.#areas.delete(area);
      this.#running._emscripten_builtin_free(area.start);
    }
    this.unmapped(node);
  }

  #setAttributes(
    original: FileOperations['node']['setattr'],
    node: FileNode,
    attributes: { size?: number | undefined },
  ): void {
    const { size, ...rest } = attributes;
    if (size === undefined) {
      original(node, attributes);
      return;
    }
    const area = node.area as Area | undefined;
    if (area !== undefined && size > area.size) this.#leave(area);
    if (node.area !== undefined) {
      original(node, rest);
      // What is cut off and comes back later is 0.
      node.contents.fill(0, Math.min(size, node.usedBytes));
      node.usedBytes = size;
      return;
    }
    original(node, attributes);
  }
}
