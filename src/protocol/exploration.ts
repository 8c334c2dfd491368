/**
 * What a search for a schedule that fails is asked, says on its way and answers. Python reads and writes it:
 * src/explore/python/explorer/boot.py.
 */
import * as v from 'valibot';
import { list, note, printedText, seconds, text, wholeNumber, type Data } from './schema.ts';

const source = text(16 << 20);
/** Of a file, a module, a thread, a schedule. */
const name = text(100_000);
const count = v.pipe(wholeNumber, v.minValue(0));

export const explorationAskedSchema = v.object({
  filename: name,
  source,
  /** What runs before it as a part of the same program: the cells that a cell continues, the first one first. */
  before: list(v.object({ filename: name, source }), 1_000),
  argv: list(source, 10_000),
  /** The sources of the modules beside the program, by name. */
  beside: v.record(name, source),
  granularity: v.picklist(['gil', 'instruction']),
  /** Real seconds that a search may take, and the runs it may make. */
  seconds: v.pipe(v.number(), v.finite(), v.gtValue(0)),
  runs: wholeNumber,
  /** Points after which a run counts as one that does not end. */
  limit: wholeNumber,
  /** Whether a run fails that prints something else than the plain one. */
  compare: v.boolean(),
  /** The schedule to replay; null searches. */
  schedule: v.nullable(name),
});

export type ExplorationAsked = Data<typeof explorationAskedSchema>;

const coveredSchema = v.object({
  random: count,
  /** How many schedules there are with exactly 0, 1, … preemptions: all of them were run. */
  bounds: list(count, 100),
  /** How many of the next bound were run, of those that were not all run. */
  tried: list(count, 1),
  pct: count,
});

export type Covered = Data<typeof coveredSchema>;

export const explorationProgressSchema = v.object({
  phase: v.picklist(['plain', 'random', 'bounded', 'priorities', 'shortening']),
  runs: count,
  covered: coveredSchema,
});

export type ExplorationProgress = Data<typeof explorationProgressSchema>;

const failureSchema = v.object({
  /** The exception's name, or `deadlock`, `livelock`, `exit`, `output`. */
  kind: name,
  what: printedText,
});

export type Failure = Data<typeof failureSchema>;

/** Threads count from 0, the main one. */
const rowSchema = v.object({
  what: v.picklist(['line', 'begins', 'preempted', 'waits', 'ends']),
  thread: count,
  /** Who goes on. */
  to: v.exactOptional(count),
  file: v.exactOptional(name),
  line: v.exactOptional(v.nullable(count)),
  source: v.exactOptional(printedText),
  /** What is waited for; empty when the thread gives way. */
  thing: v.exactOptional(note),
});

export type Row = Data<typeof rowSchema>;

const python = text(100);
const searched = { python, runs: count, covered: coveredSchema };

const heldSchema = v.object({
  kind: v.literal('held'),
  ...searched,
  /** How many threads a run had at most. */
  threads: count,
});

const failedSchema = v.object({
  kind: v.literal('failed'),
  ...searched,
  /** Whether the schedule failed again in the same interpreter. */
  again: v.boolean(),
  failure: failureSchema,
  schedule: name,
  preemptions: count,
});

const replayedSchema = v.object({
  kind: v.literal('replayed'),
  python,
  failure: v.nullable(failureSchema),
  /** Places of the schedule at which the thread that should go on could not. */
  missed: list(name, 100_000),
  names: list(name, 100_000),
  rows: list(rowSchema, 10_000),
  stdout: printedText,
  stderr: printedText,
  usual: v.nullable(printedText),
  preemptions: count,
  /** All that was printed, in the order in which it was. `at` is on the run's own clock. */
  printed: list(v.object({ stream: v.picklist(['stdout', 'stderr']), at: seconds, text: printedText }), 1_000_000),
  duration: seconds,
  /** The exception that left the main thread; its traceback is the end of what was printed. */
  error: v.nullable(v.object({ name: printedText, message: printedText, traceback: printedText })),
  /** The exit code of a program that raised SystemExit. */
  exit: v.nullable(wholeNumber),
});

/** `python` is the version that ran. */
export const explorationAnswerSchema = v.variant('kind', [
  heldSchema,
  failedSchema,
  replayedSchema,
  /** The program is no Python, or does what a search cannot follow. */
  v.object({ kind: v.literal('refused'), python, why: printedText }),
  v.object({ kind: v.literal('died'), python, why: printedText }),
]);

export type ExplorationAnswer = Data<typeof explorationAnswerSchema>;
export type Searched = Data<typeof heldSchema> | Data<typeof failedSchema>;
export type Replayed = Data<typeof replayedSchema>;
