/**
 * Memory that processes share: bytes that each holder has a copy of, and tells its changes of.
 *
 * Invariant: all changes of one object are in one order, that in which they came here, and every holder is told those of all
 * others in that order. With each it is told how many of its own came before, so that it knows which of its own are later.
 */
import type { BrokerError, MemoryChange, ToBroker } from '../../protocol/broker.ts';
import { apply } from '../machine/memory-changes.ts';
import type { Process } from './process.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export interface Holder {
  /** Another holder has changed something, after `taken` changes of this one. */
  changed(change: MemoryChange, taken: number): void;
  /** So many changes of this holder have come. */
  taken(taken: number): void;
}

/** Bytes that all objects of a tree may have; each process that holds one has two copies of it. */
const mostBytes = 1 << 30;

export class Memory {
  content: Bytes;
  readonly mode: number;
  /** Holders, and how many changes of each have come. */
  readonly #holders = new Map<Holder, number>();
  readonly #all: Memories;

  constructor(all: Memories, content: Bytes, mode: number) {
    this.#all = all;
    this.content = content;
    this.mode = mode;
    all.add(this);
  }

  get held(): boolean {
    return this.#holders.size > 0;
  }

  hold(holder: Holder): void {
    this.#holders.set(holder, 0);
  }

  forget(holder: Holder): void {
    this.#holders.delete(holder);
    this.#all.look(this);
  }

  change(by: Holder, change: MemoryChange, confirm: boolean): void {
    const count = (this.#holders.get(by) ?? 0) + 1;
    this.#holders.set(by, count);
    const { size } = change;
    if (size !== undefined) {
      const content = new Uint8Array(size);
      content.set(this.content.subarray(0, size));
      this.content = content;
    }
    apply(change, this.content);
    for (const [holder, taken] of this.#holders) if (holder !== by) holder.changed(change, taken);
    if (confirm) by.taken(count);
  }
}

export class Memories {
  readonly #named = new Map<string, Memory>();
  readonly #names = new Map<Memory, string>();
  readonly #alive = new Set<Memory>();

  /** How many there are. */
  get size(): number {
    return this.#alive.size;
  }

  /** Bytes that there is still room for. */
  get room(): number {
    return mostBytes - [...this.#alive].reduce((sum, { content }) => sum + content.length, 0);
  }

  add(memory: Memory): void {
    this.#alive.add(memory);
  }

  find(name: string): Memory | undefined {
    return this.#named.get(name);
  }

  /** Of a name that none has. */
  make(name: string, mode: number): Memory {
    const memory = new Memory(this, new Uint8Array(0), mode);
    this.#named.set(name, memory);
    this.#names.set(memory, name);
    return memory;
  }

  /** False if there is none. */
  unlink(name: string): boolean {
    const memory = this.#named.get(name);
    if (!memory) return false;
    this.#named.delete(name);
    this.#names.delete(memory);
    this.look(memory);
    return true;
  }

  /** Forgets what neither a process holds nor a name leads to. */
  look(memory: Memory): void {
    if (!memory.held && !this.#names.has(memory)) this.#alive.delete(memory);
  }
}

type Call = Extract<ToBroker, { type: `memory.${string}` }>;

/** Does what a process asks for. */
export function memoryCall(memories: Memories, process: Process, message: Call): void {
  switch (message.type) {
    case 'memory.make':
      process.share(new Memory(memories, message.content, message.mode), message.handle);
      return;
    case 'memory.changed': {
      const held = process.held(message.handle);
      const { size, runs, content, confirm } = message;
      const change = { runs, content, ...(size !== undefined && { size }) };
      if (held?.kind === 'memory') held.memory.change(held.holder, change, confirm);
      return;
    }
    case 'memory.unlink': {
      const there = memories.unlink(message.name);
      process.say({ type: 'memory.unlinked', request: message.request, ...(!there && { error: 'ENOENT' }) });
      return;
    }
    case 'memory.open':
      open(memories, process, message);
      return;
    default:
      message satisfies never;
  }
}

function open(memories: Memories, process: Process, message: Extract<Call, { type: 'memory.open' }>): void {
  const { request, name, create } = message;
  const { room } = memories;
  const there = memories.find(name);
  const error = cannotOpen(there, create, room);
  if (error) {
    const nothing = { content: new Uint8Array(0), mode: 0, room };
    process.say({ type: 'memory.opened', request, error, handle: message.handle, ...nothing });
    return;
  }
  const memory = there ?? memories.make(name, message.mode);
  const handle = process.shares(memory) ?? process.share(memory, message.handle);
  const { content, mode } = memory;
  process.say({ type: 'memory.opened', request, handle, content, mode, room });
}

function cannotOpen(
  there: Memory | undefined,
  create: 'missing' | 'new' | undefined,
  room: number,
): BrokerError | undefined {
  if (there) return create === 'new' ? 'EEXIST' : undefined;
  if (create === undefined) return 'ENOENT';
  return room > 0 ? undefined : 'ENOMEM';
}
