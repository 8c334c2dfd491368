/**
 * The system calls of C that concern descriptors, in place of Emscripten's where those know nothing of what is ours, or
 * of what Linux does: FD_CLOEXEC, O_NONBLOCK that can be taken back, reads and writes that wait.
 *
 * Invariant: a call on a file of Emscripten's own reaches Emscripten's.
 */
import type { CCalls, Call } from './c-calls.ts';
import type { EmscriptenModule } from './cpython/emscripten-module.ts';
import type { Stream } from './cpython/file-system.ts';
import { isReadOnly, isWriteOnly, type Descriptors } from './descriptors.ts';

const F_DUPFD = 0;
const F_GETFD = 1;
const F_SETFD = 2;
const F_SETFL = 4;
const F_DUPFD_CLOEXEC = 1030;
const FD_CLOEXEC = 1;
const FIONCLEX = 0x5450;
const FIOCLEX = 0x5451;
const FIONBIO = 0x5421;
const O_NONBLOCK = 0o4000;
const O_CLOEXEC = 0o2000000;
/** What F_SETFL can change: O_APPEND, O_NONBLOCK, O_ASYNC, O_DIRECT, O_NOATIME. */
const SETTABLE = 0o2000 | O_NONBLOCK | 0o20000 | 0o40000 | 0o1000000;
/** What `open` is told and F_GETFL does not tell: O_CREAT, O_EXCL, O_NOCTTY, O_TRUNC, O_CLOEXEC. */
const ONLY_OPENING = 0o100 | 0o200 | 0o400 | 0o1000 | O_CLOEXEC;
/** The folder that relative paths start from. */
const AT_FDCWD = -100;

/** Another name of an open descriptor. */
const NAMED = /^\/(?:dev\/fd|proc\/self\/fd)\/(\d+)$/u;

type Import = (...args: readonly number[]) => number;

export class SystemCalls {
  #module: EmscriptenModule | undefined;
  readonly #descriptors: Descriptors;
  readonly #calls: CCalls;

  constructor(descriptors: Descriptors, calls: CCalls) {
    this.#descriptors = descriptors;
    this.#calls = calls;
  }

  begin(module: EmscriptenModule): void {
    this.#module = module;
  }

  /** The imports to instantiate with in place of `imports`. */
  guard(imports: WebAssembly.Imports): WebAssembly.Imports {
    const layer = (namespace: string, make: (original: (name: string) => Import) => Record<string, Import>) => {
      const given = imports[namespace] ?? {};
      const original = (name: string): Import => {
        if (typeof given[name] !== 'function') throw new Error(`Pyodide has no import ${name}: is this 314.0.7?`);
        return given[name] as Import;
      };
      return Object.assign(Object.create(given) as WebAssembly.ModuleImports, make(original));
    };
    return {
      ...imports,
      env: layer('env', (original) => ({
        __syscall_fcntl64: this.#fcntl(original('__syscall_fcntl64')),
        __syscall_ioctl: this.#ioctl(original('__syscall_ioctl')),
        __syscall_dup3: this.#dup3(original('__syscall_dup3')),
        __syscall_openat: this.#openat(original('__syscall_openat')),
      })),
      wasi_snapshot_preview1: layer('wasi_snapshot_preview1', (original) => ({
        fd_read: this.#read(original('fd_read')),
        fd_write: this.#write(original('fd_write')),
      })),
    };
  }

  get #running(): EmscriptenModule {
    if (this.#module === undefined) throw new Error('C calls before its module is there');
    return this.#module;
  }

