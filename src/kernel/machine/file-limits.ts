/**
 * How large a file in memory can be. Emscripten asks JavaScript for whatever size a program names, and what that throws would end
 * the interpreter.
 *
 * Invariant: a size that cannot be had is an error of the call, as on a full disk.
 */
import type { EmscriptenModule } from './cpython/emscripten-module.ts';
import type { FileNode, FileSystem } from './cpython/file-system.ts';

/** Python's memory has addresses of 32 bits. */
const mostBytes = 0xffff_0000;

export class FileLimits {
  /** Bytes that a file may have at most, if it is known to have to stay smaller. */
  limit: (node: FileNode) => number = () => Infinity;

  begin({ ERRNO_CODES }: EmscriptenModule, fs: FileSystem): void {
    const { node, stream } = fs.filesystems.MEMFS.ops_table.file;
    const check = <Result>(file: FileNode, size: number, full: string, act: () => Result): Result => {
      const failed = (name: string): Error => new fs.ErrnoError(ERRNO_CODES[name] ?? 0);
      if (size > mostBytes) throw failed('EFBIG');
      if (size > this.limit(file)) throw failed(full);
      try {
        return act();
      } catch (error) {
        throw error instanceof RangeError ? failed(full) : error;
      }
    };
    const { setattr } = node;
    node.setattr = (file, attributes) => {
      check(file, attributes.size ?? 0, 'ENOMEM', () => {
        setattr(file, attributes);
      });
    };
    const { write } = stream;
    stream.write = (file, buffer, offset, length, position, owned) =>
      check(file.node, position + length, 'ENOSPC', () => write(file, buffer, offset, length, position, owned));
  }
}
