/** One booted CPython with its notebook and its output: turns a run request into events and an outcome. */
import type { PyodideAPI } from 'pyodide';
import type { RunOutcome, RunRequest } from '../protocol/message.ts';
import { Output, runLimit } from './output.ts';
import type { FromWorker } from './worker-voice.ts';

/** A Python object held from here. */
interface Held {
  copy(): Held;
  destroy(): void;
}

/** `_kernel.notebook.Notebook`, as seen from here. */
interface Notebook {
  run(source: string, filename: string, namespace: string): Promise<RunOutcome>;
  reset(namespace: string): void;
  /** The version of Python, and whether the stack can be suspended: true only in a call that may. */
  readonly describe: {
    callPromising(): Promise<{ toJs(): [version: string, fibers: boolean]; destroy(): void }>;
  };
}

export class Interpreter {
  readonly #python: PyodideAPI;
  readonly #notebook: Notebook;
  readonly #output: Output;
  readonly #say: (message: FromWorker) => void;
  readonly #errors: Held[] = [];
  #run = 0;

  constructor(python: PyodideAPI, say: (message: FromWorker) => void, onDeath: (reason: unknown) => void) {
    this.#python = python;
    this.#say = say;
    this.#output = new Output(
      (events) => {
        say({ type: 'cell.output', run: this.#run, events });
      },
      () => performance.now(),
    );
    this.#connectStreams();
    // Pyodide 314.0.7 reports the interpreter's own death here and nowhere else: a call under way never returns.
    const { _api } = python as unknown as { readonly _api: { on_fatal?: (reason: unknown) => void } };
    _api.on_fatal = (reason) => {
      this.#output.end();
      onDeath(reason);
    };
    const boot = python.pyimport('_kernel.boot') as { boot(host: unknown): Notebook };
    this.#notebook = boot.boot(this.#host());
  }

  /** Versions, and whether Python may suspend its stack (JSPI) in this browser: asked, not guessed. */
  async describe(): Promise<{ python: string; fibers: boolean }> {
    const answer = await this.#notebook.describe.callPromising();
    const [python, fibers] = answer.toJs();
    answer.destroy();
    return { python, fibers };
  }

  async run(request: RunRequest): Promise<void> {
    this.#run = request.run;
    this.#output.begin();
    const outcome = await this.#notebook.run(request.source, request.filename, request.namespace);
    // With the error goes what its frames kept alive. Here, where no frame of ours is on the stack, a coroutine
    // that was never awaited is reported as `<sys>:0`, as CPython does at the end of a program.
    for (const error of this.#errors.splice(0)) error.destroy();
    const duration = this.#output.elapsed;
    this.#output.end();
    this.#say({ type: 'cell.finished', run: request.run, duration, outcome });
  }

  reset(namespace: string): void {
    this.#notebook.reset(namespace);
  }

  #connectStreams(): void {
    const raw = (stream: 'stdout' | 'stderr') => ({
      write: (bytes: Uint8Array) => {
        this.#output.write(stream, bytes);
        return bytes.length;
      },
      isatty: false,
    });
    this.#python.setStdout(raw('stdout'));
    this.#python.setStderr(raw('stderr'));
    this.#python.setStdin({ stdin: () => null, isatty: false });
  }

  /** What Python tells us besides what it prints. */
  #host() {
    const output = this.#output;
    return {
      result: (text: string, introspection: boolean) => {
        const event = { type: 'result', at: output.elapsed, text: capped(text) } as const;
        output.add(introspection ? { ...event, introspection } : event);
      },
      error: (name: string, message: string, traceback: string, error: Held) => {
        const at = output.elapsed;
        this.#errors.push(error.copy());
        output.add({ type: 'error', at, name, message: capped(message), traceback: capped(traceback) });
      },
      flush: () => {
        output.flush();
      },
      exit: (code: number) => {
        output.add({ type: 'exit', at: output.elapsed, code });
      },
    };
  }
}

function capped(text: string): string {
  return text.length <= runLimit ? text : `${text.slice(0, runLimit)}\n[${text.length - runLimit} more characters]\n`;
}
