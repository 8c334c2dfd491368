/**
 * One booted CPython in this worker: runs what it is asked to and reports what that prints and how it ends.
 *
 * Invariant: every run ends with exactly one `cell.finished`, after all of its output.
 */
import type { PyodideAPI } from 'pyodide';
import type { BrokerPid, ToBroker } from '../../protocol/broker.ts';
import { readerFolder } from '../../protocol/file-name.ts';
import type { MountedFile } from '../../protocol/to-sandbox.ts';
import type { Answer, Question } from '../../protocol/question.ts';
import type { NotebookRun, ProgramRun, RunOutcome, RunRequest } from '../../protocol/run.ts';
import type { Timeline } from '../../protocol/timeline.ts';
import type { Began, ToProcess } from '../broker/hardware-messages.ts';
import type { Booted } from './boot.ts';
import type { Clock } from './clock.ts';
import { createMachine, interruptSignal, type Machine, type NetworkArrival } from '../machine/machine.ts';
import { SharedFiles } from '../machine/shared-files.ts';
import { SharedMemory } from '../machine/shared-memory.ts';
import type { EmscriptenModule, PromisingCallable } from '../machine/cpython/emscripten-module.ts';
import type { FileSystem } from '../machine/cpython/file-system.ts';
import { Output, runLimit } from './output.ts';
import { type PackageReply, PackageRequests } from './packages.ts';
import type { CellJob, Held, Page, ProgramJob, Recording } from './page.ts';
import { Ports } from './ports.ts';
import type { InterpreterKind } from './worker-messages.ts';
import { tellUncaught } from './uncaught.ts';
import { WrittenFiles } from './written-files.ts';
import { type FromWorker, killedBy } from './worker-voice.ts';

/** `_kernel.notebook.Notebook`, as seen from here. */
interface Notebook {
  run(source: string, filename: string, namespace: string): Promise<RunOutcome>;
  reset(namespace: string): void;
  /** Takes and gives JSON (`Question` and `Answer` of src/protocol/question.ts). */
  answer(question: string): string;
  /** The version of Python, and whether a stack can be suspended, which is true only in a call by `callPromising`. */
  readonly describe: {
    (): Description;
    callPromising(): Promise<Description>;
  };
}

interface Description {
  toJs(): [version: string, fibers: boolean];
  destroy(): void;
}

/** The number of the main thread's fiber, and the function that is called on the stack of each new fiber. */
interface Opened {
  toJs(options: object): [number, PromisingCallable];
}

/** `_kernel.boot`, as seen from here. */
interface Boot {
  boot(page: unknown, descriptors: unknown): Notebook;
  readonly archive: string;
  look_again(): void;
  load_start(): void;
  /** Names with spaces between: what is not there of `names`, of what `source` imports, and of what these require. */
  missing_packages(names: string, source: string | undefined): string;
  store_package(name: string, content: Uint8Array): void;
  open_desk(notebook: Notebook, machine: unknown, interruptSignal: number): Opened;
  open_program(page: unknown, machine: unknown, interruptSignal: number): Opened;
  open_child(page: unknown, machine: unknown, interruptSignal: number): Opened;
}

/** SIGINT */
const stopSignal = 2;

export class Interpreter {
  readonly #python: PyodideAPI;
  readonly #booted: Booted;
  readonly #kind: InterpreterKind;
  readonly #broker: MessagePort;
  readonly #shared: SharedFiles;
  readonly #memory: SharedMemory;
  readonly #clock: Clock;
  readonly #boot: Boot;
  readonly #files: FileSystem;
  readonly #onDeath: (reason: unknown) => void;
  #machine: Machine | undefined;
  readonly #notebook: Notebook;
  readonly #output: Output;
  readonly #say: (message: FromWorker) => void;
  readonly #errors: Held[] = [];
  readonly #ports = new Ports();
  readonly #packages: PackageRequests;
  /** Set while a run waits for packages: makes it begin without them, only to be interrupted. */
  #hurry: (() => void) | undefined;
  /** A child is a process of a run. */
  #joined = false;
  #run = 0;
  #labels = false;
  /** What the files were when the run began, if what becomes of them is to be told. */
  #written: WrittenFiles | undefined;
  #input: NonNullable<RunRequest['input']> = 'terminal';
  #asked: { readonly request: number; readonly secret: boolean } | undefined;

