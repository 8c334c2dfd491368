/**
 * What the run under way asks of its reader: input, one prompt at a time.
 *
 * Invariant: every request is answered at most once; a request whose run is over is answered with the end of input.
 */
import type { FromSandbox } from '../protocol/message.ts';
import type { RunJob } from './job.ts';
import type { Process } from './process.ts';

type Request = Extract<FromSandbox, { type: 'input.request' }>;

interface Prompt {
  readonly process: Process;
  readonly job: RunJob;
  /** Sends the answer, unless the process has died. */
  readonly reply: (text: string | null) => void;
  /** Tells the reader's side that no answer is needed any more. */
  readonly withdraw: () => void;
}

export class Prompts {
  #open: Prompt | undefined;

  /** `job` is the run that asks, undefined when it is over. */
  ask(process: Process, { request, prompt, secret }: Request, job: RunJob | undefined): void {
    const reply = (text: string | null) => {
      if (process.state !== 'dead') process.post({ type: 'input.reply', request, text });
    };
    if (!job) {
      reply(null);
      return;
    }
    this.#withdraw();
    const withdrawn = new AbortController();
    const open: Prompt = {
      process,
      job,
      reply,
      withdraw: () => {
        release();
        if (this.#open === open) this.#open = undefined;
        withdrawn.abort();
      },
    };
    const release = process.onDeath(open.withdraw);
    this.#open = open;
    const answered = (text: string | null) => {
      if (this.#open !== open) return;
      release();
      this.#open = undefined;
      reply(text);
    };
    job.onInput({ prompt, secret }, withdrawn.signal).then(answered, () => {
      answered(null);
    });
  }

  /** `process` no longer waits for an answer. */
  withdrawn(process: Process): void {
    if (this.#open?.process === process) this.#withdraw();
  }

  /** `job` is over. */
  close(job: RunJob): void {
    if (this.#open?.job !== job) return;
    this.#open.reply(null);
    this.#withdraw();
  }

  #withdraw(): void {
    this.#open?.withdraw();
  }
}
