/**
 * The page's handle on running Python: starts the sandbox on demand, runs one cell at a time, survives crashes.
 *
 * Invariant: every `run` settles, whatever dies; no message of an interpreter that was replaced has any effect.
 */
import type { FromSandbox, MountedFile, Pid, RunOutcome, RunRequest, RuntimeAsset } from '../protocol/message.ts';
import type { Fault } from '../protocol/fault.ts';
import type { RunEvent } from '../protocol/snapshot.ts';
import type { RunEnd, SessionContract, SessionState } from './contract.ts';
import { fetchAssets, fetchManifest } from './download.ts';
import * as faults from './faults.ts';
import { RunQueue, type RunJob } from './run-queue.ts';
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
  #state: SessionState = { phase: 'idle' };
  #sandbox: Sandbox | undefined;
  #boot: AbortController | undefined;
  #bytes = 0;
  #pid: Pid = 0;
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

  run(request: Omit<RunRequest, 'run'>, onEvents: (events: readonly RunEvent[]) => void): Promise<RunEnd> {
    const refusal = this.#closed ? faults.closed : unsupported(request);
    if (refusal) return Promise.resolve({ outcome: 'fault', fault: refusal, stateLost: false });
    const { promise, resolve } = Promise.withResolvers<RunEnd>();
    this.#runs += 1;
    this.#queue.add({
      kind: 'run',
      request: { ...request, run: this.#runs },
      onEvents,
      settle: resolve,
      received: 0,
      interrupted: false,
    });
    this.warm();
    this.#next();
    return promise;
  }

  /** Puts files into every interpreter that becomes ready from now on. */
  mount(files: readonly MountedFile[]): void {
    this.#files = files;
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
    await this.#settled();
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
      const transfer = typeof asset.content === 'string' ? [] : [asset.content];
      // What arrives before the frame's script runs waits for it.
      sandbox.ready.then(
        () => {
          if (!signal.aborted) sandbox.post({ type: 'sandbox.load', asset }, transfer);
        },
        () => undefined, // Awaited below, and told there.
      );
    };
    const download = fetchAssets(this.#runtime, manifest, signal, progress, give);
    await Promise.all([
      download,
      sandbox.ready.then(() => {
        signal.throwIfAborted();
        this.#startProcess(sandbox);
      }),
    ]);
  }

  /** Process ids are never used twice, so that a late word of a dead process is known for what it is. */
  #startProcess(sandbox: Sandbox): void {
    this.#pid += 1;
    sandbox.post({ type: 'process.start', pid: this.#pid });
  }

  /** Puts a new interpreter in the place of the current one. One that still boots is new: then only the queue goes. */
  #replace(active: Fault, waiting: Fault): void {
    const sandbox = this.#sandbox;
    const used = this.#state.phase === 'ready' && sandbox !== undefined;
    if (used) {
      sandbox.post({ type: 'process.kill', pid: this.#pid });
      this.#startProcess(sandbox);
      this.#enter({ phase: 'loading', loaded: this.#bytes, total: this.#bytes });
    }
    this.#last = undefined;
    this.#queue.abort(active, waiting, used);
  }

  #receive(message: FromSandbox): void {
    if (message.type === 'sandbox.failed') {
      this.#fail(message.fault);
      return;
    }
    if (message.type === 'sandbox.ready' || message.pid !== this.#pid) return;
    const { active } = this.#queue;
    switch (message.type) {
      case 'process.ready': {
        if (this.#state.phase !== 'loading') return;
        const { python, pyodide, fibers } = message;
        if (this.#files.length > 0) this.#sandbox?.post({ type: 'files.put', pid: this.#pid, files: this.#files });
        this.#enter({ phase: 'ready', python, pyodide, fibers });
        this.#next();
        return;
      }
      case 'process.failed':
        if (this.#state.phase === 'ready') this.#replace(message.fault, faults.cancelled);
        else this.#fail(message.fault);
        return;
      case 'cell.output': {
        const job = active?.kind === 'run' && active.request.run === message.run ? active : this.#last;
        if (job?.request.run !== message.run) return;
        job.received += textLength(message.events);
        if (job.received > mostCharacters) this.#replace(faults.flooded, faults.cancelled);
        else job.onEvents(message.events);
        return;
      }
      case 'cell.finished':
        if (active?.kind !== 'run' || active.request.run !== message.run) return;
        this.#queue.release();
        this.#last = active;
        active.settle(endOf(message.outcome, message.duration));
        this.#next();
        return;
      case 'namespace.cleared':
        if (active?.kind !== 'reset' || active.namespace !== message.namespace) return;
        this.#queue.release();
        active.settle();
        this.#next();
        return;
      case 'input.request':
        return; // No kernel of this version asks.
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
    if (job.kind === 'run') sandbox.post({ type: 'cell.run', pid, request: job.request });
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
    this.#sandbox?.close();
    this.#sandbox = undefined;
    this.#last = undefined;
    // The next sandbox has no process yet.
    this.#pid = 0;
  }

  #enter(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }

  /** Until the phase is no longer `loading`. */
  #settled(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const unsubscribe = this.subscribe((state) => {
      if (state.phase === 'loading') return;
      unsubscribe();
      resolve(undefined);
    });
    return promise;
  }
}

function endOf(outcome: RunOutcome, duration: number): RunEnd {
  if (outcome === 'deadlock') return { outcome: 'fault', fault: faults.deadlock, stateLost: false };
  return { outcome, duration };
}

/** Why this request cannot be run by this version, if it cannot. */
function unsupported(request: Omit<RunRequest, 'run'>): Fault | undefined {
  return request.mode === 'script' ? faults.noScripts : undefined;
}

function requirePlatform(): void {
  if (typeof WebAssembly !== 'object') throw new faults.FaultError(faults.noWebAssembly);
  if (typeof Worker !== 'function') throw new faults.FaultError(faults.noWorkers);
  if (typeof DecompressionStream !== 'function') throw new faults.FaultError(faults.noInflate);
}
