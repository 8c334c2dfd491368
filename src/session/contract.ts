/** What the page's elements and the recorder may ask of running Python; `Session` keeps it. */
import type { OutputEvent, RunEvent } from '../protocol/event.ts';
import type { ExplorationAnswer, ExplorationAsked, ExplorationProgress } from '../protocol/exploration.ts';
import type { Fault } from '../protocol/fault.ts';
import type { StepCommand, SteppingAsked, SteppingTold } from '../protocol/stepping.ts';
import type { Answer, Question } from '../protocol/question.ts';
import type { CheckedRun, RunOutcome, RunRequest } from '../protocol/run.ts';
import type { Timeline } from '../protocol/timeline.ts';
import type { Written } from '../protocol/written.ts';

/** Packages on their way: what was asked for first, how many others with it, and bytes over the wire. */
export interface PackagesComing {
  readonly name: string;
  readonly others: number;
  readonly loaded: number;
  readonly total: number;
}

export type SessionState =
  | { readonly phase: 'idle' }
  /**
   * `loaded` and `total` are in bytes as they come over the wire; both are 0 until the manifest is there. `lost` says how
   * the interpreter died that this one replaces; it is absent when that happened in a run, whose end says so.
   */
  | { readonly phase: 'loading'; readonly loaded: number; readonly total: number; readonly lost?: Fault }
  /** `coming` is there while a program waits for packages. */
  | {
      readonly phase: 'ready';
      readonly python: string;
      readonly pyodide: string;
      readonly fibers: boolean;
      readonly coming?: PackagesComing;
    }
  | { readonly phase: 'failed'; readonly fault: Fault };

/**
 * What was asked for is there if the run came to an end, be it a deadlock; `timeline` in a Python that has threads, and neither
 * of a run that follows a schedule.
 */
interface AnyEnd {
  readonly timeline?: Timeline;
  /** The files below the folder of programs that it has made or changed. */
  readonly written?: Written;
}

export type RunEnd = AnyEnd & Ended;

type Ended =
  | { readonly outcome: Exclude<RunOutcome, 'deadlock'>; readonly duration: number }
  /**
   * The run could not start or did not come to its end; the interpreter's state is gone if `stateLost`. A run that ended in a
   * deadlock has a duration.
   */
  | { readonly outcome: 'fault'; readonly fault: Fault; readonly stateLost: boolean; readonly duration?: number };

/**
 * What came of a press on Stop: the run is over; or the program was interrupted and goes on all the same; or its process has
 * been silent since, and has not even taken the signal.
 */
export type StopResult = 'over' | 'goes-on' | 'silent';

/** How a search for a schedule ended, or a replay: with an answer, or without one. */
export type ExplorationEnd = ExplorationAnswer | { readonly kind: 'fault'; readonly fault: Fault };

/** Told how far a search is. */
export type OnExploration = (progress: ExplorationProgress) => void;

/** Told how a program stands that is run step by step; a fault says why nothing follows. */
export type OnStep = (told: SteppingTold | { readonly kind: 'fault'; readonly fault: Fault }) => void;

/** A program waits for a line of input; the text shown before it, and whether typing is to be hidden. */
export interface Asked {
  readonly prompt: string;
  readonly secret: boolean;
}

/**
 * Answers with what was typed, a line with its end, or with null for the end of input. `withdrawn` is aborted when nobody
 * waits for the answer any more, at the latest when the run is over.
 */
export type OnInput = (asked: Asked, withdrawn: AbortSignal) => Promise<string | null>;

/** A port of the network inside a process, on which a program listens. */
export interface Port {
  /** The numeric address it is bound to; `0.0.0.0` and `::` mean every address of the process. */
  readonly host: string;
  readonly port: number;
  /** Connects as one more client of that network. Never throws: what goes wrong is told by `ended`. */
  connect(client: Client): Connection;
}

/** Who has opened a connection, and hears what comes of it. Neither is called before `connect` has returned. */
export interface Client {
  received(data: Uint8Array): void;
  /** Nothing more comes. `error` says why, unless the server has closed the connection in order. */
  ended(error?: string): void;
}

export interface Connection {
  /** `last` ends the sending direction, so that the server reads the end. Does nothing once the connection is over. */
  send(data: Uint8Array<ArrayBuffer>, last?: boolean): void;
  /** Gives the connection up; the client hears nothing more. */
  close(): void;
}

/** Told of the ports that listen, at each change. */
export type OnListening = (ports: readonly Port[]) => void;

export interface SessionContract {
  readonly state: SessionState;
  /** Calls `listener` at every change of state; returns the function that ends it. */
  subscribe(listener: (state: SessionState) => void): () => void;
  /** Starts to fetch and boot; idempotent; a failure shows in `state`. After `failed` it tries again. */
  warm(): void;
  /**
   * Queued in order: one run at a time. Always settles, also when the worker dies. `onEvents` may be called after
   * that, until the next run ends: a task that a cell left running may still print. Without `onInput` the input is empty.
   * `onListening` hears of the ports that the run opens for as long as its interpreter lives.
   */
  run(
    request: RunRequest,
    onEvents: (events: readonly OutputEvent[]) => void,
    onInput?: OnInput,
    onListening?: OnListening,
  ): Promise<RunEnd>;
  /** As `run`, for a program without input; `onEvents` is also told how each of its checks goes. */
  check(request: CheckedRun, onEvents: (events: readonly RunEvent[]) => void): Promise<RunEnd>;
  /**
   * Ends the running cell and drops those that wait. The first time by KeyboardInterrupt, which keeps every name; a cell
   * that goes on all the same is ended by the second, with its interpreter. Resolves when the run is over, or when it has not
   * ended for some time.
   */
  stop(): Promise<StopResult>;
  /**
   * Asks the interpreter of the cells. Undefined when there is none, when it has something to run, or when it ends before
   * it answers; a question never starts Python.
   */
  ask(question: Question): Promise<Answer | undefined>;
  /**
   * Searches for a schedule under which a program fails, or replays one, in an interpreter of its own beside what runs.
   * `signal` ends it. Always settles, also when that interpreter dies.
   */
  explore(asked: ExplorationAsked, onProgress: OnExploration, signal: AbortSignal): Promise<ExplorationEnd>;
  /**
   * Runs a program step by step, in an interpreter of its own beside what runs, until `signal` ends it. Answers with what takes
   * commands, also before the program stands; `onStep` is told how it stands before its first line, and after each `go`.
   */
  step(asked: SteppingAsked, onStep: OnStep, signal: AbortSignal): (commands: readonly StepCommand[]) => void;
  /** Drops every name of `namespace`. */
  reset(namespace: string): Promise<void>;
  /** Replaces the interpreter by a new one. */
  restart(): Promise<void>;
  /** Ends everything and removes the frame. */
  close(): void;
}
