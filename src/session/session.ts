/**
 * The page's handle on running Python: starts the sandbox on demand, runs one cell at a time, survives crashes.
 *
 * Invariant: every `run` settles, whatever dies; no message of an interpreter that was replaced has any effect.
 */
import type { FromSandbox, MountedFile, Pid, ProcessKind, RunRequest } from '../protocol/message.ts';
import type { Fault } from '../protocol/fault.ts';
import type { Answer, Question } from '../protocol/question.ts';
import type { RunEvent } from '../protocol/snapshot.ts';
import type { OnInput, RunEnd, SessionContract, SessionState } from './contract.ts';
import { afterLoading } from './after-loading.ts';
import * as faults from './faults.ts';
import { Outputs } from './outputs.ts';
import { hasRoom } from './platform.ts';
import { Programs } from './programs.ts';
import { Prompts } from './prompts.ts';
import { Questions } from './questions.ts';
import { endOf, isOf, isProgram, RunQueue } from './run-queue.ts';
import type { Sandbox } from './sandbox.ts';
import { startSandbox } from './start-sandbox.ts';
import { WatchedState } from './watched-state.ts';

export interface SessionOptions {
  /** Absolute address of the folder that holds `manifest.json`, with a slash at its end. */
  readonly runtime: URL | string;
}

