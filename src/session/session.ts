/**
 * The page's handle on running Python: starts the sandbox on demand, runs one cell at a time, survives crashes.
 *
 * Invariant: every `run` settles, whatever dies; no message of an interpreter that was replaced has any effect.
 */
import type { FromSandbox, MountedFile, Pid, ProcessKind, RunRequest, RuntimeAsset } from '../protocol/message.ts';
import type { Fault } from '../protocol/fault.ts';
import type { Answer, Question } from '../protocol/question.ts';
import type { RunEvent } from '../protocol/snapshot.ts';
import type { OnInput, RunEnd, SessionContract, SessionState } from './contract.ts';
import { fetchAssets, fetchManifest } from './download.ts';
import { afterLoading } from './after-loading.ts';
import * as faults from './faults.ts';
import { hasRoom, requirePlatform } from './platform.ts';
import { Programs } from './programs.ts';
import { Prompts } from './prompts.ts';
import { Questions } from './questions.ts';
import { endOf, isProgram, RunQueue, type RunJob } from './run-queue.ts';
import { Sandbox } from './sandbox.ts';
import { textLength } from './text-length.ts';

export interface SessionOptions {
  /** Absolute address of the folder that holds `manifest.json`, with a slash at its end. */
  readonly runtime: URL | string;
}

/** Characters that one run may send: the kernel stops well before; only a program that speaks past it gets here. */
const mostCharacters = 16 << 20;

export class Session implements SessionContract {
  readonly #runtime: URL;
  readonly #listeners = new Set<(state: SessionState) => void>();
  readonly #queue = new RunQueue();
  readonly #questions = new Questions();
  #state: SessionState = { phase: 'idle' };
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
  /** The run that ended last: a task that it left behind may still print. */
  #last: RunJob | undefined;
  #closed = false;
  #files: readonly MountedFile[] = [];

  constructor(options: SessionOptions) {
    this.#runtime = new URL(options.runtime);
  }

  get state(): SessionState {
    return this.#state;
  }

