/**
 * Files among the processes of a tree: what one has written and closed, another reads. Each process has a file system of its
 * own; a change is told to the others when a file is closed, and when a process starts another or ends.
 *
 * Invariant: a change of another process is applied before anything that this process said after it is seen here, and is not
 * told again. Two that write one file at the same time are not reconciled: the one that closes last wins, whole.
 */
import type { FileChange } from '../../protocol/broker.ts';
import { becomeSocket, type FileNode, type FileSystem } from './cpython/file-system.ts';
import type { SharedMemory } from './shared-memory.ts';

/** What each interpreter has of its own; the library is there, and the distributions that each has installed. */
const own = /^\/(?:dev|proc|usr|lib\/[^/]+\.zip|lib\/[^/]+\/site-packages)(?:\/|$)/u;
const permissions = 0o7777;
const regular = 0o100000;
const O_ACCMODE = 3;
const O_CREAT = 0o100;
const O_TRUNC = 0o1000;

export class SharedFiles {
  readonly #fs: FileSystem;
  readonly #memory: Pick<SharedMemory, 'has'>;
  readonly #tell: (changes: readonly FileChange[]) => void;
  /** Paths that have changed since the start, until the first other process is there; in their order. */
  readonly #changed = new Set<string>();
  /** Files that were written to and are still open. */
  readonly #dirty = new Set<FileNode>();
  #live = false;
  #applying = false;

  constructor(fs: FileSystem, memory: Pick<SharedMemory, 'has'>, tell: (changes: readonly FileChange[]) => void) {
    this.#fs = fs;
    this.#memory = memory;
    this.#tell = tell;
    this.#watch();
  }

  #watch(): void {
    const files = this.#fs;
    const write = files.write.bind(files);
    files.write = (stream, ...rest) => {
      this.#dirty.add(stream.node);
      return write(stream, ...rest);
    };
    const close = files.close.bind(files);
    files.close = (stream) => {
      close(stream);
      if (this.#dirty.has(stream.node) && !this.#isOpen(stream.node)) this.#settle(stream.node);
    };
    const open = files.open.bind(files);
    files.open = (path, flags, mode) => {
      const stream = open(path, flags, mode);
      // A new file, or one that was emptied.
      if (stream.flags & (O_CREAT | O_TRUNC) && files.isFile(stream.node.mode)) this.#dirty.add(stream.node);
      return stream;
    };
    for (const name of ['mkdir', 'rmdir', 'unlink', 'truncate', 'chmod'] as const) this.#after(name, 0);
    this.#after('symlink', 1);
    const rename = files.rename.bind(files);
    files.rename = (from, to) => {
      const before = this.#below(from);
      rename(from, to);
      // What is inside goes first: a folder must be empty.
      for (const path of before.reverse()) this.#note(path);
      for (const path of this.#below(to)) this.#note(path);
    };
  }

  /** Notes the path at `index` of the arguments when a function of the file system has done its work. */
  #after(name: 'mkdir' | 'rmdir' | 'unlink' | 'truncate' | 'chmod' | 'symlink', index: number): void {
    const files = this.#fs as unknown as Record<string, (...values: unknown[]) => unknown>;
    const done = files[name]?.bind(files);
    if (!done) return;
    files[name] = (...values) => {
      const result = done(...values);
      const path = values[index];
      if (typeof path === 'string') this.#note(path);
      return result;
    };
  }

