/** What a search says on its way, its verdict, and the steps of a schedule, in words: for a terminal and for the page. */
import type { Covered, ExplorationProgress, Failure, Replayed, Row } from '../protocol/exploration.ts';

const number = (count: number) => count.toLocaleString('en-GB');
const toldPreemptions = (count: number) => (count === 1 ? '1 preemption' : `${number(count)} preemptions`);
export const toldRuns = (count: number) => `${number(count)} ${count === 1 ? 'run' : 'runs'}`;
const toldBound = (bound: number) => (bound === 0 ? 'no preemption' : toldPreemptions(bound));

/** What a search does now. */
export function toldPhase({ phase, covered }: ExplorationProgress): string {
  switch (phase) {
    case 'plain':
      return 'as it is';
    case 'random':
      return 'at random';
    case 'bounded':
      return `with ${toldBound(covered.bounds.length)}`;
    case 'priorities':
      return 'by priorities (PCT)';
    case 'shortening':
      return 'one fails and is being shortened';
    default:
      return phase satisfies never;
  }
}

/** What a search that found nothing has covered: all schedules of a kind, or only some. */
export function toldCovered(runs: number, { random, bounds, tried, pct }: Covered): string {
  const all = bounds.reduce((sum, count) => sum + count, 0);
  if (bounds.at(-1) === 0) {
    const every =
      all === 1 ? 'The only schedule that there is holds.' : `All ${number(all)} schedules that there are hold.`;
    return `${every} ${toldRuns(runs)}.`;
  }
  const which = bounds.length === 1 ? 'without a preemption' : `with at most ${toldPreemptions(bounds.length - 1)}`;
  const whole =
    bounds.length === 0
      ? 'Not even the schedules without a preemption could all be tried.'
      : all === 1
        ? `The only schedule ${which} holds.`
        : `All ${number(all)} schedules ${which} hold.`;
  const next = tried.reduce((sum, count) => sum + count, 0);
  const some = [
    next > 0 ? `${number(next)} with ${toldBound(bounds.length)}` : '',
    random > 0 ? `${number(random)} at random` : '',
    pct > 0 ? `${number(pct)} by priorities (PCT)` : '',
  ].filter((part) => part !== '');
  const rest = some.length === 0 ? '' : ` Tried besides, and not all there are: ${some.join(', ')}.`;
  return `${whole}${rest} ${toldRuns(runs)}.`;
}

/** An exception's last line begins with its name; what else failed has to be named. */
const toldFailure = ({ kind, what }: Failure): string => (what.startsWith(kind) ? what : `${kind}: ${what}`);

/** What a schedule led to; `program` is its file or what it is called. */
export function toldVerdict({ failure, preemptions }: Replayed, program: string): string {
  const verdict =
    failure === null ? `${program} holds under this schedule.` : `${program} fails: ${toldFailure(failure)}.`;
  return `${verdict} ${toldPreemptions(preemptions)}.`;
}

/** A failure that has come once and not again. */
export const toldOnce = (program: string, failure: Failure): string =>
  `${program} failed once (${toldFailure(failure)}), and under the same schedule it did not fail again. It asks for ` +
  'something that differs from run to run: `id`, `os.urandom`, the order of a set of objects, or what an earlier run left.';

export interface Step {
  readonly thread: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly words: string;
  /** The thread ran this line of code; otherwise another thread goes on, and `words` say why. */
  readonly ran: boolean;
}

/** Empty for what a thread was told to do and has nothing to say of. */
function switched(row: Row, name: string, next: string): string {
  switch (row.what) {
    case 'preempted':
      return `${name} loses the processor in line ${String(row.line)}; ${next} goes on`;
    case 'begins':
      return `${name} has begun; ${next} goes on`;
    case 'waits':
      return `${name} ${row.thing ? `waits for ${row.thing}` : 'gives way'}; ${row.to === row.thread ? 'nobody can go on' : `${next} goes on`}`;
    case 'ends':
      return `${name} has ended; ${next} goes on`;
    case 'line':
      return row.source ?? '';
    default:
      return row.what satisfies never;
  }
}

/**
 * One for each line of the program that was run, in the order in which that happened, and for each switch; the last `most`,
 * which lead to the failure. `left` says how many came before.
 */
export function stepsOf({ rows, names }: Replayed, most: number): { readonly steps: readonly Step[]; left: number } {
  // A thread that gives way while nobody else is ready goes on itself.
  const told = rows.filter((row) => row.what !== 'waits' || row.thing || row.to !== row.thread);
  // Until a second thread begins nothing can go another way.
  const begin = Math.max(
    0,
    told.findIndex((row) => row.what !== 'line'),
  );
  const shown = told.slice(Math.max(begin - 1, told.length - most, 0));
  const steps = shown.map((row): Step => {
    const name = names[row.thread] ?? '';
    const words = switched(row, name, row.to === undefined ? '' : (names[row.to] ?? ''));
    return { thread: name, file: row.file, line: row.line ?? undefined, words, ran: row.what === 'line' };
  });
  return { steps, left: told.length - steps.length };
}