export class Session implements SessionContract {
  readonly #runtime: URL;
  readonly #state = new WatchedState();
  readonly #queue = new RunQueue();
  readonly #questions = new Questions();
  #sandbox: Sandbox | undefined;
  #boot: AbortController | undefined;
  #bytes = 0;
  #pids: Pid = 0;
  /** The interpreter of the chapters' cells. */
  #pid: Pid = 0;
  readonly #programs = new Programs(
    () => this.#startProcess('script'),
    (message) => this.#sandbox?.post(message),
  );
  readonly #prompts = new Prompts((message) => this.#sandbox?.post(message));
  /** Programs will be run: an interpreter for the next one waits, booted. */
  #programsExpected = false;
  #runs = 0;
  readonly #outputs = new Outputs();
  #closed = false;
  #files: readonly MountedFile[] = [];

  constructor(options: SessionOptions) {
    this.#runtime = new URL(options.runtime);
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
    request: Omit<RunRequest, 'run'>,
    onEvents: (events: readonly RunEvent[]) => void,
    onInput: OnInput = () => Promise.resolve(null),
  ): Promise<RunEnd> {
    if (this.#closed) return Promise.resolve({ outcome: 'fault', fault: faults.closed, stateLost: false });
    this.#runs += 1;
    const job = { request: { ...request, run: this.#runs }, onEvents, onInput };
    const end = this.#queue.addRun(job, (over) => {
      this.#prompts.close(over);
    });
    this.warm();
    this.#next();
    return end;
  }

  /** Puts files into every interpreter that becomes ready from now on. */
  mount(files: readonly MountedFile[]): void {
    this.#files = files;
  }

  /** Keeps an interpreter for the next program booted from when Python is ready on, if the device has the memory. */
  expectPrograms(): void {
    this.#programsExpected = true;
    if (this.state.phase === 'ready') this.#prepareProgram();
  }

  ask(question: Question): Promise<Answer | undefined> {
    if (this.state.phase !== 'ready' || !this.#queue.empty) return Promise.resolve(undefined);
    const pid = this.#pid;
    return this.#questions.add((request) => this.#sandbox?.post({ type: 'editor.ask', pid, request, question }));
  }

  reset(namespace: string): Promise<void> {
    if (this.state.phase === 'idle' || this.state.phase === 'failed') return Promise.resolve();
    const done = this.#queue.addReset(namespace);
    this.#next();
    return done;
  }

  stop(): Promise<void> {
    const { active, empty } = this.#queue;
    if (empty) return Promise.resolve();
    if (isProgram(active)) {
      if (!active.interrupted) {
        active.interrupted = true;
        this.#programs.interrupt();
        this.#queue.cancelWaiting(faults.cancelled);
      } else this.#endProgram(faults.programEnded);
      return Promise.resolve();
    }
    const gentle = this.state.phase === 'ready' && this.state.fibers && active?.kind === 'run';
    if (gentle && !active.interrupted) {
      active.interrupted = true;
      this.#queue.cancelWaiting(faults.cancelled);
      this.#sandbox?.post({ type: 'signal.send', pid: this.#pid, signal: 'SIGINT' });
    } else {
      this.#replace(faults.stopped, faults.cancelled);
    }
    return Promise.resolve();
  }

  async restart(): Promise<void> {
    if (this.state.phase === 'idle' || this.state.phase === 'failed') return;
    this.#replace(faults.restarted, faults.cancelled);
    await afterLoading(this);
  }

  close(): void {
    this.#closed = true;
    this.#teardown();
    this.#queue.abort(faults.closed, faults.closed, true);
    this.#state.enter({ phase: 'idle' });
    this.#state.dismissAll();
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
      ready: () => {
        this.#pid = this.#startProcess('notebook');
      },
    });
  }

  /** Process ids are never used twice, so that a late word of a dead process is known for what it is. */
  #startProcess(kind: ProcessKind): Pid {
    this.#pids += 1;
    this.#sandbox?.post({ type: 'process.start', pid: this.#pids, kind });
    return this.#pids;
  }

  #prepareProgram(): void {
    if (this.state.phase === 'ready' && this.state.fibers && this.#programsExpected && hasRoom())
      this.#programs.prepare();
  }

  /** The program that runs is over, with its interpreter; what cells have defined stays, and what waits runs. */
  #endProgram(fault: Fault): void {
    this.#programs.end();
    this.#prepareProgram();
    this.#queue.abortActive(fault);
    this.#next();
  }

  /** Puts a new interpreter in the place of the current one. One that still boots is new: then only the queue goes. */
  #replace(active: Fault, waiting: Fault, lost?: Fault): void {
    const sandbox = this.#sandbox;
    const used = this.state.phase === 'ready' && sandbox !== undefined;
    if (isProgram(this.#queue.active)) this.#programs.end();
    if (used) {
      sandbox.post({ type: 'process.kill', pid: this.#pid });
      this.#pid = this.#startProcess('notebook');
      this.#state.enter({ phase: 'loading', loaded: this.#bytes, total: this.#bytes, ...(lost && { lost }) });
    }
    this.#outputs.forget();
    this.#questions.giveUp();
    this.#queue.abort(active, waiting, used);
  }

  #receive(message: FromSandbox): void {
    if (message.type === 'sandbox.failed') {
      this.#fail(message.fault);
      return;
    }
    if (message.type === 'sandbox.ready' || message.type === 'sandbox.alive') return;
    const ofProgram = this.#programs.owns(message.pid);
    if (!ofProgram && message.pid !== this.#pid) return;
    const { active } = this.#queue;
    switch (message.type) {
      case 'process.ready': {
        if (ofProgram) this.#programs.booted(this.#files);
        if (ofProgram || this.state.phase !== 'loading') return;
        const { python, pyodide, fibers } = message;
        if (this.#files.length > 0) this.#sandbox?.post({ type: 'files.put', pid: this.#pid, files: this.#files });
        this.#state.enter({ phase: 'ready', python, pyodide, fibers });
        this.#prepareProgram();
        this.#next();
        return;
      }
      case 'process.failed':
        if (ofProgram && !isProgram(active)) this.#programs.end();
        else if (ofProgram) this.#endProgram({ ...message.fault, mend: faults.programEnded.mend });
        else if (this.state.phase === 'ready')
          this.#replace(message.fault, faults.cancelled, active ? undefined : message.fault);
        else this.#fail(message.fault);
        return;
      case 'cell.output':
        if (this.#outputs.take(message, active, ofProgram)) return;
        if (ofProgram) this.#endProgram(faults.programFlooded);
        else this.#replace(faults.flooded, faults.cancelled);
        return;
      case 'cell.finished':
        if (!isOf(active, message.run, ofProgram)) return;
        this.#queue.release();
        if (ofProgram) {
          this.#programs.end();
          this.#prepareProgram();
        } else this.#outputs.ended(active);
        active.settle(endOf(active, message.outcome, message.duration));
        this.#next();
        return;
      case 'editor.answered':
        if (!ofProgram) this.#questions.settle(message.request, message.answer);
        return;
      case 'namespace.cleared':
        if (active?.kind !== 'reset' || active.namespace !== message.namespace) return;
        this.#queue.release();
        active.settle();
        this.#next();
        return;
      case 'input.request':
        this.#prompts.ask(message, isOf(active, message.run, ofProgram) ? active : undefined);
        return;
      case 'input.withdrawn':
        this.#prompts.withdraw(message.pid);
        return;
      default:
        message satisfies never;
    }
  }

  #next(): void {
    const sandbox = this.#sandbox;
    if (this.state.phase !== 'ready' || !sandbox) return;
    const job = this.#queue.take();
    if (!job) return;
    const pid = this.#pid;
    if (isProgram(job)) {
      this.#programsExpected = true;
      if (this.state.fibers) this.#programs.run(job);
      else this.#endProgram(faults.noScripts);
    } else if (job.kind === 'run') sandbox.post({ type: 'cell.run', pid, request: job.request });
    else sandbox.post({ type: 'namespace.reset', pid, namespace: job.namespace });
  }

  #fail(fault: Fault): void {
    this.#teardown();
    this.#state.enter({ phase: 'failed', fault });
    this.#queue.abort(fault, fault, true);
  }

  #teardown(): void {
    this.#boot?.abort();
    this.#boot = undefined;
    this.#programs.end();
    this.#sandbox?.close();
    this.#sandbox = undefined;
    this.#outputs.forget();
    this.#questions.giveUp();
    // The next sandbox has no process yet.
    this.#pid = 0;
  }
}