  constructor(
    booted: Booted,
    { kind, broker }: { readonly kind: InterpreterKind; readonly broker: MessagePort },
    clock: Clock,
    say: (message: FromWorker) => void,
    onDeath: (reason: unknown) => void,
  ) {
    const { python } = booted;
    this.#python = python;
    this.#booted = booted;
    this.#files = booted.own.descriptors.fs;
    this.#kind = kind;
    this.#broker = broker;
    const { own } = booted;
    const tell = (message: ToBroker): void => {
      this.#broker.postMessage(message);
    };
    this.#memory = new SharedMemory(this.#files, own, tell, clock.realNow);
    this.#shared = new SharedFiles(this.#files, this.#memory, (changes) => {
      this.#tellBroker({ type: 'files.changed', changes });
    });
    own.mappings.written = (node, now) => {
      this.#shared.wrote(node, now);
    };
    this.#clock = clock;
    this.#say = say;
    this.#onDeath = onDeath;
    this.#output = new Output(
      (events) => {
        say({ type: 'cell.output', run: this.#run, events });
      },
      { cell: () => clock.now(), real: clock.realNow },
    );
    this.#packages = new PackageRequests((request, names) => {
      say({ type: 'packages.request', request, names });
    });
    this.#connectStreams();
    tellUncaught(self, python, (traceback) => {
      this.#output.write('stderr', new TextEncoder().encode(traceback));
    });
    // This is the only place where Pyodide 314.0.7 reports that the interpreter has died: a call that was under way
    // never returns.
    const { _api } = python as unknown as { readonly _api: { on_fatal?: (reason: unknown) => void } };
    _api.on_fatal = (reason) => {
      this.#output.end();
      onDeath(reason);
    };
    this.#boot = python.pyimport('_kernel.boot') as Boot;
    this.#notebook = this.#boot.boot(this.#page(), booted.own.descriptors.operations);
  }

  /** Versions, and whether this interpreter has threads. */
  async start(): Promise<{ python: string; fibers: boolean }> {
    const described = await this.#describe();
    if (described.fibers) {
      this.#startMachine();
      // `/dev/tty` would be Emscripten's own terminal. Where there is none, `getpass` asks at standard input.
      this.#files.unlink('/dev/tty');
    } else {
      this.#boot.load_start();
    }
    return described;
  }

  #startMachine(): void {
    const module = (this.#python as unknown as { readonly _module: EmscriptenModule })._module;
    const made = createMachine(module, {
      own: this.#booted.own,
      now: this.#clock.realNow,
      real: (milliseconds) => this.#clock.real(milliseconds),
      keyboard: {
        ask: (request, secret) => {
          this.#asked = { request, secret };
          this.#output.flush();
          this.#say({ type: 'input.request', run: this.#run, request, prompt: this.#output.openLine, secret });
        },
        withdraw: () => {
          this.#asked = undefined;
          this.#say({ type: 'input.withdrawn', run: this.#run });
        },
        terminal: () => this.#input !== 'pipe',
      },
      network: {
        listening: (listeners) => {
          this.#say({ type: 'network.listening', listeners: this.#ports.startedBy(this.#run, listeners) });
        },
        received: (connection, data) => {
          this.#say({ type: 'network.received', connection, data });
        },
        ended: (connection, error) => {
          this.#say({ type: 'network.ended', connection, ...(error !== '' && { error }) });
        },
      },
      askPackages: (names) =>
        this.#packages.ask(names, (reply) => {
          this.#receive(reply);
        }),
      tellBroker: (message) => {
        this.#tellBroker(message);
      },
      memory: this.#memory,
      processors: navigator.hardwareConcurrency,
      failed: this.#onDeath,
    });
    const opened = this.#open(made.operations);
    const [main, entry] = opened.toJs({ create_pyproxies: true });
    made.boot(entry, main);
    this.#machine = made;
    this.#broker.onmessage = (event: MessageEvent<ToProcess>) => {
      const { data } = event;
      if (data.type === 'files.changed') {
        this.#shared.apply(data.changes);
        return;
      }
      if (data.type === 'memory.changed' || data.type === 'memory.taken') {
        this.#memory.hear(data);
        return;
      }
      if (data.type === 'memory.opened') this.#memory.opened(data);
      if (data.type === 'pipe.data') this.#memory.given(data.memories ?? []);
      if (data.type === 'process.begin') {
        if (data.began) this.#join(data.began, data.pid);
        this.#memory.given(data.memories);
        this.#shared.apply(data.files);
        this.#shared.begin();
      }
      made.post({ kind: 'broker', message: data });
    };
  }

  #open(operations: unknown): Opened {
    switch (this.#kind) {
      case 'script':
        return this.#boot.open_program(this.#page(), operations, interruptSignal);
      case 'notebook':
        return this.#boot.open_desk(this.#notebook, operations, interruptSignal);
      case 'child':
        return this.#boot.open_child(this.#page(), operations, interruptSignal);
    }
  }

  /** With a process that it starts goes along to which run that belongs. */
  #tellBroker(message: ToBroker): void {
    if (message.type === 'process.exit' || 'passed' in message) this.#shared.flush();
    this.#memory.release(message);
    if (message.type !== 'process.spawn') {
      this.#broker.postMessage(message);
      return;
    }
    this.#shared.begin();
    this.#shared.flush();
    const elapsed = this.#output.elapsed * 1000;
    const told = { run: this.#run, elapsed, input: this.#input, labels: this.#labels };
    const began: Began = { ...told, ...this.#clock.standing() };
    this.#broker.postMessage({ ...message, began });
  }

  /** Becomes a process of a run that another process began, in the middle of that run. */
  #join(began: Began, pid: BrokerPid): void {
    this.#joined = true;
    this.#labels = began.labels;
    if (began.labels) this.#output.label = `[${pid}] `;
    this.#run = began.run;
    this.#input = began.input;
    this.#clock.follow(began);
    this.#output.begin(began.elapsed + (this.#clock.realDate() - began.at) * began.clock);
  }

  /** Replaces the small archive that Python started from by the whole standard library, before any reader's code runs. */
  complete(stdlib: ArrayBuffer): void {
    this.#files.writeFile(this.#boot.archive, new Uint8Array(stdlib), { canOwn: true });
    this.#boot.look_again();
  }

  /** As `complete`, before the start. */
  completeEarly(stdlib: ArrayBuffer): void {
    this.#boot.load_start();
    this.complete(stdlib);
  }

  /** Removes the files that are `gone`, and writes the others, with the folders they lie in. */
  put(files: readonly MountedFile[], gone: readonly string[]): void {
    for (const path of gone) {
      try {
        this.#files.unlink(path);
      } catch {
        // A run has removed it, or put a folder there.
      }
    }
    for (const { path, content } of files) {
      this.#files.mkdirTree(path.slice(0, path.lastIndexOf('/')) || '/');
      this.#files.writeFile(path, content);
    }
  }

  /** Brings the line for a request for input, or null for the end of input. A line that comes too late is dropped. */
  reply(request: number, text: string | null): void {
    const asked = this.#asked;
    if (asked?.request !== request) return;
    this.#asked = undefined;
    if (text !== null && !asked.secret && this.#input === 'terminal') this.#output.echo(text);
    this.#machine?.post({ kind: 'input', request, text: text ?? undefined });
  }

  /** The page acts as a client of a server in this process. */
  network(arrival: NetworkArrival): void {
    this.#machine?.post(arrival);
  }

  /** Brings packages that were asked for. */
  deliver(reply: PackageReply): void {
    this.#packages.answered(reply);
  }

  /** Gives Python the archives, before anything that is asked of it later. */
  #receive({ request, archives, problem }: PackageReply): void {
    const given = archives.map(({ name, content }) => ({ name, content: new Uint8Array(content) }));
    if (this.#machine) this.#machine.post({ kind: 'packages', request, archives: given, problem });
    else for (const { name, content } of given) this.#boot.store_package(name, content);
  }

  /**
   * Loads the packages that a run will import, so that its time does not count theirs. What cannot be loaded is told by the
   * import. Where Python cannot wait, reading the source tells what is imported. True if the run was interrupted meanwhile.
   */
  async #bring({ packages = [], source }: RunRequest): Promise<boolean> {
    if (packages.length === 0 && this.#machine) return false;
    const missing = this.#boot.missing_packages(packages.join(' '), this.#machine ? undefined : source);
    if (missing === '') return false;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#hurry = () => {
      resolve(true);
    };
    this.#packages.ask(missing.split(' '), (reply) => {
      this.#receive(reply);
      resolve(false);
    });
    const interrupted = await promise;
    this.#hurry = undefined;
    return interrupted;
  }

  /** Raises KeyboardInterrupt in the main thread, as Ctrl+C does. */
  interrupt(): void {
    if (this.#hurry) {
      this.#hurry();
      return;
    }
    this.#machine?.post({ kind: 'signal', number: stopSignal });
  }

  /** Asks whether Python may suspend its stack in this browser; without JSPI no call can be made that may. */
  async #describe(): Promise<{ python: string; fibers: boolean }> {
    const { _module } = this.#python as unknown as { readonly _module: EmscriptenModule };
    const { describe } = this.#notebook;
    const answer = _module.jspiSupported ? await describe.callPromising() : describe();
    const [python, fibers] = answer.toJs();
    answer.destroy();
    return { python, fibers };
  }

  async run(run: number, request: RunRequest): Promise<void> {
    const interrupted = await this.#bring(request);
    this.#run = run;
    this.#input = request.input ?? 'terminal';
    this.#labels = request.labels === true;
    this.#written = request.files ? new WrittenFiles(this.#files, readerFolder) : undefined;
    this.#output.begin();
    this.#clock.factor = request.clock;
    if (request.mode === 'script') {
      this.#runProgram(run, request);
      if (interrupted) this.interrupt();
      return;
    }
    const ending = this.#outcome(run, request);
    if (interrupted) this.interrupt();
    const outcome = await ending;
    // Frees the exceptions, and with them what their frames kept alive. That is done here, where no Python frame is on
    // the stack, so that a coroutine that was never awaited is reported as `<sys>:0`, as at the end of a program.
    for (const error of this.#errors.splice(0)) error.destroy();
    this.#finish(run, outcome);
  }

  #finish(run: number, outcome: RunOutcome): void {
    const duration = this.#output.elapsed;
    this.#output.end();
    const written = this.#written?.now();
    this.#written = undefined;
    if (written) this.#say({ type: 'cell.files', run, written });
    this.#say({ type: 'cell.finished', run, duration, outcome });
  }

  /** Tells the end at once and not in a later task, because what daemon threads do afterwards is not part of the run. */
  #runProgram(run: number, { source, filename, argv, checks, net, timeline }: ProgramRun): void {
    const finished = (outcome: RunOutcome) => {
      this.#finish(run, outcome);
    };
    const recording = this.#recording(run, timeline);
    const job: ProgramJob = { source, filename, argv, checks, net, recording, finished };
    this.#machine?.post({ kind: 'job', job });
  }

  /** What Python is to record of a run; told before its end. */
  #recording(run: number, wanted: boolean | undefined): Recording | undefined {
    if (!wanted) return undefined;
    return {
      elapsed: () => this.#output.elapsed * 1000,
      recorded: (timeline) => {
        this.#say({ type: 'cell.timeline', run, timeline: JSON.parse(timeline) as Timeline });
      },
    };
  }

  #outcome(run: number, { source, filename, namespace, net, timeline }: NotebookRun): Promise<RunOutcome> {
    const machine = this.#machine;
    if (machine === undefined) return this.#notebook.run(source, filename, namespace);
    const { promise, resolve } = Promise.withResolvers<RunOutcome>();
    const recording = this.#recording(run, timeline);
    const job: CellJob = { source, filename, namespace, net, recording, finished: resolve };
    machine.post({ kind: 'job', job });
    return promise;
  }

  reset(namespace: string): void {
    this.#notebook.reset(namespace);
  }

  /** The main thread answers when its event loop comes round to it; an interpreter without threads answers at once. */
  ask(request: number, question: Question): void {
    const answered = (text: string) => {
      this.#say({ type: 'editor.answered', request, answer: JSON.parse(text) as Answer });
    };
    const asked = JSON.stringify(question);
    if (this.#machine) this.#machine.post({ kind: 'question', asked, answered });
    else answered(this.#notebook.answer(asked));
  }

  #connectStreams(): void {
    const raw = (stream: 'stdout' | 'stderr') => ({
      write: (bytes: Uint8Array) => {
        // What `-v` and `-X importtime` tell of the start of an interpreter is about this kernel.
        if (this.#kind !== 'child' || this.#joined) this.#output.write(stream, bytes);
        return bytes.length;
      },
      isatty: stream === 'stderr',
    });
    this.#python.setStdout(raw('stdout'));
    // CPython writes coloured tracebacks to a terminal, and the page can show the colours.
    this.#python.setStderr(raw('stderr'));
    this.#python.setStdin({ stdin: () => null, isatty: false });
  }

  /** What Python tells us besides what it prints. */
  #page(): Page {
    const output = this.#output;
    return {
      result: (text, introspection) => {
        const event = { type: 'result', at: output.elapsed, text: capped(text) } as const;
        output.add(introspection ? { ...event, introspection } : event);
      },
      error: (name, message, traceback, hint, error) => {
        const at = output.elapsed;
        // A program frees its exception itself, while it can still run finalizers.
        if (this.#kind === 'notebook') this.#errors.push(error.copy());
        const told = { type: 'error', at, name, message: capped(message), traceback: capped(traceback) } as const;
        output.add(hint === '' ? told : { ...told, hint });
      },
      flush: () => {
        output.flush();
      },
      killed: (signal) => {
        output.end();
        this.#say({ type: 'process.failed', fault: killedBy(signal) });
      },
      exit: (code) => {
        if (this.#kind === 'child') {
          output.end();
          this.#tellBroker({ type: 'process.exit', status: code });
          return;
        }
        output.add({ type: 'exit', at: output.elapsed, code });
      },
      check: (check, state, failure) => {
        const event = { type: 'check', at: output.elapsed, check } as const;
        if (state !== 'failed') output.add({ ...event, state });
        else if (failure)
          output.add({ ...event, state, failure: failure.toJs({ dict_converter: Object.fromEntries }) });
      },
    };
  }
}

function capped(text: string): string {
  return text.length <= runLimit ? text : `${text.slice(0, runLimit)}\n[${text.length - runLimit} more characters]\n`;
}
