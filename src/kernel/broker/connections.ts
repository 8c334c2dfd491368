/**
 * Connections of stream sockets: two ends, each held by processes, and a pipe from each to the other.
 *
 * Invariant: a direction ends once, for all who hold either end; when nobody holds an end any more, those at the other are
 * told, and whether something was lost.
 */
import { type Beside, Pipe, type Reader, type Writer } from './pipe.ts';

export interface EndHolder extends Reader, Writer {
  /** `own`: by another who holds the same end. */
  shut(own: boolean, receives: boolean, sends: boolean): void;
  over(reset: boolean): void;
}

export class End {
  readonly incoming = new Pipe(new Uint8Array(0));
  readonly #holders = new Set<EndHolder>();
  /** Whether the other end may still send to this one. */
  #receives = true;
  /** Whether something was lost when the last holder went. */
  #lost = false;
  #peer: End = this;

  /** Two ends, each of a first holder. */
  static pair(first: EndHolder, second: EndHolder): readonly [End, End] {
    const ends = [new End(), new End()] as const;
    const [one, other] = ends;
    one.#peer = other;
    other.#peer = one;
    one.#holders.add(first);
    other.#holders.add(second);
    one.incoming.addWriter(second);
    other.incoming.addWriter(first);
    one.incoming.addReader(first);
    other.incoming.addReader(second);
    return ends;
  }

  /** One more holds it, who is told what has ended already. */
  add(holder: EndHolder): void {
    const peer = this.#peer;
    this.#holders.add(holder);
    if (peer.#receives) peer.incoming.addWriter(holder);
    else holder.shut(true, false, true);
    if (!this.#receives) holder.shut(false, true, false);
    this.incoming.addReader(holder);
    if (peer.#holders.size === 0) holder.over(peer.#lost);
  }

  write(holder: EndHolder, bytes: Uint8Array<ArrayBuffer>, beside?: Beside): void {
    const peer = this.#peer;
    if (peer.#receives && peer.#holders.size > 0) {
      peer.incoming.write(holder, bytes, beside);
      return;
    }
    beside?.drop();
    if (peer.#holders.size === 0) holder.over(true);
  }

  shutdown(holder: EndHolder, receives: boolean, sends: boolean): void {
    if (receives) this.#stop();
    if (sends) this.#peer.#stop();
    for (const other of this.#holders) if (other !== holder) other.shut(true, receives, sends);
    for (const other of this.#peer.#holders) other.shut(false, sends, receives);
  }

  /** Nothing is sent to this end any more. */
  #stop(): void {
    this.#receives = false;
    for (const writer of this.#peer.#holders) this.incoming.removeWriter(writer);
  }

  /** Ends the connection at once. */
  reset(): void {
    for (const other of this.#peer.#holders) other.over(true);
  }

  remove(holder: EndHolder, reset: boolean): void {
    const peer = this.#peer;
    this.#holders.delete(holder);
    if (this.#holders.size === 0) {
      this.#lost = reset || this.incoming.filled;
      for (const other of peer.#holders) other.over(this.#lost);
    }
    this.incoming.removeReader(holder);
    peer.incoming.removeWriter(holder);
  }
}
