/**
 * Who asks the reader for a line: processes of one tree share a terminal, and the page shows one field.
 *
 * Invariant: of each tree at most one request is open at the page; the others wait in the order in which they came. The page
 * knows a request by a number of this file, since each process counts its own.
 */
import type { FromSandbox, Pid } from '../../protocol/message.ts';
import type { ToSandbox } from '../../protocol/to-sandbox.ts';

type Request = Omit<Extract<FromSandbox, { type: 'input.request' }>, 'pid'>;
type Reply = Extract<ToSandbox, { type: 'input.reply' }>;

interface Asking<Place> {
  readonly place: Place;
  readonly request: Request;
  readonly number: number;
}

/** What a worker says that is for here; the page's session reads the rest of it by its schema. */
export function isAboutInput(message: { readonly type?: unknown }): message is Request | { type: 'input.withdrawn' } {
  return message.type === 'input.request' || message.type === 'input.withdrawn';
}

/** `Place` is where a process runs. */
export class Inputs<Place> {
  readonly #say: (message: FromSandbox) => void;
  readonly #trees = new Map<Pid, Asking<Place>[]>();
  #numbers = 0;

  constructor(say: (message: FromSandbox) => void) {
    this.#say = say;
  }

  /** The process at `place`, of the tree of `root`, asks, or needs no answer any more. */
  hear(root: Pid, place: Place, message: Request | { readonly type: 'input.withdrawn' }): void {
    if (message.type === 'input.withdrawn') {
      this.gone(place);
      return;
    }
    const asking = this.#trees.get(root) ?? [];
    this.#trees.set(root, asking);
    this.#numbers += 1;
    // A process that asks again has no use for the answer to what it asked before.
    const before = asking.findIndex((one) => one.place === place);
    const at = before < 0 ? asking.length : before;
    asking[at] = { place, request: message, number: this.#numbers };
    if (at === 0) this.#ask(root);
  }

  /** Whose request the page answers, and by which number of its own; undefined if the answer comes too late. */
  answered({ pid, request }: Reply): { readonly place: Place; readonly request: number } | undefined {
    const [first] = this.#trees.get(pid) ?? [];
    if (first?.number !== request) return undefined;
    this.#next(pid);
    return { place: first.place, request: first.request.request };
  }

  /** Nothing waits at `place` any more. */
  gone(place: Place): void {
    for (const [root, asking] of this.#trees) {
      const [first, ...rest] = asking;
      const others = rest.filter((one) => one.place !== place);
      if (!first) continue;
      asking.splice(1, rest.length, ...others);
      if (first.place !== place) continue;
      this.#say({ type: 'input.withdrawn', pid: root, run: first.request.run });
      this.#next(root);
    }
  }

  /** A tree has ended. */
  forget(root: Pid): void {
    this.#trees.delete(root);
  }

  #next(root: Pid): void {
    this.#trees.get(root)?.shift();
    this.#ask(root);
  }

  #ask(root: Pid): void {
    const [first] = this.#trees.get(root) ?? [];
    if (first) this.#say({ ...first.request, pid: root, request: first.number });
    else this.#trees.delete(root);
  }
}
