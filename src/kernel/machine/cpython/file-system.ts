/** What the kernel needs of Emscripten's file system: the only place that names its private parts (Pyodide 314.0). */

export interface FileNode {
  id: number;
  mode: number;
  readonly rdev: number;
  /** Ours, on a named pipe: its number. */
  fifo?: number;
  /** Ours, where a socket of AF_UNIX was bound: its number. */
  socket?: number;
  name: string;
  /** Of a file in memory: its bytes, of which the first `usedBytes` count. */
  contents: Uint8Array;
  usedBytes: number;
  /** Ours: the piece of Python's memory that the bytes are in while the file is mapped (`mappings.ts`). */
  area?: object | undefined;
}

/** What `mmap` answers: where, and whether Emscripten frees it. */
export interface Mapped {
  readonly ptr: number;
  readonly allocated: boolean;
}

/** What Emscripten does with each file in memory. */
export interface FileOperations {
  readonly node: { setattr: (node: FileNode, attributes: { size?: number | undefined }) => void };
  readonly stream: {
    write: (
      stream: Stream,
      buffer: Uint8Array,
      offset: number,
      length: number,
      position: number,
      owned?: boolean,
    ) => number;
    mmap: (stream: Stream, length: number, position: number, protection: number, flags: number) => Mapped;
  };
}

/** What the descriptors of one open file of Emscripten's share. */
interface Shared {
  flags: number;
  position: number;
  /** Ours: tells this open file from others. */
  number?: number;
  /** Ours: Python asked to be told when its last descriptor is closed. */
  watched?: boolean;
}

/** One descriptor. */
export interface Stream {
  /** Null once it is closed. */
  fd: number | null;
  readonly shared: Shared;
  flags: number;
  readonly node: FileNode;
  readonly path: string;
  readonly stream_ops: object;
  /** Ours: the number of the open file that Python keeps behind it. */
  file?: number;
  /** Ours: FD_CLOEXEC. */
  closeOnExec?: boolean;
  /** Ours: the inode that `fstat` tells. */
  inode?: number;
}

export interface FileSystem {
  readonly streams: readonly (Stream | null | undefined)[];
  /** As many descriptors as there may be. */
  MAX_OPEN_FDS: number;
  readonly filesystems: { readonly MEMFS: { readonly ops_table: { readonly file: FileOperations } } };
  readonly ErrnoError: new (errno: number) => Error;
  readonly FSNode: new (parent: null, name: string, mode: number, device: number) => FileNode;
  getStream(fd: number): Stream | null | undefined;
  createStream(stream: object, fd?: number): Stream;
  dupStream(stream: Stream, fd?: number): Stream;
  close(stream: Stream): void;
  lookupPath(path: string, options: { readonly follow: boolean; readonly noent_okay?: boolean }): { node?: FileNode };
  mknod(path: string, mode: number, device: number): FileNode;
  mkdev(path: string, mode: number, device: number): FileNode;
  makedev(major: number, minor: number): number;
  registerDevice(device: number, operations: object): void;
  symlink(target: string, path: string): void;
  isFile(mode: number): boolean;
  isLink(mode: number): boolean;
  open(path: string | FileNode, flags: number | string, mode?: number): Stream;
  write(stream: Stream, ...rest: unknown[]): number;
  rename(from: string, to: string): void;
  unlink(path: string): void;
  truncate(file: string | FileNode, size: number): void;
  mkdir(path: string, mode?: number): void;
  mkdirTree(path: string): void;
  rmdir(path: string): void;
  chmod(path: string, mode: number): void;
  readdir(path: string): string[];
  readlink(path: string): string;
  readFile(path: string): Uint8Array;
  writeFile(path: string, content: Uint8Array, options?: { readonly canOwn: boolean }): void;
  getPath(node: FileNode): string;
  cwd(): string;
  isDir(mode: number): boolean;
}

/** Makes of a file without content what a socket of AF_UNIX is bound to. */
export function becomeSocket(node: FileNode, number: number): void {
  node.mode = 0o140000 | (node.mode & 0o7777);
  node.socket = number;
}
