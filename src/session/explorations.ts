/**
 * The searches for schedules and the replays that are under way, each in an interpreter of its own, which is ended with it.
 *
 * Invariant: each settles once: with its answer, or with the reason why there is none.
 */
import type { ExplorationAnswer, ExplorationAsked, ExplorationProgress } from '../protocol/exploration.ts';
import type { RuntimeFile } from '../protocol/manifest.ts';
import type { ExplorationEnd, OnExploration } from './contract.ts';
import { fetchFile } from './download.ts';
import { faultOf, searchStopped } from './faults.ts';
import type { Process } from './process.ts';
import type { Processes } from './processes.ts';
import type { Sandbox } from './sandbox.ts';

/** Milliseconds for what nothing can interrupt, beyond the time of the search: a call of C that never returns. */
const patience = 60_000;

interface Waiting {
  readonly asked: ExplorationAsked;
  readonly onProgress: OnExploration;
  readonly settle: (end: ExplorationEnd) => void;
}

export class Explorations {
  readonly #runtime: URL;
  readonly #processes: Processes;
  readonly #waiting = new Map<Process, Waiting>();
  /** The sandboxes that have the script. */
  readonly #given = new WeakSet<Sandbox>();
  #script: Promise<string> | undefined;
  /** The script of the workers, from the manifest. */
  served: RuntimeFile | undefined;

  /** `runtime` is the runtime's folder. */
  constructor(runtime: URL, processes: Processes) {
    this.#runtime = runtime;
    this.#processes = processes;
  }

  async ask(
    sandbox: Sandbox,
    asked: ExplorationAsked,
    onProgress: OnExploration,
    signal: AbortSignal,
  ): Promise<ExplorationEnd> {
    try {
      await this.#give(sandbox);
    } catch (reason) {
      return { kind: 'fault', fault: faultOf(reason) };
    }
    if (signal.aborted) return { kind: 'fault', fault: searchStopped };
    return this.#search(asked, onProgress, signal);
  }

  #search(asked: ExplorationAsked, onProgress: OnExploration, signal: AbortSignal): Promise<ExplorationEnd> {
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

  /** Fetches the script at the first search; a failure is not kept. */
  async #give(sandbox: Sandbox): Promise<void> {
    if (this.#given.has(sandbox) || !this.served) return;
    this.#script ??= fetchFile(this.#runtime, this.served, {}, () => undefined).then((content) =>
      new TextDecoder().decode(content),
    );
    try {
      const content = await this.#script;
      this.#given.add(sandbox);
      sandbox.post({ type: 'sandbox.load', asset: { name: 'explorer', content } });
    } catch (reason) {
      this.#script = undefined;
      throw reason;
    }
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
