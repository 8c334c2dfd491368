/** The jobs that wait for a process, in order. Invariant: a job that leaves it is given to a process or settled. */
import { settleLost, type Job, type Loss } from './job.ts';

export class JobQueue {
  #waiting: Job[] = [];

  get empty(): boolean {
    return this.#waiting.length === 0;
  }

  add(job: Job): void {
    this.#waiting.push(job);
  }

  take(): Job | undefined {
    return this.#waiting.shift();
  }

  /** Settles all that wait. */
  cancel(loss: Loss): void {
    for (const job of this.#waiting.splice(0)) settleLost(job, loss);
  }
}
