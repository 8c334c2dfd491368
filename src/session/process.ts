/**
 * One process as the session knows it: its number and kind, its state, what runs in it, and who waits for it.
 *
 * Invariant: whatever waits for a process is settled once, by the process's own message or by `die`.
 */
import { mayReceive, type ToProcess } from '../protocol/addressing.ts';
import type { Pid, ProcessKind } from '../protocol/message.ts';
import type { MountedFile, ToSandbox } from '../protocol/to-sandbox.ts';
import { settleLost, type Job, type Loss, type RunJob } from './job.ts';
import { StopWatch } from './stop-watch.ts';

type OnDeath = (loss: Loss) => void;

export class Process {
  readonly pid: Pid;
  readonly kind: ProcessKind;
  readonly #post: (message: ToSandbox) => void;
  readonly #waiting = new Set<OnDeath>();
  #state: 'booting' | 'idle' | 'running' | 'dead' = 'booting';
  #job: Job | undefined;
  #files: readonly MountedFile[] = [];
  /** What it has been given of them, by path. */
  #given: ReadonlyMap<string, MountedFile> = new Map();
  #release: () => void = () => undefined;
  /** The last run of each cell: what it left behind, a task or a process, may still print. */
  readonly #past = new Map<string, RunJob>();

  constructor(pid: Pid, kind: ProcessKind, post: (message: ToSandbox) => void) {
    this.pid = pid;
    this.kind = kind;
    this.#post = post;
  }

  get state(): 'booting' | 'idle' | 'running' | 'dead' {
    return this.#state;
  }

  /** What runs in it, or will as soon as it has booted. */
  get job(): Job | undefined {
    return this.#job;
  }

  /** Sends a message to this process. */
  post(message: ToProcess): void {
    if (!mayReceive(this.kind, message))
      throw new TypeError(`${message.type} is not for a process of kind ${this.kind}`);
    this.#post({ ...message, pid: this.pid });
  }

  /** Calls `settle` if the process dies before the returned function is called. */
  onDeath(settle: OnDeath): () => void {
    this.#waiting.add(settle);
    return () => this.#waiting.delete(settle);
  }

  /** Files that its next job finds. One that it has been given already stays as a run has left it. */
  mount(files: readonly MountedFile[]): void {
    this.#files = files;
  }

  /** Gives it a job, which begins at once or when the process has booted. It must have none. */
  give(job: Job): void {
    this.#job = job;
    this.#release = this.onDeath((loss) => {
      settleLost(job, loss);
    });
    if (this.#state === 'idle') this.#begin(job);
  }

  /** It has booted, and takes messages. */
  booted(): void {
    this.#state = 'idle';
    if (this.#job) this.#begin(this.#job);
  }

  /** The job that runs, if it is the run of that number. */
  running(run: number): RunJob | undefined {
    const job = this.#state === 'running' ? this.#job : undefined;
    return job?.kind === 'run' && job.run === run ? job : undefined;
  }

  /** The run of that number, if it runs or was the last of its cell. */
  printing(run: number): RunJob | undefined {
    return this.running(run) ?? [...this.#past.values()].find((job) => job.run === run);
  }

  /** Raises KeyboardInterrupt in the run under way; in one that waits for the process to boot, before its first line. */
  interrupt(job: RunJob): StopWatch {
    const stop = (job.stop ??= new StopWatch(() => {
      this.post({ type: 'process.ask' });
    }));
    if (this.#state !== 'running') return stop;
    this.post({ type: 'signal.send', signal: 'SIGINT' });
    stop.sent();
    return stop;
  }

  /** The job is over, and its owner settles it. */
  finish(): void {
    this.#release();
    if (this.#job?.kind === 'run') this.#past.set(cellOf(this.#job), this.#job);
    this.#job = undefined;
    this.#state = 'idle';
  }

  /** Settles everything that waits for the process. */
  die(loss: Loss): void {
    this.#state = 'dead';
    this.#job = undefined;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const settle of waiting) settle(loss);
  }

  #begin(job: Job): void {
    this.#state = 'running';
    this.#putFiles();
    if (job.kind === 'reset') {
      this.post({ type: 'namespace.reset', namespace: job.namespace });
      return;
    }
    this.post({ type: 'cell.run', run: job.run, request: job.request });
    if (job.stop) this.interrupt(job);
  }

  #putFiles(): void {
    const wanted = new Map(this.#files.map((file) => [file.path, file]));
    const files = [...wanted.values()].filter((file) => this.#given.get(file.path) !== file);
    const gone = [...this.#given.keys()].filter((path) => !wanted.has(path));
    this.#given = wanted;
    if (files.length > 0 || gone.length > 0) this.post({ type: 'files.put', files, gone });
  }
}

function cellOf({ request }: RunJob): string {
  return request.mode === 'notebook' ? `${request.namespace}\n${request.filename}` : request.filename;
}
