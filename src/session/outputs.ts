/** Hands what is printed to the run that printed it. Invariant: no run hands on more than a page can hold. */
import type { FromSandbox } from '../protocol/message.ts';
import { isOf, type Job, type RunJob } from './run-queue.ts';
import { textLength } from './text-length.ts';

/** Characters that one run may send: the kernel stops well before; only a program that speaks past it gets here. */
const mostCharacters = 16 << 20;

export class Outputs {
  /** The run of cells that ended last: a task that it left behind may still print. */
  #last: RunJob | undefined;

  ended(job: RunJob): void {
    this.#last = job;
  }

  /** What ran before has ended with its interpreter. */
  forget(): void {
    this.#last = undefined;
  }

  /** False when its run has sent too much, and must be ended. */
  take(
    { run, events }: Extract<FromSandbox, { type: 'cell.output' }>,
    active: Job | undefined,
    ofProgram: boolean,
  ): boolean {
    const job = isOf(active, run, ofProgram) ? active : ofProgram ? undefined : this.#last;
    if (job?.request.run !== run) return true;
    job.received += textLength(events);
    if (job.received > mostCharacters) return false;
    job.onEvents(events);
    return true;
  }
}
