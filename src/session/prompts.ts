/**
 * What the run under way asks of its reader: input, one prompt at a time.
 *
 * Invariant: every request is answered at most once; whatever still asks when its run is over finds the end of input.
 */
import type { FromSandbox, Pid, ToSandbox } from '../protocol/message.ts';
import type { RunJob } from './run-queue.ts';

type Request = Extract<FromSandbox, { type: 'input.request' }>;

interface Prompt {
  readonly pid: Pid;
  readonly job: RunJob;
  readonly reply: (text: string | null) => void;
  readonly withdrawn: AbortController;
}

export class Prompts {
  readonly #post: (message: ToSandbox) => void;
  #open: Prompt | undefined;

  constructor(post: (message: ToSandbox) => void) {
    this.#post = post;
  }

  /** `job` is the run that asks, undefined when it is over. */
  ask({ pid, request, prompt, secret }: Request, job: RunJob | undefined): void {
    const reply = (text: string | null) => {
      this.#post({ type: 'input.reply', pid, request, text });
    };
    if (!job) {
      reply(null);
      return;
    }
    this.#drop();
    const open: Prompt = { pid, job, reply, withdrawn: new AbortController() };
    this.#open = open;
    const answered = (text: string | null) => {
      if (this.#open !== open) return;
      this.#open = undefined;
      reply(text);
    };
    job.onInput({ prompt, secret }, open.withdrawn.signal).then(answered, () => {
      answered(null);
    });
  }

  withdraw(pid: Pid): void {
    if (this.#open?.pid === pid) this.#drop();
  }

  /** `job` is over. */
  close(job: RunJob): void {
    if (this.#open?.job !== job) return;
    this.#open.reply(null);
    this.#drop();
  }

  #drop(): void {
    this.#open?.withdrawn.abort();
    this.#open = undefined;
  }
}
