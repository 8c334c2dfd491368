/**
 * What the frame and the broker's worker say to each other: only a frame can start a worker that the page's policy allows, and
 * only the broker knows which processes there shall be.
 */
import type { RunRequest } from '../../protocol/run.ts';
import type { ToBroker, WaitStatus } from '../../protocol/broker.ts';

/** The run that a process belongs to, as its first process knows it when it starts another. */
export interface Began {
  readonly run: number;
  /** How fast the run's clock goes. */
  readonly clock: number;
  /** Milliseconds since 1970, unscaled, at which the run's clock stood at `elapsed` milliseconds. */
  readonly at: number;
  readonly elapsed: number;
  /** What is at the other end of its standard input. */
  readonly input: NonNullable<RunRequest['input']>;
}

/** What a process says; when it starts another, to which run that belongs. */
export type FromProcess = ToBroker & { readonly began?: Began };

/** Names a worker: the page's number of a process that it has started, or a negative number of the broker's. */
export type Place = number;

export type ToBrokerWorker =
  /** A process of the page, which speaks at the other end of `port`, has said its first message. Not answered. */
  | { readonly type: 'adopt'; readonly place: Place; readonly port: MessagePort; readonly first: FromProcess }
  /** The reader has pressed Stop, which that process has been told: the processes in the foreground with it are next. Not answered. */
  | { readonly type: 'interrupt'; readonly place: Place }
  /** A worker has died, or was ended by the page. Not answered. */
  | { readonly type: 'ended'; readonly place: Place; readonly status: WaitStatus };

export type FromBrokerWorker =
  /** Start a worker at `place` for a process of the tree whose first is at `root`. Not answered. */
  | {
      readonly type: 'start';
      readonly place: Place;
      readonly root: Place;
      readonly port: MessagePort;
      readonly began: Began;
    }
  /** End that worker. Not answered. */
  | { readonly type: 'kill'; readonly place: Place };
