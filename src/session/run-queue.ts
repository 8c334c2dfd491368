/**
 * The runs and resets that wait for the interpreter, in order, one at a time.
 *
 * Invariant: every job that was added settles exactly once.
 */
import type { RunOutcome, RunRequest } from '../protocol/message.ts';
import type { RunEvent } from '../protocol/snapshot.ts';
import type { Fault } from '../protocol/fault.ts';
import type { OnInput, RunEnd } from './contract.ts';
import * as faults from './faults.ts';

export interface RunJob {
  readonly kind: 'run';
  readonly request: RunRequest;
  readonly onEvents: (events: readonly RunEvent[]) => void;
  readonly onInput: OnInput;
  readonly settle: (end: RunEnd) => void;
  /** Characters of output so far. */
  received: number;
  /** It has been asked to stop; the next time its interpreter is ended. */
  interrupted: boolean;
}

interface ResetJob {
  readonly kind: 'reset';
  readonly namespace: string;
  readonly settle: () => void;
}

export type Job = RunJob | ResetJob;

export type ProgramJob = RunJob & { readonly request: { readonly mode: 'script' } };

export function isProgram(job: Job | undefined): job is ProgramJob {
  return job?.kind === 'run' && job.request.mode === 'script';
}

/** Whether `job` is the run of that number, and runs where the message came from: as a program, or as a cell. */
export function isOf(job: Job | undefined, run: number, ofProgram: boolean): job is RunJob {
  return job?.kind === 'run' && job.request.run === run && isProgram(job) === ofProgram;
}

/** What became of a job that ran to its end. */
export function endOf(job: RunJob, outcome: RunOutcome, duration: number): RunEnd {
  const fault = isProgram(job) ? faults.programDeadlock : faults.deadlock;
  if (outcome === 'deadlock') return { outcome: 'fault', fault, stateLost: false };
  return { outcome, duration };
}

export class RunQueue {
  #waiting: Job[] = [];
  #active: Job | undefined;

  get active(): Job | undefined {
    return this.#active;
  }

  get empty(): boolean {
    return this.#active === undefined && this.#waiting.length === 0;
  }

  /** `settled` is called when the run is over, before the promise is settled with its end. */
  addRun(
    { request, onEvents, onInput }: Pick<RunJob, 'request' | 'onEvents' | 'onInput'>,
    settled: (job: RunJob) => void,
  ): Promise<RunEnd> {
    const { promise, resolve } = Promise.withResolvers<RunEnd>();
    const settle = (end: RunEnd) => {
      settled(job);
      resolve(end);
    };
    const job: RunJob = { kind: 'run', request, onEvents, onInput, settle, received: 0, interrupted: false };
    this.#waiting.push(job);
    return promise;
  }

  addReset(namespace: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const settle = () => {
      resolve(undefined);
    };
    this.#waiting.push({ kind: 'reset', namespace, settle });
    return promise;
  }

  /** The next job, now active; undefined if there is none or one is active already. */
  take(): Job | undefined {
    if (this.#active) return undefined;
    this.#active = this.#waiting.shift();
    return this.#active;
  }

  /** The active job is over; its owner settles it. */
  release(): void {
    this.#active = undefined;
  }

  /** Settles the active job; those that wait keep their turn. */
  abortActive(fault: Fault): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.abort(fault, fault, false);
    this.#waiting = waiting;
  }

  /** Settles all that wait; the active job goes on. */
  cancelWaiting(fault: Fault): void {
    const active = this.#active;
    this.#active = undefined;
    this.abort(fault, fault, false);
    this.#active = active;
  }

  /** Settles the active job with `activeFault` and all that wait with `waitingFault`. */
  abort(activeFault: Fault, waitingFault: Fault, stateLost: boolean): void {
    const active = this.#active;
    const waiting = this.#waiting;
    this.#active = undefined;
    this.#waiting = [];
    const end = (job: Job, fault: Fault) => {
      if (job.kind === 'run') job.settle({ outcome: 'fault', fault, stateLost });
      else job.settle(); // A lost interpreter has no names either.
    };
    if (active) end(active, activeFault);
    for (const job of waiting) end(job, waitingFault);
  }
}
