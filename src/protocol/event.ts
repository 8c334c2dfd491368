/**
 * The events of a run, in the order in which they happened. An event is always an entry of a run's record: `at` is its
 * offset from the run's start, in seconds of the cell's own clock.
 */
import * as v from 'valibot';
import { checkEventSchema } from './check.ts';
import { printedText, seconds, wholeNumber, type Data } from './schema.ts';

const at = seconds;

/** The repr of a notebook cell's last expression, or what `name?` shows (`introspection`). */
export const resultEventSchema = v.object({
  type: v.literal('result'),
  at,
  text: printedText,
  introspection: v.exactOptional(v.literal(true)),
});

/** The exception that ended the run. */
export const errorEventSchema = v.object({
  type: v.literal('error'),
  at,
  /** Qualified as a traceback prints it, for example `TypeError` or `queue.Empty`. */
  name: printedText,
  message: printedText,
  /** As CPython prints it, with ANSI colours, without the kernel's own frames, ending in a newline. */
  traceback: printedText,
  /** What the reader may do, where the error is the page's and not the program's: no package can be installed here. */
  hint: v.exactOptional(printedText),
});

/** What a reader sees of a run; the only events that a snapshot keeps. */
export const outputEventSchema = v.variant('type', [
  v.object({ type: v.literal('stdout'), at, text: printedText }),
  v.object({ type: v.literal('stderr'), at, text: printedText }),
  resultEventSchema,
  errorEventSchema,
  /** The exit code of a program, or of a cell that raised SystemExit. */
  v.object({ type: v.literal('exit'), at, code: wholeNumber }),
]);

export type OutputEvent = Data<typeof outputEventSchema>;

/** All that a run tells: its output, and how the checks of an exercise went. */
export const runEventSchema = v.variant('type', [outputEventSchema, checkEventSchema]);

export type RunEvent = Data<typeof runEventSchema>;
