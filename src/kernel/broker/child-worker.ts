/**
 * A worker that the broker has asked for, as the frame sees it: it boots, may wait, and becomes a process that another has started.
 *
 * Invariant: what it says for the page is held back until it is known to which tree of processes it belongs.
 */
import type { Began } from './hardware-messages.ts';

/** What a process says reaches the page as said by the first process of its tree, in the run that started it. */
export interface Tree {
  readonly root: number;
  readonly began: Began;
}

/** A message of a worker; what is in it is not known. */
export type Said = object & { readonly type: unknown };

export interface Listener {
  /** It has booted. */
  ready(): void;
  said(message: Said, tree: Tree): void;
  /** `tree` is undefined if it was no process yet. May be told twice. */
  died(why: string, tree: Tree | undefined): void;
}

export class ChildWorker {
  readonly worker: Worker;
  readonly #listener: Listener;
  #tree: Tree | undefined;
  #early: Said[] = [];

  constructor(worker: Worker, listener: Listener) {
    this.worker = worker;
    this.#listener = listener;
    worker.onmessage = (event: MessageEvent<unknown>) => {
      const { data } = event;
      if (typeof data === 'object' && data !== null && 'type' in data) this.#hear(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      listener.died(event.message || 'its worker ended with an error.', this.#tree);
    };
    worker.onmessageerror = () => {
      listener.died('a message could not be decoded.', this.#tree);
    };
  }

  begin(tree: Tree): void {
    this.#tree = tree;
    for (const message of this.#early.splice(0)) this.#hear(message);
  }

  #hear(message: Said): void {
    if (message.type === 'process.ready') this.#listener.ready();
    else if (message.type === 'process.failed') this.#listener.died(whyOf(message), this.#tree);
    else if (this.#tree) this.#listener.said(message, this.#tree);
    else this.#early.push(message);
  }
}

function whyOf(message: object): string {
  const fault: unknown = Reflect.get(message, 'fault');
  return typeof fault === 'object' && fault !== null ? String(Reflect.get(fault, 'why')) : 'it does not say why.';
}
