/**
 * The page's handle on running Python: starts the sandbox on demand, runs one cell at a time, survives crashes.
 *
 * Invariant: every `run` settles, whatever dies; no message of an interpreter that was replaced has any effect.
 */
import { maySend } from '../protocol/addressing.ts';
import type { OutputEvent, RunEvent } from '../protocol/event.ts';
import type { Fault } from '../protocol/fault.ts';
import type { ExplorationAsked } from '../protocol/exploration.ts';
import type { FromSandbox } from '../protocol/message.ts';
import type { MountedFile } from '../protocol/to-sandbox.ts';
import type { StepCommand, SteppingAsked } from '../protocol/stepping.ts';
import type { Answer, Question } from '../protocol/question.ts';
import type { CheckedRun, ProgramRun, RunRequest } from '../protocol/run.ts';
import type {
  ExplorationEnd,
  OnExploration,
  OnInput,
  OnListening,
  OnStep,
  PackagesComing,
  RunEnd,
  SessionContract,
  SessionState,
  StopResult,
} from './contract.ts';
import { Explorations } from './explorations.ts';
import { ExplorerScript } from './explorer-script.ts';
import { afterLoading } from './after-loading.ts';
import * as faults from './faults.ts';
import { endOf, type Loss, type RunJob } from './job.ts';
import { JobQueue } from './job-queue.ts';
import { handOn } from './output-limit.ts';
import { Packages } from './packages.ts';
import { hasRoom } from './platform.ts';
import type { Process } from './process.ts';
import { Processes } from './processes.ts';
import { Network } from './network.ts';
import { Prompts } from './prompts.ts';
import { Questions } from './questions.ts';
import type { Sandbox } from './sandbox.ts';
import { modulesIn, replayOf, scheduledRun } from './scheduled.ts';
import { Steppings } from './steppings.ts';
import { startSandbox } from './start-sandbox.ts';
import { WatchedState } from './watched-state.ts';

export interface SessionOptions {
  /** Absolute address of the folder that holds `manifest.json`, with a slash at its end. */
  readonly runtime: URL | string;
}

export class Session implements SessionContract {
  readonly #runtime: URL;
  readonly #state = new WatchedState();
  readonly #queue = new JobQueue();
  readonly #questions = new Questions();
  readonly #prompts = new Prompts();
  readonly #network = new Network();
  readonly #packages: Packages;
  readonly #explorer: ExplorerScript;
  readonly #processes = new Processes((message) => this.#sandbox?.post(message));
  readonly #explorations = new Explorations(this.#processes);
  readonly #steppings = new Steppings(this.#processes);
  #sandbox: Sandbox | undefined;
  #boot: AbortController | undefined;
  #bytes = 0;
  /** The interpreter of the chapters' cells. */
  #cells: Process | undefined;
  /** The interpreter of the program under way, or of the next one. It runs one program, and is then ended. */
  #program: Process | undefined;
  /** The process that has the job under way: one of the two. */
  #active: Process | undefined;
  /** Programs will be run: an interpreter for the next one waits, booted. */
  #programsExpected = false;
  #runs = 0;
  /** Ends the program under way that follows a schedule. */
  #schedules: AbortController | undefined;
  #closed = false;
  #files: readonly MountedFile[] = [];

