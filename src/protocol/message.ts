/**
 * The messages between page, sandbox frame and kernel worker: two discriminated unions, one for each direction.
 * What comes out of the sandbox is untrusted: the session validates every message before use.
 */
import type { CellMode } from './cell.ts';
import type { CheckRequest } from './check.ts';
import type { Fault } from './fault.ts';
import type { Answer, Question } from './question.ts';
import type { RunEvent } from './snapshot.ts';

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

/** Names a worker with one interpreter, within one sandbox; never used twice there. */
export type Pid = number;

export interface RunRequest {
  /** Chosen by the session, unique within the page. */
  readonly run: number;
  readonly mode: CellMode;
  readonly source: string;
  /** File name in tracebacks: the cell's `name`, else `cell-id`. */
  readonly filename: string;
  /** Names persist between notebook runs of one namespace. */
  readonly namespace: string;
  readonly argv: readonly string[];
  readonly clock: number;
  /** Of a script: what is to be checked when its own code has run; each check is told as a result (`check.ts`). */
  readonly checks?: CheckRequest;
  /**
   * What standard input is: a terminal of which we are the screen too (without this field), one that shows by itself
   * what is typed, or a pipe.
   */
  readonly input?: 'terminal' | 'echoed' | 'pipe';
}

/** A file of an interpreter's own file system. */
export interface MountedFile {
  /** Absolute. */
  readonly path: string;
  readonly content: Uint8Array;
}

/** A process runs one chapter's cells after the other, or one program and no more. */
export type ProcessKind = CellMode;

/** Session to sandbox. */
export type ToSandbox =
  | { readonly type: 'sandbox.load'; readonly asset: RuntimeAsset }
  /** Answered by the frame itself with `sandbox.alive`, whatever its workers do. */
  | { readonly type: 'sandbox.ask' }
  | { readonly type: 'process.start'; readonly pid: Pid; readonly kind: ProcessKind }
  | { readonly type: 'process.kill'; readonly pid: Pid }
  /** Sent to a process that is ready, before its first run. */
  | { readonly type: 'files.put'; readonly pid: Pid; readonly files: readonly MountedFile[] }
  | { readonly type: 'cell.run'; readonly pid: Pid; readonly request: RunRequest }
  | { readonly type: 'namespace.reset'; readonly pid: Pid; readonly namespace: string }
  /** Answered by `editor.answered` with the same number, unless the process dies. */
  | { readonly type: 'editor.ask'; readonly pid: Pid; readonly request: number; readonly question: Question }
  | { readonly type: 'signal.send'; readonly pid: Pid; readonly signal: 'SIGINT' }
  /** `text` is as `read` gives it: a line with its end, or a part of what a pipe holds; null means end of input. */
  | { readonly type: 'input.reply'; readonly pid: Pid; readonly request: number; readonly text: string | null };

/** Sandbox to session. */
export type FromSandbox =
  | { readonly type: 'sandbox.ready' }
  | { readonly type: 'sandbox.alive' }
  | { readonly type: 'sandbox.failed'; readonly fault: Fault }
  | {
      readonly type: 'process.ready';
      readonly pid: Pid;
      readonly python: string;
      readonly pyodide: string;
      readonly fibers: boolean;
    }
  | { readonly type: 'process.failed'; readonly pid: Pid; readonly fault: Fault }
  /** Events in order; several are batched into one message. */
  | { readonly type: 'cell.output'; readonly pid: Pid; readonly run: number; readonly events: readonly RunEvent[] }
  | {
      readonly type: 'cell.finished';
      readonly pid: Pid;
      readonly run: number;
      readonly duration: number;
      readonly outcome: RunOutcome;
    }
  | { readonly type: 'editor.answered'; readonly pid: Pid; readonly request: number; readonly answer: Answer }
  | { readonly type: 'namespace.cleared'; readonly pid: Pid; readonly namespace: string }
  | {
      readonly type: 'input.request';
      readonly pid: Pid;
      readonly run: number;
      readonly request: number;
      /** What the program printed last without ending the line. */
      readonly prompt: string;
      /** What is typed is not to be shown. */
      readonly secret: boolean;
    }
  /** Nobody waits any more for an answer to the last request of this run. */
  | { readonly type: 'input.withdrawn'; readonly pid: Pid; readonly run: number };

/** How a run ended. `error` events carry the exception itself; after `deadlock` every name is kept. */
export type RunOutcome = 'ok' | 'error' | 'interrupted' | 'deadlock' | 'exited';
