/**
 * The programs that are run step by step, each in an interpreter of its own, which is ended with it.
 *
 * Invariant: each is told of until its signal is aborted, or until there is nothing more to tell: a `refused` or a fault.
 */
import type { StepCommand, SteppingAsked } from '../protocol/stepping.ts';
import type { OnStep } from './contract.ts';
import { steppingEnded } from './faults.ts';
import type { Process } from './process.ts';
import type { Processes } from './processes.ts';

interface Stepped {
  readonly asked: SteppingAsked;
  readonly onStep: OnStep;
}

export class Steppings {
  readonly #processes: Processes;
  readonly #stepped = new Map<Process, Stepped>();

  constructor(processes: Processes) {
    this.#processes = processes;
  }

  /** Answers with what takes commands, once the program stands before its first line or earlier. */
  begin(asked: SteppingAsked, onStep: OnStep, signal: AbortSignal): (commands: readonly StepCommand[]) => void {
    const process = this.#processes.start('explorer');
    const end = (): void => {
      release();
      signal.removeEventListener('abort', end);
      this.#stepped.delete(process);
      this.#processes.kill(process, { fault: steppingEnded, stateLost: false });
    };
    const release = process.onDeath(({ fault }) => {
      end();
      onStep({ kind: 'fault', fault });
    });
    signal.addEventListener('abort', end);
    this.#stepped.set(process, { asked, onStep });
    return (commands) => {
      if (this.#stepped.has(process)) process.post({ type: 'step.go', commands });
    };
  }

  /** `process` has booted. */
  ready(process: Process): void {
    const asked = this.#stepped.get(process)?.asked;
    if (asked) process.post({ type: 'step.begin', asked });
  }

  told(process: Process, told: Parameters<OnStep>[0]): void {
    this.#stepped.get(process)?.onStep(told);
  }
}
