/**
 * Memory that this process shares with others: files of which each process has a copy, and tells the others what it changes in it.
 *
 * Beside each object lies its *twin*, what the broker has of it as far as this process knows; what differs from the twin has been
 * changed here. Invariant: it is told before anything that others could take as a sign of it (`release`), and what others tell is
 * in place before Python sees what they said after it. Of two processes that change one byte at the same time, the change that
 * reaches the broker last counts for all.
 */
import type { FromBroker, GivenMemory, Handle, MemoryChange, ToBroker } from '../../protocol/broker.ts';
import type { FileNode, FileSystem } from './cpython/file-system.ts';
import type { FileLimits } from './file-limits.ts';
import type { Mappings } from './mappings.ts';
import type { OwnImports } from './own-imports.ts';
import { apply, copyOf, difference, outside, zeros } from './memory-changes.ts';

/** At the end of a time slice it is looked after so many milliseconds at the earliest. */
const pause = 20;
/** Looking takes this part of the time at most, unless something is to be released. */
const share = 1 / 10;
/** After so many changes, or one of more bytes than that, the broker is asked whether it has taken them. */
const mostUnderWay = 16;
const small = 65_536;
/** Bytes that one object can have: each process that holds it has two copies. */
const mostBytes = 512 << 20;
const O_ACCMODE = 3;
const permissions = 0o7777;

/** What is no sign of anything to another process. */
const silent: ReadonlySet<ToBroker['type']> = new Set([
  'memory.changed',
  'memory.make',
  'memory.open',
  'memory.unlink',
  'pipe.read',
  'pipe.stop',
  'process.reaped',
  'semaphore.ask',
  'semaphore.open',
  'semaphore.take',
  'semaphore.withdraw',
  'signal.taken',
]);

const nothing: MemoryChange = { runs: new Uint32Array(0), content: new Uint8Array(0) };

type Heard = Extract<FromBroker, { type: 'memory.changed' | 'memory.taken' }>;

interface Shared {
  readonly handle: Handle;
  readonly mode: number;
  /** Undefined until the process opens it. */
  node: FileNode | undefined;
  twin: Uint8Array<ArrayBuffer>;
  /** How many changes were told. */
  told: number;
  /** The last of them, those that the broker has perhaps not taken yet. */
  underWay: MemoryChange[];
}

export class SharedMemory {
  readonly #fs: FileSystem;
  readonly #mappings: Mappings;
  readonly #limits: FileLimits;
  readonly #tell: (message: ToBroker) => void;
  readonly #now: () => number;
  readonly #byHandle = new Map<Handle, Shared>();
  readonly #byNode = new Map<FileNode, Shared>();
  /** How many answers to `memory.open` are to come: until then nothing is given up that one of them may name. */
  #opening = 0;
  #room = mostBytes;
  #next = 0;
  #later: ReturnType<typeof setTimeout> | undefined;
  #watches = false;
  #unnamed = 0;

  constructor(
    fs: FileSystem,
    { mappings, fileLimits }: Pick<OwnImports, 'mappings' | 'fileLimits'>,
    tell: (message: ToBroker) => void,
    now: () => number,
  ) {
    this.#fs = fs;
    this.#mappings = mappings;
    this.#limits = fileLimits;
    this.#tell = tell;
    this.#now = now;
  }

  /** Whether what the file has is shared, so that its bytes do not travel as those of other files do. */
  has(node: FileNode): boolean {
    return this.#byNode.has(node);
  }

  /** `message` is about to be told to the broker: first goes what was changed before it. */
  release(message: ToBroker): void {
    if (message.type === 'memory.open') this.#opening += 1;
    if (this.#byHandle.size > 0 && !silent.has(message.type)) this.#look();
  }

  /** A time slice is over. */
  slice(): void {
    if (this.#byHandle.size > 0 && this.#now() >= this.#next + pause) this.#look();
  }

  /** The process is about to sleep: looks now, or soon if looking takes long. */
  idle(): void {
    if (this.#byHandle.size === 0 || this.#later !== undefined) return;
    const wait = this.#next - this.#now();
    if (wait <= 0) {
      this.#look();
      return;
    }
    this.#later = setTimeout(() => {
      this.#later = undefined;
      this.#look();
    }, wait);
  }

  #look(): void {
    const began = this.#now();
    for (const shared of this.#byHandle.values()) this.#tellChanges(shared);
    const ended = this.#now();
    this.#next = ended + (ended - began) / share;
  }

  #tellChanges(shared: Shared): void {
    const { node, handle } = shared;
    if (node === undefined) return;
    const size = node.usedBytes;
    const resized = size !== shared.twin.length;
    if (resized) shared.twin = resize(shared.twin, size);
    const found = difference(node.contents.subarray(0, size), shared.twin);
    if (!found && !resized) return;
    const change: MemoryChange = { ...(found ?? nothing), ...(resized && { size }) };
    apply(change, shared.twin);
    shared.told += 1;
    shared.underWay.push(change);
    const confirm = shared.underWay.length % mostUnderWay === 0 || change.content.length > small;
    this.#tell({ type: 'memory.changed', handle, confirm, ...change });
  }

