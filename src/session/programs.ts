/**
 * The interpreters of programs: each runs one and is then ended; the next one boots ahead of its time.
 *
 * Invariant: at most one exists; one that has run a program, or part of one, never runs another.
 */
import type { MountedFile, Pid, ToSandbox } from '../protocol/message.ts';
import type { RunJob } from './run-queue.ts';

/** Starts a process for a program and answers with its number. */
type Start = () => Pid;

export class Programs {
  readonly #start: Start;
  readonly #post: (message: ToSandbox) => void;
  #pid: Pid | undefined;
  #ready = false;
  #job: RunJob | undefined;
  /** Of the program that waits for its interpreter. */
  #interrupted = false;

  constructor(start: Start, post: (message: ToSandbox) => void) {
    this.#start = start;
    this.#post = post;
  }

  owns(pid: Pid): boolean {
    return pid === this.#pid;
  }

  /** Boots an interpreter, unless one is there. */
  prepare(): void {
    this.#pid ??= this.#start();
  }

  run(job: RunJob): void {
    this.#job = job;
    this.prepare();
    this.#begin();
  }

  booted(files: readonly MountedFile[]): void {
    if (this.#pid === undefined) return;
    if (files.length > 0) this.#post({ type: 'files.put', pid: this.#pid, files });
    this.#ready = true;
    this.#begin();
  }

  /** Raises KeyboardInterrupt in the program, before its first line if its interpreter still boots. */
  interrupt(): void {
    if (this.#job !== undefined) this.#interrupted = true;
    else if (this.#pid !== undefined) this.#post({ type: 'signal.send', pid: this.#pid, signal: 'SIGINT' });
  }

  /** Ends the interpreter, whatever it does. */
  end(): void {
    if (this.#pid !== undefined) this.#post({ type: 'process.kill', pid: this.#pid });
    this.#pid = undefined;
    this.#ready = false;
    this.#job = undefined;
    this.#interrupted = false;
  }

  #begin(): void {
    if (!this.#ready || this.#pid === undefined || this.#job === undefined) return;
    this.#post({ type: 'cell.run', pid: this.#pid, request: this.#job.request });
    this.#job = undefined;
    if (this.#interrupted) this.interrupt();
    this.#interrupted = false;
  }
}
