/** Talks to a port line by line, as `nc` does: what was sent and what has come stand below each other. */
import type { Connection, Port } from '../../session/contract.ts';
import { make } from '../make.ts';
import { shown } from '../render/visible.ts';
import { announce } from '../say.ts';
import { stopWhileScrolling } from '../tab-stop.ts';

/** Characters of one conversation that are kept. */
const mostKept = 200_000;

export class Conversation {
  readonly #connection: Connection;
  readonly #text = make('pre', 'port-text');
  readonly #decoder = new TextDecoder();
  #kept = 0;
  #open = true;

  /** `over` is called once, when the server has ended the connection. */
  constructor(port: Port, answer: HTMLElement, over: () => void) {
    stopWhileScrolling(this.#text);
    this.#text.setAttribute('role', 'log');
    this.#text.setAttribute('aria-label', 'Conversation');
    answer.replaceChildren(this.#text);
    this.#connection = port.connect({
      received: (data) => {
        this.#add('', this.#decoder.decode(data, { stream: true }));
      },
      ended: (error) => {
        this.#open = false;
        const words = error ?? 'The server has closed the connection.';
        this.#text.after(make('p', error === undefined ? 'port-note' : 'port-status is-fault', words));
        announce(words);
        over();
      },
    });
  }

  get open(): boolean {
    return this.#open;
  }

  /** Sends a line, with its end. */
  send(line: string): void {
    this.#add('is-sent', `${line}\n`);
    this.#connection.send(new TextEncoder().encode(`${line}\n`));
  }

  /** Sends no more: the server reads the end. */
  end(): void {
    this.#connection.send(new Uint8Array(), true);
  }

  close(): void {
    this.#open = false;
    this.#connection.close();
  }

  #add(className: string, text: string): void {
    const room = Math.max(0, mostKept - this.#kept);
    if (text === '' || room === 0) return;
    this.#kept += text.length;
    this.#text.append(make('span', className, shown(text.slice(0, room))));
    if (text.length >= room) this.#text.append(make('span', 'port-note', '\n[More has come than is shown.]'));
    this.#text.scrollTop = this.#text.scrollHeight;
  }
}