  #isOpen(node: FileNode): boolean {
    return this.#fs.streams.some((stream) => stream?.node === node && (stream.flags & O_ACCMODE) !== 0);
  }

  #settle(node: FileNode): void {
    this.#dirty.delete(node);
    this.#note(this.#fs.getPath(node));
  }

  /** `path` and, of a folder, all that is in it. */
  #below(path: string): string[] {
    const node = this.#find(path);
    if (!node || !this.#fs.isDir(node.mode)) return [path];
    const inside = this.#fs.readdir(path).filter((name) => name !== '.' && name !== '..');
    return [path, ...inside.flatMap((name) => this.#below(`${path}/${name}`))];
  }

  #find(path: string): FileNode | undefined {
    try {
      return this.#fs.lookupPath(path, { follow: false }).node;
    } catch {
      return undefined;
    }
  }

  #note(path: string): void {
    if (this.#applying) return;
    const absolute = path.startsWith('/') ? path : `${this.#fs.cwd()}/${path}`;
    if (own.test(absolute)) return;
    if (!this.#live) {
      this.#changed.delete(absolute);
      this.#changed.add(absolute);
      return;
    }
    const change = this.#stateOf(absolute);
    if (change) this.#tell([change]);
  }

  #stateOf(path: string): FileChange | undefined {
    const node = this.#find(path);
    if (!node) return { kind: 'gone', path };
    const mode = node.mode & permissions;
    if (node.fifo !== undefined) return undefined;
    if (node.socket !== undefined) return { kind: 'socket', path, mode, number: node.socket };
    if (this.#fs.isDir(node.mode)) return { kind: 'folder', path, mode };
    if (this.#fs.isLink(node.mode)) return { kind: 'link', path, target: this.#fs.readlink(path) };
    if (!this.#fs.isFile(node.mode)) return undefined;
    const content = new Uint8Array(this.#fs.readFile(path));
    return { kind: 'file', path, mode, content };
  }

  /** From now on there are other processes: tells all that has changed until now, and whatever changes, at once. */
  begin(): void {
    if (this.#live) return;
    this.#live = true;
    const changes = [...this.#changed].map((path) => this.#stateOf(path)).filter((change) => change !== undefined);
    this.#changed.clear();
    if (changes.length > 0) this.#tell(changes);
  }

  /** A mapping of the file may have written to it; `now`: it is told at once and not when the file is closed. */
  wrote(node: FileNode, now: boolean): void {
    if (now || !this.#isOpen(node)) this.#settle(node);
    else this.#dirty.add(node);
  }

  /** Tells what was written to files that are still open. */
  flush(): void {
    for (const node of [...this.#dirty]) this.#settle(node);
  }

  /** What other processes have changed. */
  apply(changes: readonly FileChange[]): void {
    this.#applying = true;
    try {
      for (const change of changes) this.#apply(change);
    } finally {
      this.#applying = false;
    }
  }

  #apply(change: FileChange): void {
    const { path } = change;
    const there = this.#find(path);
    // What is shared as memory is changed by those who share it, byte by byte.
    if (change.kind === 'file' && there && this.#memory.has(there)) return;
    const parent = path.slice(0, path.lastIndexOf('/'));
    try {
      if (change.kind === 'gone') {
        if (there) this.#remove(path, there);
        return;
      }
      if (parent !== '' && !this.#find(parent)) this.#fs.mkdirTree(parent);
      if (there && !this.#isOfKind(there, change.kind)) this.#remove(path, there);
      if (change.kind === 'folder') {
        if (!this.#find(path)) this.#fs.mkdir(path, change.mode);
        this.#fs.chmod(path, change.mode);
      } else if (change.kind === 'link') {
        if (this.#find(path)) this.#fs.unlink(path);
        this.#fs.symlink(change.target, path);
      } else if (change.kind === 'socket') {
        if (this.#find(path)) this.#fs.unlink(path);
        becomeSocket(this.#fs.mknod(path, regular | change.mode, 0), change.number);
      } else {
        this.#fs.writeFile(path, change.content);
        this.#fs.chmod(path, change.mode);
        const node = this.#find(path);
        if (node) this.#dirty.delete(node);
      }
    } catch {
      // It stands in the way of something that this process has changed meanwhile; that stays.
    }
  }

  #isOfKind(node: FileNode, kind: FileChange['kind']): boolean {
    if (kind === 'folder') return this.#fs.isDir(node.mode);
    if (kind === 'socket' || node.socket !== undefined) return kind === 'socket' && node.socket !== undefined;
    return kind === 'link' ? this.#fs.isLink(node.mode) : this.#fs.isFile(node.mode);
  }

  #remove(path: string, node: FileNode): void {
    if (this.#fs.isDir(node.mode)) this.#fs.rmdir(path);
    else this.#fs.unlink(path);
  }
}