  subscribe(listener: (state: SessionState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  warm(): void {
    if (this.#closed || this.#state.phase === 'loading' || this.#state.phase === 'ready') return;
    const boot = new AbortController();
    this.#boot = boot;
    this.#enter({ phase: 'loading', loaded: 0, total: 0 });
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
    const { promise, resolve } = Promise.withResolvers<RunEnd>();
    this.#runs += 1;
    const job: RunJob = {
      kind: 'run',
      request: { ...request, run: this.#runs },
      onEvents,
      onInput,
      settle: (end) => {
        this.#prompts.close(job);
        resolve(end);
      },
      received: 0,
      interrupted: false,
    };
    this.#queue.add(job);
    this.warm();
    this.#next();
    return promise;
  }

  /** Puts files into every interpreter that becomes ready from now on. */
  mount(files: readonly MountedFile[]): void {
    this.#files = files;
  }

  /** Keeps an interpreter for the next program booted from when Python is ready on, if the device has the memory. */
  expectPrograms(): void {
    this.#programsExpected = true;
    if (this.#state.phase === 'ready') this.#prepareProgram();
  }

  ask(question: Question): Promise<Answer | undefined> {
    if (this.#state.phase !== 'ready' || !this.#queue.empty) return Promise.resolve(undefined);
    const pid = this.#pid;
    return this.#questions.add((request) => this.#sandbox?.post({ type: 'editor.ask', pid, request, question }));
  }

  reset(namespace: string): Promise<void> {
    if (this.#state.phase === 'idle' || this.#state.phase === 'failed') return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const settle = () => {
      resolve(undefined);
    };
    this.#queue.add({ kind: 'reset', namespace, settle });
    this.#next();
    return promise;
  }

  stop(): Promise<void> {
    const { active, empty } = this.#queue;
    if (empty) return Promise.resolve();
    if (isProgram(active)) {
      if (!active.interrupted && this.#programs.interrupt()) {
        active.interrupted = true;
        this.#queue.cancelWaiting(faults.cancelled);
      } else this.#endProgram(faults.programEnded);
      return Promise.resolve();
    }
    const gentle = this.#state.phase === 'ready' && this.#state.fibers && active?.kind === 'run';
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
    if (this.#state.phase === 'idle' || this.#state.phase === 'failed') return;
    this.#replace(faults.restarted, faults.cancelled);
    await afterLoading(this);
  }

  close(): void {
    this.#closed = true;
    this.#teardown();
    this.#queue.abort(faults.closed, faults.closed, true);
    this.#enter({ phase: 'idle' });
    this.#listeners.clear();
  }

  async #start(signal: AbortSignal): Promise<void> {
    requirePlatform();
    const manifest = await fetchManifest(this.#runtime, signal);
    signal.throwIfAborted();
    const sandbox = new Sandbox(manifest.frame, (message) => {
      if (this.#sandbox === sandbox) this.#receive(message);
    });
    this.#sandbox = sandbox;
    const progress = (loaded: number, total: number) => {
      this.#bytes = total;
      if (!signal.aborted) this.#enter({ phase: 'loading', loaded, total });
    };
    const give = (asset: RuntimeAsset) => {
      sandbox.give(asset, signal);
    };
    const download = fetchAssets(this.#runtime, manifest, signal, progress, give);
    await Promise.all([
      download,
      sandbox.ready.then(() => {
        signal.throwIfAborted();
        this.#pid = this.#startProcess('notebook');
      }),
    ]);
  }

  /** Process ids are never used twice, so that a late word of a dead process is known for what it is. */
  #startProcess(kind: ProcessKind): Pid {
    this.#pids += 1;
    this.#sandbox?.post({ type: 'process.start', pid: this.#pids, kind });
    return this.#pids;
  }

  #prepareProgram(): void {
    if (this.#state.phase === 'ready' && this.#state.fibers && this.#programsExpected && hasRoom())
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
  #replace(active: Fault, waiting: Fault): void {
    const sandbox = this.#sandbox;
    const used = this.#state.phase === 'ready' && sandbox !== undefined;
    if (isProgram(this.#queue.active)) this.#programs.end();
    if (used) {
      sandbox.post({ type: 'process.kill', pid: this.#pid });
      this.#pid = this.#startProcess('notebook');
      this.#enter({ phase: 'loading', loaded: this.#bytes, total: this.#bytes });
    }
    this.#last = undefined;
    this.#questions.giveUp();
    this.#queue.abort(active, waiting, used);
  }

  #receive(message: FromSandbox): void {
    if (message.type === 'sandbox.failed') {
      this.#fail(message.fault);
      return;
    }
    if (message.type === 'sandbox.ready') return;
    const ofProgram = this.#programs.owns(message.pid);
    if (!ofProgram && message.pid !== this.#pid) return;
    const { active } = this.#queue;
    switch (message.type) {
      case 'process.ready': {
        if (ofProgram) this.#programs.booted(this.#files);
        if (ofProgram || this.#state.phase !== 'loading') return;
        const { python, pyodide, fibers } = message;
        if (this.#files.length > 0) this.#sandbox?.post({ type: 'files.put', pid: this.#pid, files: this.#files });
        this.#enter({ phase: 'ready', python, pyodide, fibers });
        this.#prepareProgram();
        this.#next();
        return;
      }
      case 'process.failed':
        if (ofProgram && !isProgram(active)) this.#programs.end();
        else if (ofProgram) this.#endProgram({ ...message.fault, mend: faults.programEnded.mend });
        else if (this.#state.phase === 'ready') this.#replace(message.fault, faults.cancelled);
        else this.#fail(message.fault);
        return;
      case 'cell.output': {
        const current = active?.kind === 'run' && active.request.run === message.run && isProgram(active) === ofProgram;
        const job = current ? active : ofProgram ? undefined : this.#last;
        if (job?.request.run !== message.run) return;
        job.received += textLength(message.events);
        if (job.received > mostCharacters && ofProgram) this.#endProgram(faults.programFlooded);
        else if (job.received > mostCharacters) this.#replace(faults.flooded, faults.cancelled);
        else job.onEvents(message.events);
        return;
      }
      case 'cell.finished':
        if (active?.kind !== 'run' || active.request.run !== message.run || isProgram(active) !== ofProgram) return;
        this.#queue.release();
        if (ofProgram) {
          this.#programs.end();
          this.#prepareProgram();
        } else this.#last = active;
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
      case 'input.request': {
        const current = active?.kind === 'run' && active.request.run === message.run && isProgram(active) === ofProgram;
        this.#prompts.ask(message, current ? active : undefined);
        return;
      }
      case 'input.withdrawn':
        this.#prompts.withdraw(message.pid);
        return;
      default:
        message satisfies never;
    }
  }

  #next(): void {
    const sandbox = this.#sandbox;
    if (this.#state.phase !== 'ready' || !sandbox) return;
    const job = this.#queue.take();
    if (!job) return;
    const pid = this.#pid;
    if (isProgram(job)) {
      this.#programsExpected = true;
      if (this.#state.fibers) this.#programs.run(job);
      else this.#endProgram(faults.noScripts);
    } else if (job.kind === 'run') sandbox.post({ type: 'cell.run', pid, request: job.request });
    else sandbox.post({ type: 'namespace.reset', pid, namespace: job.namespace });
  }

  #fail(fault: Fault): void {
    this.#teardown();
    this.#enter({ phase: 'failed', fault });
    this.#queue.abort(fault, fault, true);
  }

  #teardown(): void {
    this.#boot?.abort();
    this.#boot = undefined;
    this.#programs.end();
    this.#sandbox?.close();
    this.#sandbox = undefined;
    this.#last = undefined;
    this.#questions.giveUp();
    // The next sandbox has no process yet.
    this.#pid = 0;
  }

  #enter(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}
