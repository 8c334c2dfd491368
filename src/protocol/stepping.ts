/**
 * What a program that is run step by step is told, and how it says that it stands. Python writes and reads most of it:
 * src/explore/python/explorer/steered.py.
 */
import * as v from 'valibot';
import { explorationAskedSchema } from './exploration.ts';
import { list, note, printedText, seconds, text, wholeNumber, type Data } from './schema.ts';

const name = text(100_000);
const count = v.pipe(wholeNumber, v.minValue(0));

/** `granularity`: where a thread may lose the processor. */
export const steppingAskedSchema = v.pick(explorationAskedSchema, [
  'filename',
  'source',
  'before',
  'argv',
  'beside',
  'granularity',
]);

export type SteppingAsked = Data<typeof steppingAskedSchema>;

export const stepCommandSchema = v.variant('kind', [
  /**
   * A thread, by its number, goes on: to its next line, to its next point, or until it waits. With `break` all go on after it,
   * until one calls `breakpoint()`.
   */
  v.object({ kind: v.literal('go'), lane: count, until: v.picklist(['line', 'point', 'block', 'break']) }),
  /** What is typed when the program asks for it: a line with its end, or null for the end of input. */
  v.object({ kind: v.literal('type'), text: v.nullable(printedText) }),
]);

export type StepCommand = Data<typeof stepCommandSchema>;

const shownNameSchema = v.object({ name, text: note });

export type ShownName = Data<typeof shownNameSchema>;

/** A call of the program's own code that has not returned. */
const frameSchema = v.object({ name, file: name, line: count, names: list(shownNameSchema, 100) });

export type StepFrame = Data<typeof frameSchema>;

const laneSchema = v.object({
  /** Empty for a thread of which none is known. */
  name,
  /** `stands`: it has the processor. `ready`: it could go on. `new`: it has not begun. */
  state: v.picklist(['stands', 'ready', 'new', 'waits', 'ended']),
  /** What it waits for. */
  thing: note,
  /** What its next instruction is about to do; often empty. */
  doing: note,
  /** The exception that has ended it. */
  error: v.nullable(printedText),
  /** The innermost first. */
  frames: list(frameSchema, 100),
  /** Frames that are left out. */
  left: count,
});

export type StepLane = Data<typeof laneSchema>;

const failureSchema = v.object({ kind: name, what: printedText });

/** The program stands, and goes on when it is told to. */
const standsSchema = v.object({
  kind: v.literal('stands'),
  /** Why: what was asked for is reached; the thread waits or has ended; it went on for too long; it has called `breakpoint()`; all is over. */
  stopped: v.picklist(['line', 'point', 'long', 'break', 'blocked', 'ended', 'over']),
  /** The thread that went on last. */
  acting: count,
  /** The thread that has the processor; null when it waits or has ended. */
  running: v.nullable(count),
  /** It has the interpreter's lock, at a place where it cannot lose it. */
  held: v.boolean(),
  /** By their numbers. */
  lanes: list(laneSchema, 100),
  /** Threads that are left out. */
  left: count,
  /** The names of the program's module. */
  shared: list(shownNameSchema, 100),
  /** When `stopped` is `over`: what has failed, and the exit code of a program that raised SystemExit. */
  failure: v.exactOptional(v.nullable(failureSchema)),
  exit: v.exactOptional(v.nullable(wholeNumber)),
  /** Printed since it stood last. */
  output: list(v.object({ stream: v.picklist(['stdout', 'stderr']), text: printedText }), 100_000),
  /** On the program's own clock. */
  at: seconds,
});

export type Stands = Data<typeof standsSchema>;

export const steppingToldSchema = v.variant('kind', [
  standsSchema,
  /** It asks for a line of input, on its way to where it will stand. `output` is what it has printed since it stood last. */
  v.object({ kind: v.literal('asks'), prompt: note, secret: v.boolean(), output: standsSchema.entries.output }),
  /** It cannot be run step by step, or no longer; nothing follows. */
  v.object({ kind: v.literal('refused'), why: printedText }),
]);

export type SteppingTold = Data<typeof steppingToldSchema>;
