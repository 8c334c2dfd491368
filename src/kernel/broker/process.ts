/**
 * One process as the broker knows it: where it stands among the others, and what it holds.
 *
 * Invariant: a handle is closed once, by the process or by its end.
 */
import type { BrokerPid, FromBroker, Handle, WaitStatus } from '../../protocol/broker.ts';
import type { End, EndHolder } from './connections.ts';
import type { Holder, Memory } from './memory.ts';
import { Parcel } from './passing.ts';
import type { Pipe, Reader, Writer } from './pipe.ts';
import type { Semaphore, Taker } from './semaphores.ts';
import type { Bound, NameHolder } from './socket-names.ts';

/** What a handle stands for. */
export type Held =
  | { readonly kind: 'reader'; readonly pipe: Pipe; readonly reader: Reader }
  | { readonly kind: 'writer'; readonly pipe: Pipe; readonly writer: Writer }
  | { readonly kind: 'end'; readonly end: End; readonly holder: EndHolder }
  | { readonly kind: 'bound'; readonly bound: Bound; readonly holder: NameHolder; readonly released: () => void }
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
  /** Which share of the ports that are given to who asks for none is its own. */
  portShare = 0;
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
  read(pipe: Pipe, handle: Handle = this.next()): Handle {
    this.#hold(handle, { kind: 'reader', pipe, reader: this.#reader(handle) });
    return handle;
  }

  /** Holds a writing end. */
  write(pipe: Pipe, handle: Handle = this.next()): Handle {
    this.#hold(handle, { kind: 'writer', pipe, writer: this.#writer(handle) });
    return handle;
  }

  #reader(handle: Handle): Reader {
    return {
      data: (request, content, more, beside) => {
        const data = { type: 'pipe.data', request, content, more } as const;
        if (beside instanceof Parcel) {
          beside.deliver(this, (passed, memories) => {
            this.say({ ...data, passed, memories });
          });
        } else {
          this.say(data);
        }
      },
      stopped: () => {
        this.say({ type: 'pipe.stopped', handle });
      },
      state: (readable, ended, shared) => {
        this.say({ type: 'pipe.state', handle, readable, ended, shared });
      },
    };
  }

  #writer(handle: Handle): Writer {
    return {
      taken: (bytes) => {
        this.say({ type: 'pipe.taken', handle, bytes });
      },
      broken: () => {
        this.say({ type: 'pipe.broken', handle });
      },
    };
  }

  /** What an end of a connection tells this process of, under that handle. */
  endHolder(handle: Handle): EndHolder {
    return {
      ...this.#reader(handle),
      ...this.#writer(handle),
      // It is told by `over`.
      broken: () => undefined,
      shut: (own, receives, sends) => {
        this.say({ type: 'socket.shut', handle, own, receives, sends });
      },
      over: (reset) => {
        this.say({ type: 'socket.over', handle, reset });
      },
    };
  }

  /** Holds an end of a connection; the end knows `holder` already, or learns of it by `take`. */
  end(end: End, handle: Handle = this.next(), holder: EndHolder = this.endHolder(handle)): Handle {
    this.#hold(handle, { kind: 'end', end, holder });
    return handle;
  }

  /** Holds a bound socket; `released` is called when nobody does any more. */
  bound(bound: Bound, released: () => void, handle: Handle = this.next()): Handle {
    const holder: NameHolder = {
      waiting: (waiting, shared) => {
        this.say({ type: 'socket.waiting', handle, waiting, shared });
      },
    };
    this.#hold(handle, { kind: 'bound', bound, holder, released });
    return handle;
  }

  /** Holds what another process holds; answers with the handle. */
  inherit(held: Held): Handle {
    switch (held.kind) {
      case 'reader':
        return this.read(held.pipe);
      case 'writer':
        return this.write(held.pipe);
      case 'end':
        return this.end(held.end);
      case 'bound':
        return this.bound(held.bound, held.released);
      case 'semaphore':
        return this.open(held.semaphore);
      case 'memory':
        return this.share(held.memory);
    }
  }

  /** Has a semaphore open. */
  open(semaphore: Semaphore, handle: Handle = this.next()): Handle {
    const taker: Taker = {
      taken: (request, taken) => {
        this.say({ type: 'semaphore.taken', request, taken });
      },
    };
    this.#hold(handle, { kind: 'semaphore', semaphore, taker });
    return handle;
  }

  /** Shares memory. */
  share(memory: Memory, handle: Handle = this.next()): Handle {
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

  /** A handle that the broker chooses. */
  next(): Handle {
    this.#given -= 1;
    return this.#given;
  }

  #hold(handle: Handle, held: Held): void {
    this.#held.set(handle, held);
  }

  /** Tells what it was given that it holds it; not before it knows that itself. */
  take(handles: Iterable<Handle>): void {
    for (const handle of handles) {
      const held = this.#held.get(handle);
      if (held?.kind === 'reader') held.pipe.addReader(held.reader);
      if (held?.kind === 'writer') held.pipe.addWriter(held.writer);
      if (held?.kind === 'end') held.end.add(held.holder);
      if (held?.kind === 'bound') held.bound.add(held.holder);
    }
  }

  /** `reset`: of a socket, whose program has not taken all. */
  close(handle: Handle, reset = false): void {
    const held = this.#held.get(handle);
    this.#held.delete(handle);
    switch (held?.kind) {
      case 'reader':
        held.pipe.removeReader(held.reader);
        return;
      case 'writer':
        held.pipe.removeWriter(held.writer);
        return;
      case 'end':
        held.end.remove(held.holder, reset);
        return;
      case 'bound':
        held.bound.remove(held.holder);
        if (held.bound.idle) held.released();
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
