/**
 * One process as the broker knows it: where it stands among the others, and what it holds.
 *
 * Invariant: a handle is closed once, by the process or by its end.
 */
import type { BrokerPid, FromBroker, Handle, WaitStatus } from '../../protocol/broker.ts';
import type { Holder, Memory } from './memory.ts';
import type { Pipe, Reader, Writer } from './pipe.ts';
import type { Semaphore, Taker } from './semaphores.ts';

/** What a handle stands for. */
export type Held =
  | { readonly kind: 'reader'; readonly pipe: Pipe; readonly reader: Reader }
  | { readonly kind: 'writer'; readonly pipe: Pipe; readonly writer: Writer }
  | { readonly kind: 'semaphore'; readonly semaphore: Semaphore; readonly taker: Taker }
  | { readonly kind: 'memory'; readonly memory: Memory; readonly holder: Holder };

export interface Birth {
  readonly pid: BrokerPid;
  readonly parent: Process | undefined;
  /** Of its process group. */
  readonly group: BrokerPid;
  readonly session: BrokerPid;
  readonly say: (message: FromBroker) => void;
}

export class Process {
  readonly pid: BrokerPid;
  group: BrokerPid;
  session: BrokerPid;
  /** Undefined when the broker itself is: then nobody asks how it has ended. */
  parent: Process | undefined;
  /** Undefined while it runs. */
  status: WaitStatus | undefined;
  readonly say: (message: FromBroker) => void;
  readonly #held = new Map<Handle, Held>();
  #given = 0;

  constructor({ pid, parent, group, session, say }: Birth) {
    this.pid = pid;
    this.parent = parent;
    this.group = group;
    this.session = session;
    // What is said to a process that has ended is lost.
    this.say = (message) => {
      if (this.status === undefined) say(message);
    };
  }

  get handles(): number {
    return this.#held.size;
  }

  held(handle: Handle): Held | undefined {
    return this.#held.get(handle);
  }

  /** Holds a reading end. The broker chooses the handle where the process has not. */
  read(pipe: Pipe, handle: Handle = this.#next()): Handle {
    const reader: Reader = {
      data: (request, content) => {
        this.say({ type: 'pipe.data', request, content });
      },
      stopped: () => {
        this.say({ type: 'pipe.stopped', handle });
      },
      state: (readable, ended, shared) => {
        this.say({ type: 'pipe.state', handle, readable, ended, shared });
      },
    };
    this.#hold(handle, { kind: 'reader', pipe, reader });
    return handle;
  }

  /** Holds a writing end. */
  write(pipe: Pipe, handle: Handle = this.#next()): Handle {
    const writer: Writer = {
      taken: (bytes) => {
        this.say({ type: 'pipe.taken', handle, bytes });
      },
      broken: () => {
        this.say({ type: 'pipe.broken', handle });
      },
    };
    this.#hold(handle, { kind: 'writer', pipe, writer });
    return handle;
  }

  /** Has a semaphore open. */
  open(semaphore: Semaphore, handle: Handle = this.#next()): Handle {
    const taker: Taker = {
      taken: (request, taken) => {
        this.say({ type: 'semaphore.taken', request, taken });
      },
    };
    this.#hold(handle, { kind: 'semaphore', semaphore, taker });
    return handle;
  }

  /** Shares memory. */
  share(memory: Memory, handle: Handle = this.#next()): Handle {
    const holder: Holder = {
      changed: (change, taken) => {
        this.say({ type: 'memory.changed', handle, taken, ...change });
      },
      taken: (taken) => {
        this.say({ type: 'memory.taken', handle, taken });
      },
    };
    memory.hold(holder);
    this.#hold(handle, { kind: 'memory', memory, holder });
    return handle;
  }

  /** The handle by which it shares this memory already. */
  shares(memory: Memory): Handle | undefined {
    for (const [handle, held] of this.#held) if (held.kind === 'memory' && held.memory === memory) return handle;
    return undefined;
  }

  #next(): Handle {
    this.#given -= 1;
    return this.#given;
  }

  #hold(handle: Handle, held: Held): void {
    this.#held.set(handle, held);
  }

  /** Tells those pipes that it holds the ends that it was given; not before it knows them. */
  take(handles: Iterable<Handle>): void {
    for (const handle of handles) {
      const held = this.#held.get(handle);
      if (held?.kind === 'reader') held.pipe.addReader(held.reader);
      if (held?.kind === 'writer') held.pipe.addWriter(held.writer);
    }
  }

  close(handle: Handle): void {
    const held = this.#held.get(handle);
    this.#held.delete(handle);
    switch (held?.kind) {
      case 'reader':
        held.pipe.removeReader(held.reader);
        return;
      case 'writer':
        held.pipe.removeWriter(held.writer);
        return;
      case 'semaphore':
        held.semaphore.forget(held.taker);
        return;
      case 'memory':
        held.memory.forget(held.holder);
        return;
      case undefined:
        return;
      default:
        held satisfies never;
    }
  }

  closeAll(): void {
    for (const handle of [...this.#held.keys()]) this.close(handle);
  }
}