  /** What the broker says by itself. */
  hear(message: Heard): void {
    const shared = this.#byHandle.get(message.handle);
    if (!shared) return;
    const waiting = shared.told - message.taken;
    shared.underWay = waiting === 0 ? [] : shared.underWay.slice(-waiting);
    if (message.type === 'memory.taken') return;
    const { underWay, node } = shared;
    // What is under way comes later in the order that holds for all.
    const { size } = message;
    if (size !== undefined && !underWay.some((own) => own.size !== undefined)) {
      shared.twin = resize(shared.twin, size);
      if (node) this.#fs.truncate(node, size);
    }
    const change = underWay.length === 0 ? message : outside(message, underWay);
    apply(change, shared.twin);
    if (node) apply(change, node.contents.subarray(0, node.usedBytes));
  }

  /** What this process has from its beginning. */
  given(memories: readonly GivenMemory[]): void {
    for (const one of memories) this.#know(one);
  }

  /** An answer to `memory.open`. */
  opened(message: Extract<FromBroker, { type: 'memory.opened' }>): void {
    this.#opening -= 1;
    this.#room = message.room;
    if (message.error === undefined && !this.#byHandle.has(message.handle)) this.#know(message);
    for (const node of [...this.#byNode.keys()])
      if (node !== this.#byHandle.get(message.handle)?.node) this.#giveUp(node);
  }

  #know({ handle, content, mode }: GivenMemory): Shared {
    this.#watch();
    const shared: Shared = { handle, mode, node: undefined, twin: copyOf(content), told: 0, underWay: [] };
    this.#byHandle.set(handle, shared);
    return shared;
  }

  /**
   * Makes the file behind a descriptor shared, if it is mapped or has no name by which another process could open it. Answers with
   * its handle, `handle` if it was not shared before; 0 if it is a file that another process opens by its name; undefined if it is
   * too large.
   */
  share(fd: number, handle: Handle): Handle | undefined {
    const stream = this.#fs.getStream(fd);
    if (!stream || !this.#fs.isFile(stream.node.mode)) return 0;
    const { node, path } = stream;
    const known = this.#byNode.get(node);
    if (known) return known.handle;
    if (node.area === undefined && this.#find(path) === node) return 0;
    if (node.usedBytes > Math.min(mostBytes, this.#room)) return undefined;
    const shared = this.#know({
      handle,
      content: node.contents.slice(0, node.usedBytes),
      mode: node.mode & permissions,
    });
    shared.node = node;
    this.#byNode.set(node, shared);
    this.#tell({ type: 'memory.make', handle, content: shared.twin, mode: shared.mode });
    return handle;
  }

  #find(path: string): FileNode | undefined {
    try {
      return this.#fs.lookupPath(path, { follow: true }).node;
    } catch {
      return undefined;
    }
  }

  /** A new descriptor of what `handle` stands for; -1 if it is gone. Its file is the one at `path` if it was there before. */
  open(handle: Handle, path: string, flags: number, closeOnExec: boolean): number {
    const shared = this.#byHandle.get(handle);
    if (!shared) return -1;
    if (shared.node === undefined) {
      const there = this.#find(path);
      const node = there && this.#fs.isFile(there.mode) && !this.has(there) ? there : this.#nameless(path, shared.mode);
      node.contents = shared.twin.slice();
      node.usedBytes = shared.twin.length;
      shared.node = node;
      this.#byNode.set(node, shared);
    }
    const stream = this.#fs.open(shared.node, flags & O_ACCMODE);
    stream.closeOnExec = closeOnExec;
    return stream.fd ?? -1;
  }

  /** A file that no path leads to. `path` is what it says of itself. */
  #nameless(path: string, mode: number): FileNode {
    this.#unnamed += 1;
    const place = `/dev/shm/.${this.#unnamed}`;
    const node = this.#fs.mknod(place, 0o100000 | mode, 0);
    this.#fs.unlink(place);
    node.name = path.slice(path.lastIndexOf('/') + 1);
    return node;
  }

  /** From the first object on: sees what is closed and unmapped, and that none becomes too large. */
  #watch(): void {
    if (this.#watches) return;
    this.#watches = true;
    const close = this.#fs.close.bind(this.#fs);
    this.#fs.close = (stream) => {
      close(stream);
      this.#giveUp(stream.node);
    };
    this.#mappings.unmapped = (node) => {
      this.#giveUp(node);
    };
    this.#limits.limit = (node) => {
      const shared = this.#byNode.get(node);
      return shared ? Math.min(mostBytes, this.#room + shared.twin.length) : Infinity;
    };
  }

  /** Lets go of an object that this process has neither open nor mapped any more. */
  #giveUp(node: FileNode): void {
    const shared = this.#byNode.get(node);
    if (!shared || this.#opening > 0 || node.area !== undefined) return;
    if (this.#fs.streams.some((stream) => stream?.node === node)) return;
    this.#tellChanges(shared);
    this.#byNode.delete(node);
    this.#byHandle.delete(shared.handle);
    this.#tell({ type: 'handle.close', handle: shared.handle });
  }
}

function resize(bytes: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  const resized = zeros(size);
  resized.set(bytes.subarray(0, size));
  return resized;
}
