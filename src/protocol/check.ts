/** The checks of an exercise: what a program with checks is asked, and the `check` events that tell how each of them went. */
import * as v from 'valibot';
import { seconds, text, type Data } from './schema.ts';

export interface CheckRequest {
  /** Python source with the check functions. */
  readonly source: string;
  /** The functions to call, in this order. */
  readonly names: readonly string[];
  /** The first check that fails is the last one that runs. */
  readonly stopAtFailure: boolean;
}

/** The kernel cuts each text at 4000 characters of Python (`_LONGEST` in checks.py), which may be twice as many here, and adds a note. */
const detail = text(10_000);

const failureSchema = v.variant('kind', [
  /** An assertion did not hold. */
  v.object({
    kind: v.literal('unmet'),
    /** The tested expression; of an `==`, its left side alone. */
    source: detail,
    message: v.exactOptional(detail),
    actual: v.exactOptional(detail),
    expected: v.exactOptional(detail),
  }),
  v.object({ kind: v.literal('exception'), message: detail, traceback: detail }),
  /** Every thread waits; the run's standard error says for what and where. */
  v.object({ kind: v.literal('deadlock'), traceback: detail }),
  /** By Stop, or because the check took too long. */
  v.object({ kind: v.literal('interrupted'), traceback: detail }),
]);

export type CheckFailure = Data<typeof failureSchema>;

/** The check's name; '' stands for the program's own code, which runs before the checks. */
const check = text(200);
const type = v.literal('check');

/** Each check that begins is told once as begun and then once as passed or failed, unless it ends the interpreter. */
export const checkEventSchema = v.variant('state', [
  v.object({ type, at: seconds, check, state: v.literal('begun') }),
  v.object({ type, at: seconds, check, state: v.literal('passed') }),
  v.object({ type, at: seconds, check, state: v.literal('failed'), failure: failureSchema }),
]);

export type CheckEvent = Data<typeof checkEventSchema>;
