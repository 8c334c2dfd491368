/** What a worker that searches is told, and what it answers. */
import type { Prepared } from '../kernel/virtual/prepare.ts';

export interface Asked {
  readonly filename: string;
  readonly source: string;
  readonly argv: readonly string[];
  /** The sources of the modules beside the program, by name. */
  readonly beside: Readonly<Record<string, string>>;
  readonly granularity: 'gil' | 'instruction';
  /** Real seconds that a search may take, and the runs it may make. */
  readonly seconds: number;
  readonly runs: number;
  /** Points after which a run counts as one that does not end. */
  readonly limit: number;
  /** Whether a run fails that prints something else than the plain one. */
  readonly compare: boolean;
  /** The schedule to replay; null searches. */
  readonly schedule: string | null;
}

export interface Order extends Prepared {
  /** The files of the Python side, by their names in the package `explorer`. */
  readonly explorer: Readonly<Record<string, string>>;
  /** The text of load.py, which makes modules of them. */
  readonly loader: string;
  readonly asked: Asked;
}

export interface Failure {
  /** The exception's name, or `deadlock`, `livelock`, `exit`, `output`. */
  readonly kind: string;
  readonly what: string;
}

export interface Covered {
  readonly random: number;
  /** How many schedules there are with exactly 0, 1, … preemptions: all of them were run. */
  readonly bounds: readonly number[];
  /** How many of the next bound were run before the budget ended. */
  readonly tried: readonly number[];
  readonly pct: number;
}

export interface Row {
  readonly what: 'line' | 'begins' | 'preempted' | 'waits' | 'ends';
  /** Threads count from 0, the main one. */
  readonly thread: number;
  /** Who goes on. */
  readonly to?: number;
  readonly file?: string;
  readonly line?: number;
  readonly source?: string;
  /** What is waited for; empty when the thread gives way. */
  readonly thing?: string;
}

export interface Replayed {
  readonly kind: 'replayed';
  readonly failure: Failure | null;
  /** Places of the schedule at which the thread that should go on could not. */
  readonly missed: readonly string[];
  readonly names: readonly string[];
  readonly rows: readonly Row[];
  readonly stdout: string;
  readonly stderr: string;
  readonly usual: string | null;
  readonly preemptions: number;
}

export type Searched = { readonly runs: number; readonly covered: Covered } & (
  | { readonly kind: 'held' }
  | {
      readonly kind: 'failed';
      /** Whether the schedule failed again in the same interpreter. */
      readonly again: boolean;
      readonly failure: Failure;
      readonly schedule: string;
      readonly preemptions: number;
    }
);

/** `python` is the version that ran. */
export type Answer = { readonly python: string } & (
  | Searched
  | Replayed
  /** The program is no Python. */
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'died'; readonly why: string }
);

export type Message =
  { readonly type: 'progress'; readonly runs: number } | { readonly type: 'answer'; readonly answer: Answer };
