/** A cell with schedule= is recorded only as that schedule has it, from the first place to the last. */
import type { Cell } from '../protocol/cell.ts';
import type { OutputEvent } from '../protocol/event.ts';
import type { RunEnd } from '../session/contract.ts';
import { strayed } from '../session/scheduled.ts';

/** The run's end, or why it cannot be recorded. */
export function judgeSchedule({ options }: Cell, events: readonly OutputEvent[], end: RunEnd): RunEnd {
  const why = options.schedule === undefined ? undefined : strayed(events);
  if (why === undefined) return end;
  const mend = 'Search again (docs/exploring.md), and write the name of the schedule that is found.';
  const fault = { kind: 'unsupported', what: 'The schedule= of the cell cannot be followed.', why, mend } as const;
  return { outcome: 'fault', fault, stateLost: false };
}
