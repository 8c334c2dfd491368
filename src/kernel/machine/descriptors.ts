/**
 * The table of descriptors: which number stands for which open file. Emscripten keeps it, so that C and Python see one;
 * an open file of ours is known here by its number, and Python has the rest (src/kernel/python/_os_kernel/files/table.py).
 *
 * Invariant: every change of the table that Python has not made itself is told to it, in order, before Python looks.
 */
import type { EmscriptenModule } from './cpython/emscripten-module.ts';
import { becomeSocket, type FileNode, type FileSystem, type Stream } from './cpython/file-system.ts';

const O_ACCMODE = 3;
const O_WRONLY = 1;
const FIFO = 0o010000;
const CHARACTER_DEVICE = 0o020000;
/** Linux's number of `/dev/zero`. */
const ZERO = { major: 1, minor: 5 } as const;
/** How many descriptors a process may have. */
const MOST_DESCRIPTORS = 1 << 15;
/** Blocks and modes of what `fstat` tells of an open file of ours. */
const BLOCK = 4096;

/** What has changed: `file` is a number of an open file, ours or (`unlocked`) Emscripten's. */
type Change =
  | readonly ['closed', fd: number, file: number]
  | readonly ['copied', fd: number, file: number]
  | readonly ['flags', flags: number, file: number]
  | readonly ['unlocked', fd: number, file: number];

/** A buffer of Python's, in the interpreter's memory. */
interface HeldBuffer {
  getBuffer(type: 'u8'): { readonly data: Uint8Array };
}

/** What Python may call; the names follow Python's rules (src/kernel/python/_os_kernel/machine.py). */
export interface DescriptorOperations {
  /** `flag` is one byte, set to 1 when there is a change to ask for. */
  descriptor_notice(flag: HeldBuffer): void;
  /** The oldest change that was not asked for, or undefined. */
  descriptor_change(): Change | undefined;
  /** A descriptor of Python's open file: `fd`, or the lowest that is free where it is -1. -1 if there is none. */
  descriptor_open(
    file: number,
    mode: number,
    inode: number,
    flags: number,
    closeOnExec: boolean,
    path: string,
    fd: number,
  ): number;
  descriptor_close(fd: number): void;
  descriptor_flags(fd: number, flags: number): void;
  /** Of a descriptor of Emscripten's: four times its open file's number, and 0 nothing, 1 a file, 2 a stream, 3 a device. */
  descriptor_foreign(fd: number): number;
  /** Tells by `unlocked` when the last descriptor of Emscripten's open file is closed. */
  descriptor_watch(fd: number): void;
  /** Makes a named pipe; the name of the error if it cannot. */
  fifo_make(path: string, mode: number, number: number): string;
  /** Makes the file that a socket of AF_UNIX is bound to; the name of the error if it cannot. */
  socket_make(path: string, number: number): string;
  /** The number of the socket that was bound to `path`, or the name of the error. */
  socket_at(path: string): number | string;
}

export class Descriptors {
  #module: EmscriptenModule | undefined;
  #fs: FileSystem | undefined;
  #changes: Change[] = [];
  #notice = 0;
  #numbers = 0;
  #silent = false;
  fifos = 0;
  /** Called when Python has something to look at. */
  changed: () => void = () => undefined;
  /** Whether descriptors of the keyboard are a terminal's. */
  terminal: () => boolean = () => false;

  /** Whether there are changes that Python has not taken yet. */
  get unsettled(): boolean {
    return this.#changes.length > 0;
  }

  get fs(): FileSystem {
    if (this.#fs === undefined) throw new Error('the file system is not there yet');
    return this.#fs;
  }

  begin(module: EmscriptenModule, fs: FileSystem): void {
    this.#module = module;
    this.#fs = fs;
    // Emscripten's own limit of 4096 would end at 2048 connections with both ends in one process.
    fs.MAX_OPEN_FDS = MOST_DESCRIPTORS;
    const close = fs.close.bind(fs);
    const dupStream = fs.dupStream.bind(fs);
    fs.close = (stream) => {
      const { fd } = stream;
      close(stream);
      if (fd !== null) this.#wasClosed(fd, stream);
    };
    fs.dupStream = (stream, fd) => {
      const made = dupStream(stream, fd);
      made.closeOnExec = false;
      if (made.file !== undefined) {
        this.#dress(made);
        this.#tell(['copied', made.fd ?? -1, made.file]);
      }
      return made;
    };
    this.#makeDevices(fs);
  }

  #makeDevices(fs: FileSystem): void {
    const zero = fs.makedev(ZERO.major, ZERO.minor);
    fs.registerDevice(zero, {
      read: (_stream: Stream, into: Int8Array, offset: number, length: number) => {
        into.fill(0, offset, offset + length);
        return length;
      },
      write: (_stream: Stream, _from: Int8Array, _offset: number, length: number) => length,
      llseek: () => 0,
    });
    fs.mkdev('/dev/zero', 0o666, zero);
    fs.symlink('/proc/self/fd', '/dev/fd');
  }

