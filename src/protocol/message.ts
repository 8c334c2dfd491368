/**
 * The messages between the page's session and the sandbox: two discriminated unions, one for each direction.
 *
 * `sandbox.*` is between the session and the frame itself. Every other message is between the session and one process,
 * which `pid` names; the frame passes it on. The frame sets `pid` on all that a process says, so a process speaks for
 * itself only. `addressing.ts` says which kind of process may send and receive which message.
 *
 * What the session says is its own and needs a type alone. What comes out of the sandbox is data from outside: it has a
 * schema, and the session uses nothing that does not pass it.
 */
import * as v from 'valibot';
import { faultSchema } from './fault.ts';
import { runEventSchema } from './event.ts';
import { answerSchema, type Question } from './question.ts';
import { connectionNumber, listenerSchema, receivedBytes } from './network.ts';
import { outcomeSchema, type RunRequest } from './run.ts';
import { list, note, seconds, text, wholeNumber, type Data } from './schema.ts';

/** What the page fetches and transfers into the frame, each as it arrives. Text assets are JavaScript sources. */
export interface RuntimeAssets {
  readonly pyodide: string;
  readonly pyodideAsm: string;
  readonly wasm: ArrayBuffer;
  /** An archive of what a start of Python imports, and nothing else: the start waits for no more than this. */
  readonly core: ArrayBuffer;
  /** The archive of the whole standard library; takes the other's place before a reader's code runs. */
  readonly stdlib: ArrayBuffer;
}

export type RuntimeAsset = {
  readonly [Name in keyof RuntimeAssets]: { readonly name: Name; readonly content: RuntimeAssets[Name] };
}[keyof RuntimeAssets];

/** Names a worker with one interpreter. The session chooses it and never uses it twice. */
export type Pid = number;

/** A notebook runs the cells of all chapters one after the other; a script runs one program and no more. */
export type ProcessKind = RunRequest['mode'];

/** A file of an interpreter's own file system. */
export interface MountedFile {
  /** Absolute. */
  readonly path: string;
  readonly content: Uint8Array;
}

/** A package as it comes from the site: a tar archive of what pip would have installed. */
export interface PackageArchive {
  /** Of its distribution, in PyPI's normal form. */
  readonly name: string;
  readonly content: ArrayBuffer;
}

/** Session to sandbox. */
export type ToSandbox =
  /** Sent once for each asset, as soon as it has been downloaded. Not answered, unless by `sandbox.failed`. */
  | { readonly type: 'sandbox.load'; readonly asset: RuntimeAsset }
  /** Sent now and then, to learn whether the frame still lives. The frame answers with `sandbox.alive`, whatever its workers do. */
  | { readonly type: 'sandbox.ask' }
  /** Sent for an interpreter that is needed or soon will be, even before the assets are there. Answered by `process.ready` or `process.failed`. */
  | { readonly type: 'process.start'; readonly pid: Pid; readonly kind: ProcessKind }
  /** Sent when a process has served its time or must end at once. Not answered: the session ignores the pid from then on. */
  | { readonly type: 'process.kill'; readonly pid: Pid }
  /** Sent to a process that is ready, before its first run, if there are files. Not answered. */
  | { readonly type: 'files.put'; readonly pid: Pid; readonly files: readonly MountedFile[] }
  /** Sent to a process that is ready and runs nothing. Answered by any number of `cell.output`, then one `cell.finished`. */
  | { readonly type: 'cell.run'; readonly pid: Pid; readonly run: number; readonly request: RunRequest }
  /** Sent when the reader resets a chapter and nothing runs. Answered by `namespace.cleared`. */
  | { readonly type: 'namespace.reset'; readonly pid: Pid; readonly namespace: string }
  /** Sent while a reader types in an editor and nothing runs. Answered by `editor.answered` with the same `request`. */
  | { readonly type: 'editor.ask'; readonly pid: Pid; readonly request: number; readonly question: Question }
  /** Sent when the reader presses Stop. The run that it interrupts answers, by its `cell.finished`. */
  | { readonly type: 'signal.send'; readonly pid: Pid; readonly signal: 'SIGINT' }
  /**
   * Answers `input.request` with the same `request`. `text` is what `read` gives: a line with its end, or a part of what a
   * pipe holds; null means end of input.
   */
  | { readonly type: 'input.reply'; readonly pid: Pid; readonly request: number; readonly text: string | null }
  /**
   * Sent when the reader connects to a port on which the process listens. `connection` is a number of the session's, never
   * used twice. Answered by any number of `network.received` and at last one `network.ended`, unless the session closes it.
   */
  | {
      readonly type: 'network.connect';
      readonly pid: Pid;
      readonly connection: number;
      readonly host: string;
      readonly port: number;
    }
  /** Sent on a connection that has not ended. `last`: nothing follows, and the server reads the end. Not answered. */
  | {
      readonly type: 'network.send';
      readonly pid: Pid;
      readonly connection: number;
      readonly data: Uint8Array;
      readonly last: boolean;
    }
  /** Sent when the reader has no more use for a connection that has not ended. Not answered. */
  | { readonly type: 'network.close'; readonly pid: Pid; readonly connection: number }
  /** Answers `packages.request` with the same `request`. `problem` says why they are not all that was asked for. */
  | {
      readonly type: 'packages.reply';
      readonly pid: Pid;
      readonly request: number;
      readonly archives: readonly PackageArchive[];
      readonly problem?: string;
    };

