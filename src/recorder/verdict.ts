/** Whether a run may be recorded: it came to its end, and ended as its author said that it would. */
import { endedWithError } from '../chapters/ending.ts';
import type { Cell } from '../protocol/cell.ts';
import { compareRuns } from '../compare/compare.ts';
import { partsOf } from '../compare/run.ts';
import { advice } from './advice.ts';
import type { CellRun } from './runner.ts';

/** Why the run is refused, in lines for a terminal; undefined when it is good. */
export function refusal({ options }: Cell, { events, end }: CellRun): string | undefined {
  if (end.outcome === 'fault') return `${end.fault.what} ${end.fault.why} ${end.fault.mend}`;
  if (end.outcome === 'interrupted') return 'It was interrupted.';
  const failed = endedWithError(events);
  if (failed && !options.expectError) {
    const error = events.find((event) => event.type === 'error');
    const said = error?.traceback ?? `${partsOf({ events, duration: 0 }).stderr}(exit code not 0)\n`;
    const about = options.native === undefined ? advice(said, error?.hint) : undefined;
    const words = about ?? 'If that is the lesson, add expect=error.';
    return `It ended with an error. ${words}\n${said.trimEnd()}`;
  }
  if (!failed && options.expectError) return 'It did not end with the error that expect=error promises.';
  const run = { events, duration: end.duration };
  const unlike = compareRuns(options, run, run);
  return unlike === undefined ? undefined : `Its own compare= does not hold for it:\n${unlike}`;
}