  #wasClosed(fd: number, stream: Stream): void {
    if (stream.file !== undefined) this.#tell(['closed', fd, stream.file]);
    const { shared } = stream;
    if (shared.watched && !this.fs.streams.some((other) => other?.shared === shared))
      this.#tell(['unlocked', fd, shared.number ?? 0]);
  }

  #tell(change: Change): void {
    if (this.#silent) return;
    this.#changes.push(change);
    if (this.#changes.length > 1) return;
    if (this.#module !== undefined && this.#notice > 0) this.#module.HEAPU8[this.#notice] = 1;
    this.changed();
  }

  /** C has set the status flags of an open file of ours. */
  flagsChanged(stream: Stream): void {
    if (stream.file !== undefined) this.#tell(['flags', stream.flags, stream.file]);
  }

  /** What Emscripten does not copy with a descriptor. */
  #dress(stream: Stream): void {
    if ((stream.node.mode & 0o170000) !== CHARACTER_DEVICE) return;
    const ops = { ioctl_tiocgwinsz: () => [24, 80] };
    Object.defineProperty(stream, 'tty', { get: () => (this.terminal() ? { ops } : undefined) });
  }

  #silently<Result>(work: () => Result): Result {
    this.#silent = true;
    try {
      return work();
    } finally {
      this.#silent = false;
    }
  }

  readonly #streamOperations = {
    // C's calls never get here (`SystemCalls`); that they are there makes a read at an offset fail with ESPIPE.
    read: () => 0,
    write: () => 0,
    getattr: (stream: Stream) => {
      const time = new Date();
      return {
        dev: 1,
        ino: stream.inode ?? 0,
        mode: stream.node.mode,
        nlink: 1,
        uid: 0,
        gid: 0,
        rdev: stream.node.rdev,
        size: 0,
        atime: time,
        mtime: time,
        ctime: time,
        blksize: BLOCK,
        blocks: 0,
      };
    },
  };

  readonly operations: DescriptorOperations = {
    descriptor_notice: (flag) => {
      // Never released: the address stays good.
      this.#notice = flag.getBuffer('u8').data.byteOffset;
    },
    descriptor_change: () => this.#changes.shift(),
    descriptor_open: (file, mode, inode, flags, closeOnExec, path, fd) => {
      const { fs } = this;
      if (fd < 0) {
        fd = 0;
        while (fs.streams[fd]) fd += 1;
        if (fd >= fs.MAX_OPEN_FDS) return -1;
      }
      const node = new fs.FSNode(null, path, mode, 0);
      const fields = { node, path, flags, seekable: false, position: 0, stream_ops: this.#streamOperations };
      this.#dress(fs.createStream({ ...fields, file, inode, closeOnExec }, fd));
      return fd;
    },
    descriptor_close: (fd) => {
      const stream = this.fs.getStream(fd);
      if (stream)
        this.#silently(() => {
          this.fs.close(stream);
        });
    },
    descriptor_flags: (fd, flags) => {
      const stream = this.fs.getStream(fd);
      if (stream) stream.flags = flags;
    },
    descriptor_foreign: (fd) => {
      const stream = this.fs.getStream(fd);
      if (!stream) return 0;
      const { shared, node } = stream;
      shared.number ??= this.#numbers += 1;
      const isStream = /^\/dev\/(?:stdin|stdout|stderr|tty\d?)$/u.test(stream.path);
      return shared.number * 4 + (this.fs.isFile(node.mode) || this.fs.isDir(node.mode) ? 1 : isStream ? 2 : 3);
    },
    descriptor_watch: (fd) => {
      const stream = this.fs.getStream(fd);
      if (stream) stream.shared.watched = true;
    },
    fifo_make: (path, mode, number) =>
      this.#make(path, mode, (node) => {
        // What the process's mask takes off the mode has been taken off.
        node.mode = FIFO | (node.mode & 0o7777);
        node.fifo = number;
        this.fifos += 1;
      }),
    socket_make: (path, number) =>
      this.#make(path, 0o777, (node) => {
        becomeSocket(node, number);
        // Other processes hear of a path when its mode changes.
        this.fs.chmod(path, node.mode & 0o7777);
      }),
    socket_at: (path) => {
      try {
        // What is no socket refuses connections.
        return this.fs.lookupPath(path, { follow: true }).node?.socket ?? 'ECONNREFUSED';
      } catch (error) {
        return this.nameOf(error);
      }
    },
  };

  /** Makes a file without content, and of it what `become` says. */
  #make(path: string, mode: number, become: (node: FileNode) => void): string {
    try {
      become(this.fs.mknod(path, 0o100000 | mode, 0));
      return '';
    } catch (error) {
      return this.nameOf(error);
    }
  }

  /** Of an error of Emscripten's file system. */
  nameOf(error: unknown): string {
    const number = (error as { readonly errno?: number }).errno;
    const codes = Object.entries(this.#module?.ERRNO_CODES ?? {});
    const found = codes.find(([, code]) => code === number);
    if (found === undefined) throw error;
    return found[0];
  }
}

/** Whether C may only write by `stream`. */
export const isWriteOnly = (stream: Stream): boolean => (stream.flags & O_ACCMODE) === O_WRONLY;
/** Whether C may only read by `stream`. */
export const isReadOnly = (stream: Stream): boolean => (stream.flags & O_ACCMODE) === 0;
