/**
 * The searches for schedules and the replays that are under way, each in an interpreter of its own, which is ended with it.
 *
 * Invariant: each settles once: with its answer, or with the reason why there is none.
 */
import type { ExplorationAnswer, ExplorationAsked, ExplorationProgress } from '../protocol/exploration.ts';
import type { ExplorationEnd, OnExploration } from './contract.ts';
import { searchStopped } from './faults.ts';
import type { Process } from './process.ts';
import type { Processes } from './processes.ts';

/** Milliseconds for what nothing can interrupt, beyond the time of the search: a call of C that never returns. */
const patience = 60_000;

interface Waiting {
  readonly asked: ExplorationAsked;
  readonly onProgress: OnExploration;
  readonly settle: (end: ExplorationEnd) => void;
}

export class Explorations {
  readonly #processes: Processes;
  readonly #waiting = new Map<Process, Waiting>();

  constructor(processes: Processes) {
    this.#processes = processes;
  }

  ask(asked: ExplorationAsked, onProgress: OnExploration, signal: AbortSignal): Promise<ExplorationEnd> {
    const { promise, resolve } = Promise.withResolvers<ExplorationEnd>();
    const process = this.#processes.start('explorer');
    const stop = () => {
      settle({ kind: 'fault', fault: searchStopped });
    };
    const watch = setTimeout(
      () => {
        settle({ kind: 'died', why: 'A run neither ends nor can be interrupted.', python: '' });
      },
      asked.seconds * 1000 + patience,
    );
    const settle = (end: ExplorationEnd) => {
      release();
      clearTimeout(watch);
      signal.removeEventListener('abort', stop);
      this.#waiting.delete(process);
      this.#processes.kill(process, { fault: searchStopped, stateLost: false });
      resolve(end);
    };
    const release = process.onDeath(({ fault }) => {
      settle({ kind: 'fault', fault });
    });
    signal.addEventListener('abort', stop);
    this.#waiting.set(process, { asked, onProgress, settle });
    return promise;
  }

  /** `process` has booted. */
  ready(process: Process): void {
    const asked = this.#waiting.get(process)?.asked;
    if (asked) process.post({ type: 'explore.begin', asked });
  }

  progress(process: Process, progress: ExplorationProgress): void {
    this.#waiting.get(process)?.onProgress(progress);
  }

  answered(process: Process, answer: ExplorationAnswer): void {
    this.#waiting.get(process)?.settle(answer);
  }
}
