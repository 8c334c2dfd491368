/**
 * The processes of a session by their number.
 *
 * Invariant: a number is never used twice, so a late message of a process that is gone is known for what it is.
 */
import type { Pid, ProcessKind } from '../protocol/message.ts';
import type { ToSandbox } from '../protocol/to-sandbox.ts';
import type { Loss } from './job.ts';
import { Process } from './process.ts';

export class Processes {
  readonly #post: (message: ToSandbox) => void;
  readonly #living = new Map<Pid, Process>();
  #last: Pid = 0;

  constructor(post: (message: ToSandbox) => void) {
    this.#post = post;
  }

  start(kind: ProcessKind): Process {
    this.#last += 1;
    const process = new Process(this.#last, kind, this.#post);
    this.#living.set(process.pid, process);
    this.#post({ type: 'process.start', pid: process.pid, kind });
    return process;
  }

  get(pid: Pid): Process | undefined {
    return this.#living.get(pid);
  }

  /** Ends a process, whatever it does, and settles everything that waits for it. */
  kill(process: Process, loss: Loss): void {
    if (!this.#living.delete(process.pid)) return;
    this.#post({ type: 'process.kill', pid: process.pid });
    process.die(loss);
  }

  killAll(loss: Loss): void {
    for (const process of [...this.#living.values()]) this.kill(process, loss);
  }
}
