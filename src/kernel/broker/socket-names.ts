/**
 * The names that sockets of a tree's processes are bound to, and the connections that wait at those that listen.
 *
 * Invariant: of two that stand under one name, both have said that they share (net/ipv4/inet_connection_sock.c), as
 * `_os_kernel/net/ports.py` has it inside one process. A name is free when nobody holds its socket any more.
 */
import type { SocketName, Sharing } from '../../protocol/broker.ts';

/** One who holds a bound socket. */
export interface NameHolder {
  waiting(waiting: number, shared: boolean): void;
}

/** A connection that was not accepted yet; `handle` is the broker's own name for its end. */
export interface Waiting {
  readonly handle: number;
  readonly from: SocketName | null;
  readonly to: SocketName;
}

/** A client for whom there is no room. */
export interface Wanting {
  /** It waits no more. */
  gone(): boolean;
  admit(): Waiting;
  refuse(): void;
}

const any = '0.0.0.0';
const anyV6 = '::';

export class Bound {
  readonly name: SocketName;
  readonly sharing: Sharing;
  /** How many connections may wait; null where it does not listen. */
  #backlog: number | null = null;
  #queue: Waiting[] = [];
  #wanting: Wanting[] = [];
  readonly #holders = new Set<NameHolder>();

  constructor(name: SocketName, sharing: Sharing) {
    this.name = name;
    this.sharing = sharing;
  }

  get listening(): boolean {
    return this.#backlog !== null;
  }

  get full(): boolean {
    return this.#backlog !== null && this.#queue.length > this.#backlog;
  }

  get idle(): boolean {
    return this.#holders.size === 0;
  }

  add(holder: NameHolder): void {
    this.#holders.add(holder);
    this.#tell();
  }

  remove(holder: NameHolder): void {
    this.#holders.delete(holder);
    this.#tell();
  }

  /** Answers with the connections that nobody will accept. */
  listen(backlog: number | null): readonly Waiting[] {
    this.#backlog = backlog;
    if (backlog !== null) {
      this.#admit();
      return [];
    }
    const lost = this.#queue;
    const wanting = this.#wanting;
    this.#queue = [];
    this.#wanting = [];
    for (const one of wanting) one.refuse();
    return lost;
  }

  push(waiting: Waiting): void {
    this.#queue.push(waiting);
    this.#tell();
  }

  want(wanting: Wanting): void {
    this.#wanting.push(wanting);
    this.#admit();
  }

  shift(): Waiting | undefined {
    const first = this.#queue.shift();
    this.#admit();
    this.#tell();
    return first;
  }

  #admit(): void {
    while (this.#wanting.length > 0 && !this.full) {
      const next = this.#wanting.shift();
      if (next && !next.gone()) this.push(next.admit());
    }
  }

  #tell(): void {
    const shared = this.#holders.size > 1;
    for (const holder of this.#holders) holder.waiting(this.#queue.length, shared);
  }
}

export class SocketNames {
  readonly #bound = new Set<Bound>();

  get size(): number {
    return this.#bound.size;
  }

  /** Undefined where the name is taken. */
  bind(name: SocketName, sharing: Sharing): Bound | undefined {
    const mine = new Bound(name, sharing);
    for (const other of this.#bound) if (conflict(mine, other)) return undefined;
    this.#bound.add(mine);
    return mine;
  }

  forget(bound: Bound): void {
    this.#bound.delete(bound);
  }

  /** Who listens for what comes to `to`: bound to it, before bound to all. */
  listener(to: SocketName): Bound | undefined {
    let best: Bound | undefined;
    for (const one of this.#bound) {
      if (!one.listening) continue;
      if (same(one.name, to)) return one;
      best ??= takes(one, to) ? one : undefined;
    }
    return best;
  }
}

const isV4 = (host: string): boolean => host.includes('.');

function same(name: SocketName, other: SocketName): boolean {
  if ('key' in name || 'key' in other) return 'key' in name && 'key' in other && name.key === other.key;
  return name.port === other.port && name.host === other.host;
}

/** Whether what is bound to all addresses takes what comes for `to`. */
function takes({ name, sharing }: Bound, to: SocketName): boolean {
  if ('key' in name || 'key' in to || name.port !== to.port) return false;
  if (isV4(to.host)) return name.host === any || (name.host === anyV6 && !sharing.onlyV6);
  return name.host === anyV6;
}

function conflict(mine: Bound, other: Bound): boolean {
  if (!overlap(mine, other)) return false;
  if ('key' in mine.name) return true;
  if (mine.sharing.port && other.sharing.port) return false;
  return !mine.sharing.address || !other.sharing.address || other.listening;
}

function overlap(mine: Bound, other: Bound): boolean {
  if (same(mine.name, other.name)) return true;
  const [one, two] = [mine.name, other.name];
  if ('key' in one || 'key' in two || one.port !== two.port) return false;
  return takes(mine, two) || takes(other, one);
}