const pid = wholeNumber;
/** The number of a run, as the session chose it in `cell.run`; unique within the page. */
const run = wholeNumber;
const version = text(100);
const mostEvents = 50_000;

/** Sandbox to session. */
export const fromSandboxSchema = v.variant('type', [
  /** The frame sends it once, when its script runs. The session answers with `sandbox.load` and `process.start`. */
  v.object({ type: v.literal('sandbox.ready') }),
  /** The frame's answer to `sandbox.ask`. */
  v.object({ type: v.literal('sandbox.alive') }),
  /** The frame sends it when no process can ever start, for example because the browser does not compile the module. */
  v.object({ type: v.literal('sandbox.failed'), fault: faultSchema }),
  /** A process's answer to `process.start`, once it has booted. From now on it takes messages. */
  v.object({ type: v.literal('process.ready'), pid, python: version, pyodide: version, fibers: v.boolean() }),
  /**
   * A process sends it when its interpreter has died, or the frame when the worker has. It settles all that waits for the
   * process; the session kills what is left.
   */
  v.object({ type: v.literal('process.failed'), pid, fault: faultSchema }),
  /**
   * A process sends it while `run` runs, and after the end for what a task of a notebook still prints. It carries the events
   * in their order, those of a short time together.
   */
  v.object({ type: v.literal('cell.output'), pid, run, events: list(runEventSchema, mostEvents) }),
  /** A process sends it when the run is over, after the last of its events. `duration` is on the cell's clock. */
  v.object({ type: v.literal('cell.finished'), pid, run, duration: seconds, outcome: outcomeSchema }),
  /** A process's answer to `editor.ask`. */
  v.object({ type: v.literal('editor.answered'), pid, request: wholeNumber, answer: answerSchema }),
  /** A process's answer to `namespace.reset`. */
  v.object({ type: v.literal('namespace.cleared'), pid, namespace: note }),
  /** A process sends it when its program reads from a terminal that has no line left. Answered by `input.reply`. */
  v.object({
    type: v.literal('input.request'),
    pid,
    run,
    request: wholeNumber,
    /** What the program printed last without ending the line. */
    prompt: note,
    /** The program asked that what is typed is not shown. */
    secret: v.boolean(),
  }),
  /** A process sends it when its program no longer waits for the answer to its last `input.request`. Not answered. */
  v.object({ type: v.literal('input.withdrawn'), pid, run }),
  /** A process sends it when a port begins or ceases to listen; `listeners` are all that listen now. Not answered. */
  v.object({ type: v.literal('network.listening'), pid, listeners: list(listenerSchema, 1_000) }),
  /** A process sends it when a server has sent something on a connection that the session has opened. Not answered. */
  v.object({ type: v.literal('network.received'), pid, connection: connectionNumber, data: receivedBytes }),
  /**
   * A process sends it when the server has closed a connection, or when it could not be made or was lost: then `error` is
   * what CPython says of it, for example `[Errno 104] Connection reset by peer`. Not answered.
   */
  v.object({ type: v.literal('network.ended'), pid, connection: connectionNumber, error: v.exactOptional(note) }),
  /**
   * A process sends it when its program imports what a distribution has that is not there, and before a run whose packages
   * are known. The names are those of distributions, first what is imported, then what it requires. Answered by
   * `packages.reply`.
   */
  v.object({ type: v.literal('packages.request'), pid, request: wholeNumber, names: list(text(100), 100) }),
]);

export type FromSandbox = Data<typeof fromSandboxSchema>;
