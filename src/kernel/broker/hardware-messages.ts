/**
 * What the frame and the broker's worker say to each other: only a frame can start a worker that the page's policy allows, and
 * only the broker knows which processes there shall be.
 */
import type { Boot, FromBroker, ToBroker, WaitStatus } from '../../protocol/broker.ts';
import type { RunRequest } from '../../protocol/run.ts';

/** The run that a process belongs to, as its first process knows it when it starts another. */
export interface Began {
  readonly run: number;
  /** How fast the run's clock goes. */
  readonly clock: number;
  /** Milliseconds since 1970, unscaled, at which the clocks of the process that starts another stood at what follows. */
  readonly at: number;
  /** Of the run, in milliseconds. */
  readonly elapsed: number;
  /** What is at the other end of its standard input. */
  readonly input: NonNullable<RunRequest['input']>;
  /** Whether each line of a process says whose it is. */
  readonly labels: boolean;
  /** `time.monotonic` and `time.time`, in milliseconds. */
  readonly monotonic: number;
  readonly date: number;
}

/** What a process says; when it starts another, to which run that belongs. */
export type FromProcess = ToBroker & { readonly began?: Began };

/** What a process is told; at its begin, to which run it belongs. */
export type ToProcess = FromBroker & { readonly began?: Began };

/** Names a worker: the page's number of a process that it has started, or a negative number of the broker's. */
export type Place = number;

export type ToBrokerWorker =
  /** A process of the page, which speaks at the other end of `port`, has said its first message. Not answered. */
  | { readonly type: 'adopt'; readonly place: Place; readonly port: MessagePort; readonly first: FromProcess }
  /** The reader has pressed Stop, which that process has been told: the processes in the foreground with it are next. Not answered. */
  | { readonly type: 'interrupt'; readonly place: Place }
  /** Names of that process's cells have been dropped: the processes that it has started, and theirs, are to end. Not answered. */
  | { readonly type: 'reset'; readonly place: Place }
  /** The worker at `place`, which the broker has asked for, has booted. Not answered. */
  | { readonly type: 'ready'; readonly place: Place }
  /** A worker has died, or was ended by the page. Not answered. */
  | { readonly type: 'ended'; readonly place: Place; readonly status: WaitStatus }
  /** Whether anybody sees the page; told when that changes. Not answered. */
  | { readonly type: 'seen'; readonly seen: boolean };

export type FromBrokerWorker =
  /**
   * Boot an interpreter in a worker, which speaks to the broker through `port` and is told by it what to run. Answered by
   * `ready` or `ended`.
   */
  | { readonly type: 'boot'; readonly place: Place; readonly port: MessagePort; readonly how: Boot | undefined }
  /** From now on the worker at `place` is a process of the tree whose first is at `root`. Not answered. */
  | { readonly type: 'begin'; readonly place: Place; readonly root: Place; readonly began: Began }
  /** End that worker. Not answered. */
  | { readonly type: 'kill'; readonly place: Place };
