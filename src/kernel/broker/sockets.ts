/**
 * What processes ask of sockets that reach beyond one of them: names, connections, and those who wait to be accepted.
 *
 * Invariant: a connection that nobody has accepted yet, and what stands beside bytes under way, is held by the *office*, a
 * process that is none; so nothing ends because it is on its way.
 */
import type { BrokerError, FromBroker, Passed, SocketName, ToBroker } from '../../protocol/broker.ts';
import { End } from './connections.ts';
import { Parcel } from './passing.ts';
import { Process } from './process.ts';
import { type Bound, SocketNames, type Waiting } from './socket-names.ts';

type Asked = Extract<ToBroker, { type: `socket.${string}` }>;
type Told = Extract<FromBroker, { type: 'socket.accepted' }>;
type Of<Type extends Asked['type']> = Extract<Asked, { type: Type }>;

export class Sockets {
  readonly #office = new Process({ pid: 0, parent: undefined, group: 0, session: 0, say: () => undefined });
  readonly #names = new SocketNames();

  /** What is held on its way. */
  get underWay(): number {
    return this.#office.handles;
  }

  /** Names that are taken. */
  get names(): number {
    return this.#names.size;
  }

  /** What `from` sends beside some bytes. */
  parcel(from: Process, passed: readonly Passed[] | undefined): Parcel | undefined {
    return passed && new Parcel(from, this.#office, passed);
  }

  receive(process: Process, message: Asked): void {
    switch (message.type) {
      case 'socket.make': {
        const [one, other] = [message.handle, message.peer].map((handle) => ({
          handle,
          holder: process.endHolder(handle),
        }));
        if (!one || !other) return;
        const [end, peer] = End.pair(one.holder, other.holder);
        process.end(end, one.handle, one.holder);
        process.end(peer, other.handle, other.holder);
        return;
      }
      case 'socket.shutdown': {
        const held = process.held(message.handle);
        if (held?.kind !== 'end') return;
        if (message.reset) held.end.reset();
        else held.end.shutdown(held.holder, message.receives, message.sends);
        return;
      }
      case 'socket.bind':
        this.#bind(process, message);
        return;
      case 'socket.listen': {
        const held = process.held(message.handle);
        if (held?.kind === 'bound') this.#lose(held.bound.listen(message.backlog));
        return;
      }
      case 'socket.queue':
        this.#queue(process, message);
        return;
      case 'socket.connect':
        this.#connect(process, message);
        return;
      case 'socket.accept':
        this.#accept(process, message);
        return;
      default:
        message satisfies never;
    }
  }

  #bind(process: Process, { request, handle, name, sharing }: Of<'socket.bind'>): void {
    const bound = this.#names.bind(name, sharing);
    if (bound) {
      const released = (): void => {
        this.#names.forget(bound);
        this.#lose(bound.listen(null));
      };
      process.bound(bound, released, handle);
      process.take([handle]);
    }
    done(process, request, bound ? undefined : 'EADDRINUSE');
  }

  /** Nobody will accept these. */
  #lose(waiting: readonly Waiting[]): void {
    for (const { handle } of waiting) this.#office.close(handle, true);
  }

  #queue(process: Process, { handle, end, from, to }: Of<'socket.queue'>): void {
    const held = process.held(handle);
    const waiting = process.held(end);
    if (held?.kind !== 'bound' || waiting?.kind !== 'end') return;
    const kept = this.#office.inherit(waiting);
    this.#office.take([kept]);
    process.close(end);
    held.bound.push({ handle: kept, from, to });
  }

  #connect(process: Process, { request, handle, to, from, wait }: Of<'socket.connect'>): void {
    const found = this.#names.listener(to);
    if (!found || (found.full && !wait)) {
      done(process, request, found ? 'EAGAIN' : 'ECONNREFUSED');
      return;
    }
    const admit = (): Waiting => this.#admit(process, request, handle, found, from, to);
    const refuse = (): void => {
      done(process, request, 'ECONNREFUSED');
    };
    found.want({ admit, refuse, gone: () => process.status !== undefined });
  }

  #admit(
    process: Process,
    request: number,
    handle: number,
    { name }: Bound,
    from: SocketName | null,
    to: SocketName,
  ): Waiting {
    const kept = this.#office.next();
    const holders = [process.endHolder(handle), this.#office.endHolder(kept)] as const;
    const [end, peer] = End.pair(...holders);
    process.end(end, handle, holders[0]);
    this.#office.end(peer, kept, holders[1]);
    done(process, request);
    return { handle: kept, from, to: 'key' in to ? name : to };
  }

  #accept(process: Process, { request, handle }: Of<'socket.accept'>): void {
    const held = process.held(handle);
    const next = held?.kind === 'bound' ? held.bound.shift() : undefined;
    const waiting = next && this.#office.held(next.handle);
    const answer: Told = { type: 'socket.accepted', request };
    if (!waiting) {
      process.say(answer);
      return;
    }
    const end = process.inherit(waiting);
    process.say({ ...answer, end, to: next.to, ...(next.from && { from: next.from }) });
    process.take([end]);
    this.#office.close(next.handle);
  }
}

function done(process: Process, request: number, error?: BrokerError): void {
  process.say({ type: 'socket.done', request, ...(error && { error }) });
}