  constructor(options: SessionOptions) {
    this.#runtime = new URL(options.runtime);
    this.#packages = new Packages(this.#runtime, (coming) => {
      this.#tellComing(coming);
    });
    this.#explorer = new ExplorerScript(this.#runtime);
  }

  get state(): SessionState {
    return this.#state.current;
  }

  subscribe(listener: (state: SessionState) => void): () => void {
    return this.#state.follow(listener);
  }

  warm(): void {
    if (this.#closed || this.state.phase === 'loading' || this.state.phase === 'ready') return;
    const boot = new AbortController();
    this.#boot = boot;
    this.#state.enter({ phase: 'loading', loaded: 0, total: 0 });
    this.#start(boot.signal).catch((reason: unknown) => {
      if (!boot.signal.aborted) this.#fail(faults.faultOf(reason));
    });
  }

  run(
    request: RunRequest,
    onEvents: (events: readonly OutputEvent[]) => void,
    onInput: OnInput = () => Promise.resolve(null),
    onListening?: OnListening,
  ): Promise<RunEnd> {
    if (request.mode === 'script' && request.schedule !== undefined)
      return this.#scheduled(request, request.schedule, onEvents);
    const output = (events: readonly RunEvent[]) => {
      onEvents(events.filter((event) => event.type !== 'check'));
    };
    return this.#add(request, output, onInput, onListening);
  }

  /** A program whose threads take turns as a schedule says: in an explorer, in place of an interpreter of its own. */
  async #scheduled(
    request: ProgramRun,
    schedule: string,
    onEvents: (events: readonly OutputEvent[]) => void,
  ): Promise<RunEnd> {
    const abort = (this.#schedules = new AbortController());
    const beside = this.modulesFor(request.filename);
    const end = await this.explore(replayOf(request, schedule, beside), () => undefined, abort.signal);
    if (this.#schedules === abort) this.#schedules = undefined;
    if (end.kind === 'fault' && abort.signal.aborted)
      return { outcome: 'fault', fault: faults.programEnded, stateLost: false };
    const { events, run } = scheduledRun({ request, schedule, beside }, end);
    onEvents(events);
    return run;
  }

  check(request: CheckedRun, onEvents: (events: readonly RunEvent[]) => void): Promise<RunEnd> {
    return this.#add(request, onEvents, () => Promise.resolve(null));
  }

  /**
   * Files that each interpreter has before what it runs next. One that it has been given already is left as runs have made
   * it, and one that is no longer among them is removed.
   */
  mount(files: readonly MountedFile[]): void {
    this.#files = files;
  }

  /** The sources of the modules that a program of that name finds among the mounted files, by name. */
  modulesFor(filename: string): ExplorationAsked['beside'] {
    return modulesIn(this.#files, filename);
  }

  /** Keeps an interpreter for the next program booted from when Python is ready on, if the device has the memory. */
  expectPrograms(): void {
    this.#programsExpected = true;
    if (this.state.phase === 'ready') this.#prepareProgram();
  }

  ask(question: Question): Promise<Answer | undefined> {
    if (this.state.phase !== 'ready' || !this.#cells || this.#busy) return Promise.resolve(undefined);
    return this.#questions.ask(this.#cells, question);
  }

  async explore(asked: ExplorationAsked, onProgress: OnExploration, signal: AbortSignal): Promise<ExplorationEnd> {
    const fault = await this.#prepareExplorers();
    if (fault) return { kind: 'fault', fault };
    if (signal.aborted) return { kind: 'fault', fault: faults.searchStopped };
    return this.#explorations.ask(asked, onProgress, signal);
  }

  step(asked: SteppingAsked, onStep: OnStep, signal: AbortSignal): (commands: readonly StepCommand[]) => void {
    const begun = this.#prepareExplorers().then((fault) => {
      if (signal.aborted) return undefined;
      if (!fault) return this.#steppings.begin(asked, onStep, signal);
      onStep({ kind: 'fault', fault });
      return undefined;
    });
    return (commands) => {
      void begun.then((go) => go?.(commands));
    };
  }

  /** Explorers can be started when it has settled; a fault says why not. */
  async #prepareExplorers(): Promise<Fault | undefined> {
    if (this.#closed) return faults.closed;
    this.warm();
    if (this.state.phase === 'loading') await afterLoading(this);
    const { state } = this;
    if (state.phase === 'failed') return state.fault;
    if (state.phase !== 'ready' || !this.#sandbox) return faults.closed;
    if (!state.fibers) return faults.noScripts;
    try {
      await this.#explorer.give(this.#sandbox);
    } catch (reason) {
      return faults.faultOf(reason);
    }
    return undefined;
  }

  reset(namespace: string): Promise<void> {
    if (this.state.phase === 'idle' || this.state.phase === 'failed') return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const settle = () => {
      resolve(undefined);
    };
    this.#queue.add({ kind: 'reset', namespace, settle });
    this.#next();
    return promise;
  }

  stop(): Promise<StopResult> {
    if (this.#schedules) {
      this.#schedules.abort();
      return Promise.resolve('over');
    }
    if (!this.#busy) return Promise.resolve('over');
    const process = this.#active;
    const job = process?.job;
    // Where Python cannot suspend, a notebook does not hear an interrupt; nor does it while it drops names.
    const gentle = process?.kind === 'script' || (this.state.phase === 'ready' && this.state.fibers);
    if (process && job?.kind === 'run' && gentle && !job.stop) {
      const { told } = process.interrupt(job);
      this.#queue.cancel({ fault: faults.cancelled, stateLost: false });
      return told;
    }
    if (process?.kind === 'script') this.#endProgram(faults.programEnded);
    else this.#replaceCells(faults.stopped);
    return Promise.resolve('over');
  }

  async restart(): Promise<void> {
    if (this.state.phase === 'idle' || this.state.phase === 'failed') return;
    this.#replaceCells(faults.restarted);
    await afterLoading(this);
  }

  close(): void {
    this.#closed = true;
    this.#teardown(faults.closed);
    this.#state.enter({ phase: 'idle' });
    this.#state.dismissAll();
  }

  get #busy(): boolean {
    return this.#active !== undefined || !this.#queue.empty;
  }

  #add(
    request: RunRequest,
    onEvents: RunJob['onEvents'],
    onInput: OnInput,
    onListening?: OnListening,
  ): Promise<RunEnd> {
    if (this.#closed) return Promise.resolve({ outcome: 'fault', fault: faults.closed, stateLost: false });
    const { promise, resolve } = Promise.withResolvers<RunEnd>();
    this.#runs += 1;
    const settle = (end: RunEnd) => {
      this.#prompts.close(job);
      job.stop?.over();
      resolve(end);
    };
    const run = this.#runs;
    const told = { onEvents, onInput, onListening, settle };
    const job: RunJob = { kind: 'run', run, request, ...told, received: 0, stop: undefined };
    this.#queue.add(job);
    this.warm();
    this.#next();
    return promise;
  }

  #start(signal: AbortSignal): Promise<void> {
    return startSandbox(this.#runtime, signal, {
      made: (sandbox) => {
        this.#sandbox = sandbox;
      },
      message: (sandbox, message) => {
        if (this.#sandbox === sandbox) this.#receive(message);
      },
      gone: (sandbox, fault) => {
        if (this.#sandbox === sandbox) this.#fail(fault);
      },
      progress: (loaded, total) => {
        this.#bytes = total;
        if (!signal.aborted) this.#state.enter({ phase: 'loading', loaded, total });
      },
      served: ({ packages, explorer }) => {
        this.#packages.served = packages;
        this.#explorer.served = explorer;
      },
      ready: () => {
        this.#cells = this.#processes.start('notebook');
      },
    });
  }

  #tellComing(coming: PackagesComing | undefined): void {
    if (this.state.phase !== 'ready') return;
    const { phase, python, pyodide, fibers } = this.state;
    this.#state.enter({ phase, python, pyodide, fibers, ...(coming && { coming }) });
  }

  #prepareProgram(): void {
    if (this.state.phase === 'ready' && this.state.fibers && this.#programsExpected && hasRoom())
      this.#program ??= this.#processes.start('script');
  }

  /** Ends a process; what waits for it is settled. */
  #end(process: Process | undefined, loss: Loss): void {
    if (!process) return;
    if (this.#active === process) this.#active = undefined;
    if (this.#program === process) this.#program = undefined;
    if (this.#cells === process) this.#cells = undefined;
    this.#processes.kill(process, loss);
  }

  /** The program that runs is over, with its interpreter; what cells have defined stays, and what waits runs. */
  #endProgram(fault: Fault): void {
    this.#end(this.#program, { fault, stateLost: false });
    this.#prepareProgram();
    this.#next();
  }

  /**
   * Puts a new interpreter in the place of the cells' current one, and drops every job. An interpreter that still boots is
   * as good as new, and stays.
   */
  #replaceCells(fault: Fault, lost?: Fault): void {
    const used = this.state.phase === 'ready' && this.#sandbox !== undefined;
    const loss = { fault, stateLost: used };
    if (this.#active?.kind === 'script') this.#end(this.#active, loss);
    if (used) {
      this.#end(this.#cells, loss);
      this.#cells = this.#processes.start('notebook');
      this.#state.enter({ phase: 'loading', loaded: this.#bytes, total: this.#bytes, ...(lost && { lost }) });
    }
    this.#queue.cancel({ fault: faults.cancelled, stateLost: used });
  }

  #receive(message: FromSandbox): void {
    if (message.type === 'sandbox.failed') this.#fail(message.fault);
    if (!('pid' in message)) return;
    const process = this.#processes.get(message.pid);
    if (process && maySend(process.kind, message.type)) this.#hear(process, message);
  }

  #hear(process: Process, message: Extract<FromSandbox, { readonly pid: number }>): void {
    switch (message.type) {
      case 'process.ready': {
        if (process.state !== 'booting') return;
        process.booted();
        if (process.kind === 'explorer') {
          this.#explorations.ready(process);
          this.#steppings.ready(process);
        }
        if (process !== this.#cells) return;
        const { python, pyodide, fibers } = message;
        this.#state.enter({ phase: 'ready', python, pyodide, fibers });
        this.#prepareProgram();
        this.#next();
        return;
      }
      case 'process.failed':
        this.#failed(process, message.fault);
        return;
      case 'cell.output': {
        const job = process.printing(message.run);
        if (!job || handOn(job, message.events)) return;
        if (process === this.#cells) this.#replaceCells(faults.flooded);
        else this.#endProgram(faults.programFlooded);
        return;
      }
      case 'cell.timeline': {
        const job = process.running(message.run);
        if (job) job.timeline = message.timeline;
        return;
      }
      case 'cell.files': {
        const job = process.running(message.run);
        if (job) job.written = message.written;
        return;
      }
      case 'cell.finished': {
        const job = process.running(message.run);
        if (!job) return;
        this.#finish(process);
        job.settle(endOf(job, message.outcome, message.duration));
        // A job is known until the next of its cell; what it wrote may be large.
        delete job.written;
        this.#next();
        return;
      }
      case 'explore.progress':
        this.#explorations.progress(process, message.progress);
        return;
      case 'explore.answer':
        this.#explorations.answered(process, message.answer);
        return;
      case 'step.told':
        this.#steppings.told(process, message.told);
        return;
      case 'process.alive':
        if (process.job?.kind === 'run') process.job.stop?.heard();
        return;
      case 'editor.answered':
        this.#questions.answered(process, message);
        return;
      case 'namespace.cleared': {
        const { job } = process;
        if (job?.kind !== 'reset' || job.namespace !== message.namespace) return;
        this.#finish(process);
        job.settle();
        this.#next();
        return;
      }
      case 'input.request':
        this.#prompts.ask(process, message, process.running(message.run));
        return;
      case 'input.withdrawn':
        this.#prompts.withdrawn(process);
        return;
      case 'network.listening':
        this.#network.listening(process, message);
        return;
      case 'network.received':
        this.#network.received(process, message);
        return;
      case 'network.ended':
        this.#network.ended(process, message);
        return;
      case 'packages.request':
        void this.#packages.answer(process, message);
        return;
      default:
        message satisfies never;
    }
  }

  /** The job under way is over; a program's process goes with it. */
  #finish(process: Process): void {
    process.finish();
    this.#active = undefined;
    if (process !== this.#program) return;
    this.#end(process, { fault: faults.programEnded, stateLost: false });
    this.#prepareProgram();
  }

  /** The interpreter of `process` is dead. */
  #failed(process: Process, fault: Fault): void {
    if (process === this.#cells) {
      if (this.state.phase === 'ready') this.#replaceCells(fault, this.#active ? undefined : fault);
      else this.#fail(fault);
    } else if (process === this.#active) this.#endProgram({ ...fault, mend: faults.programEnded.mend });
    else this.#end(process, { fault, stateLost: false });
  }

  #next(): void {
    if (this.state.phase !== 'ready' || !this.#cells || this.#active) return;
    const job = this.#queue.take();
    if (!job) return;
    if (job.kind === 'run' && job.request.mode === 'script') {
      this.#programsExpected = true;
      if (!this.state.fibers) {
        job.settle({ outcome: 'fault', fault: faults.noScripts, stateLost: false });
        this.#next();
        return;
      }
      this.#program ??= this.#processes.start('script');
      this.#active = this.#program;
    } else this.#active = this.#cells;
    if (job.kind === 'run' && job.onListening) this.#network.follow(this.#active, job.run, job.onListening);
    this.#active.mount(this.#files);
    this.#active.give(job);
  }

  #fail(fault: Fault): void {
    this.#teardown(fault);
    this.#state.enter({ phase: 'failed', fault });
  }

  /** Ends the sandbox with all that is in it, and settles every job. */
  #teardown(fault: Fault): void {
    this.#boot?.abort();
    this.#boot = undefined;
    this.#cells = this.#program = this.#active = undefined;
    const loss = { fault, stateLost: true };
    this.#processes.killAll(loss);
    this.#sandbox?.close();
    this.#sandbox = undefined;
    this.#queue.cancel(loss);
  }
}
