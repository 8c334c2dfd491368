/** What a process is given to do, one at a time: run a cell or a program, or drop the names of a namespace. */
import type { RunEvent } from '../protocol/event.ts';
import type { Fault } from '../protocol/fault.ts';
import type { RunOutcome, RunRequest } from '../protocol/run.ts';
import type { Timeline } from '../protocol/timeline.ts';
import type { Written } from '../protocol/written.ts';
import type { OnInput, OnListening, RunEnd } from './contract.ts';
import * as faults from './faults.ts';
import type { StopWatch } from './stop-watch.ts';

export interface RunJob {
  readonly kind: 'run';
  /** Chosen by the session, unique within the page. */
  readonly run: number;
  readonly request: RunRequest;
  readonly onEvents: (events: readonly RunEvent[]) => void;
  readonly onInput: OnInput;
  readonly onListening?: OnListening | undefined;
  readonly settle: (end: RunEnd) => void;
  /** Characters of output so far. */
  received: number;
  /** What its threads did, once that has been told. */
  timeline?: Timeline;
  /** The files that it has changed, once that has been told. */
  written?: Written;
  /** It has been asked to stop; the next time its interpreter is ended. */
  stop: StopWatch | undefined;
}

interface ResetJob {
  readonly kind: 'reset';
  readonly namespace: string;
  readonly settle: () => void;
}

export type Job = RunJob | ResetJob;

/** Why a job did not come to its end; `stateLost` when the names of the notebook's cells went with it. */
export interface Loss {
  readonly fault: Fault;
  readonly stateLost: boolean;
}

export function settleLost(job: Job, { fault, stateLost }: Loss): void {
  if (job.kind === 'run') job.settle({ outcome: 'fault', fault, stateLost });
  else job.settle(); // An interpreter that is lost has no names either.
}

/** What became of a job that ran to its end. */
export function endOf({ request, timeline, written }: RunJob, outcome: RunOutcome, duration: number): RunEnd {
  const told = { ...(timeline && { timeline }), ...(written && { written }) };
  if (outcome !== 'deadlock') return { outcome, duration, ...told };
  const fault = request.mode === 'script' ? faults.programDeadlock : faults.deadlock;
  return { outcome: 'fault', fault, stateLost: false, duration, ...told };
}