  #stream(fd: number): Stream | undefined {
    return this.#module === undefined ? undefined : (this.#descriptors.fs.getStream(fd) ?? undefined);
  }

  /** The stream, if it is one of ours. */
  #own(fd: number): (Stream & { readonly file: number }) | undefined {
    const stream = this.#stream(fd);
    return stream?.file === undefined ? undefined : (stream as Stream & { readonly file: number });
  }

  #errno(name: string): number {
    return this.#running.ERRNO_CODES[name] ?? this.#running.ERRNO_CODES['EIO'] ?? 0;
  }

  /** An argument after the fixed ones. */
  #argument(varargs: number): number {
    return this.#running.HEAP32[(varargs >>> 0) >> 2] ?? 0;
  }

  #buffers(vector: number, count: number): Uint8Array[] {
    const { HEAPU8, HEAPU32 } = this.#running;
    return Array.from({ length: count }, (_, index) => {
      const at = ((vector >>> 0) >> 2) + 2 * index;
      const start = HEAPU32[at] ?? 0;
      return HEAPU8.subarray(start, start + (HEAPU32[at + 1] ?? 0));
    });
  }

  /** Tells C how many bytes were read or written; the call itself has succeeded. */
  #count(at: number, bytes: number): number {
    this.#running.HEAPU32[(at >>> 0) >> 2] = bytes;
    return 0;
  }

  #read(original: Import): Import {
    return (fd = 0, vector = 0, count = 0, done = 0) => {
      const stream = this.#own(fd);
      if (stream === undefined) return original(fd, vector, count, done);
      if (isWriteOnly(stream)) return this.#errno('EBADF');
      const buffers = this.#buffers(vector, count);
      const size = buffers.reduce((sum, { length }) => sum + length, 0);
      if (size === 0) return this.#count(done, 0);
      const outcome = this.#calls.make(() => ({ kind: 'read', file: stream.file, size }));
      if ('error' in outcome) return this.#errno(outcome.error);
      let left = typeof outcome.value === 'number' ? new Uint8Array() : outcome.value;
      const { length } = left;
      for (const buffer of buffers) {
        buffer.set(left.subarray(0, buffer.length));
        left = left.subarray(buffer.length);
      }
      return this.#count(done, length);
    };
  }

  #write(original: Import): Import {
    return (fd = 0, vector = 0, count = 0, done = 0) => {
      const stream = this.#own(fd);
      if (stream === undefined) return original(fd, vector, count, done);
      if (isReadOnly(stream)) return this.#errno('EBADF');
      const data = joined(this.#buffers(vector, count));
      if (data.length === 0) return this.#count(done, 0);
      const outcome = this.#calls.make(() => ({ kind: 'write', file: stream.file, data }));
      if ('error' in outcome) return this.#errno(outcome.error);
      return this.#count(done, typeof outcome.value === 'number' ? outcome.value : 0);
    };
  }

  #fcntl(original: Import): Import {
    return (fd = 0, command = 0, varargs = 0) => {
      const stream = this.#stream(fd);
      if (stream === undefined) return original(fd, command, varargs);
      switch (command) {
        case F_DUPFD:
        case F_DUPFD_CLOEXEC:
          return this.#duplicate(stream, this.#argument(varargs), command === F_DUPFD_CLOEXEC);
        case F_GETFD:
          return stream.closeOnExec ? FD_CLOEXEC : 0;
        case F_SETFD:
          stream.closeOnExec = (this.#argument(varargs) & FD_CLOEXEC) !== 0;
          return 0;
        case F_SETFL:
          this.#setFlags(stream, this.#argument(varargs));
          return 0;
        default:
          return original(fd, command, varargs);
      }
    };
  }

  #setFlags(stream: Stream, flags: number): void {
    stream.flags = (stream.flags & ~SETTABLE) | (flags & SETTABLE);
    this.#descriptors.flagsChanged(stream);
  }

  #duplicate(stream: Stream, lowest: number, closeOnExec: boolean): number {
    const { fs } = this.#descriptors;
    if (lowest < 0 || lowest >= fs.MAX_OPEN_FDS) return -this.#errno('EINVAL');
    let fd = lowest;
    while (fs.streams[fd]) fd += 1;
    if (fd >= fs.MAX_OPEN_FDS) return -this.#errno('EMFILE');
    fs.dupStream(stream, fd).closeOnExec = closeOnExec;
    return fd;
  }

  #ioctl(original: Import): Import {
    return (fd = 0, request = 0, varargs = 0) => {
      const stream = this.#stream(fd);
      if (stream === undefined) return original(fd, request, varargs);
      switch (request) {
        case FIOCLEX:
        case FIONCLEX:
          stream.closeOnExec = request === FIOCLEX;
          return 0;
        case FIONBIO: {
          const on = this.#argument(this.#argument(varargs)) !== 0;
          this.#setFlags(stream, on ? stream.flags | O_NONBLOCK : stream.flags & ~O_NONBLOCK);
          return 0;
        }
        default:
          return original(fd, request, varargs);
      }
    };
  }

  #dup3(original: Import): Import {
    return (fd = 0, wanted = 0, flags = 0) => {
      const made = original(fd, wanted, flags);
      const stream = made < 0 ? undefined : this.#stream(made);
      if (stream !== undefined) stream.closeOnExec = (flags & O_CLOEXEC) !== 0;
      return made;
    };
  }

  #openat(original: Import): Import {
    return (folder = 0, path = 0, flags = 0, varargs = 0) => {
      const gone = this.#module !== undefined && this.#isGone(path);
      if (gone) return -this.#errno('ENOENT');
      const special = this.#module === undefined ? undefined : this.#special(folder, path, flags);
      if (special !== undefined) {
        const outcome = this.#calls.make(() => special);
        if ('error' in outcome) return -this.#errno(outcome.error);
        return typeof outcome.value === 'number' ? outcome.value : -this.#errno('EIO');
      }
      const fd = original(folder, path, flags, varargs);
      const stream = fd < 0 ? undefined : this.#stream(fd);
      if (stream?.node.socket !== undefined) {
        // A socket of AF_UNIX has a file for its name, which nobody can open.
        this.#descriptors.fs.close(stream);
        return -this.#errno('ENXIO');
      }
      if (stream !== undefined) {
        stream.closeOnExec = (flags & O_CLOEXEC) !== 0;
        stream.flags &= ~ONLY_OPENING;
      }
      return fd;
    };
  }

  /** Whether `path` names a descriptor that is not open. */
  #isGone(path: number): boolean {
    const descriptor = NAMED.exec(this.#running.UTF8ToString(path >>> 0))?.[1];
    return descriptor !== undefined && this.#stream(Number(descriptor)) === undefined;
  }

  /** The call for Python to answer, where `path` names a named pipe or an open file of ours. */
  #special(folder: number, path: number, flags: number): Call | undefined {
    const name = this.#running.UTF8ToString(path >>> 0);
    const descriptor = name === '/dev/stdin' ? '0' : NAMED.exec(name)?.[1];
    const own = descriptor === undefined ? undefined : this.#own(Number(descriptor));
    if (own !== undefined) return { kind: 'reopen', file: own.file, flags };
    const { fifos, fs } = this.#descriptors;
    if (fifos === 0 || (folder !== AT_FDCWD && !name.startsWith('/'))) return undefined;
    try {
      const fifo = fs.lookupPath(name, { follow: true, noent_okay: true }).node?.fifo;
      return fifo === undefined ? undefined : { kind: 'fifo', file: fifo, flags };
    } catch {
      // Emscripten finds the same and says it.
      return undefined;
    }
  }
}

function joined(buffers: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(buffers.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const buffer of buffers) {
    whole.set(buffer, at);
    at += buffer.length;
  }
  return whole;
}
