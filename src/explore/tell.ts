/** The verdict of a search and the steps of a schedule, in words and as a table for a terminal. */
import type { Covered, Failure, Replayed, Row } from './order.ts';

/** Rows of a table: the last ones lead to the failure. */
const ROWS = 60;

const number = (count: number) => count.toLocaleString('en-GB');
const preempted = (count: number) => (count === 1 ? '1 preemption' : `${count} preemptions`);

/** What a search that found nothing has covered: all schedules of a kind, or only some. */
export function toldCovered(runs: number, { random, bounds, tried, pct }: Covered): string {
  const all = bounds.reduce((sum, count) => sum + count, 0);
  const whole =
    bounds.length === 0
      ? 'Not even the schedules without a preemption could all be tried.'
      : bounds.length === 1
        ? `All ${number(all)} schedules without a preemption hold.`
        : `All ${number(all)} schedules with at most ${preempted(bounds.length - 1)} hold.`;
  const next = tried.reduce((sum, count) => sum + count, 0);
  const some = [
    next > 0 ? `${number(next)} with ${bounds.length === 0 ? 'none' : preempted(bounds.length)}` : '',
    random > 0 ? `${number(random)} at random` : '',
    pct > 0 ? `${number(pct)} by priorities (PCT)` : '',
  ].filter((part) => part !== '');
  const rest = some.length === 0 ? '' : ` Tried besides, and not all there are: ${some.join(', ')}.`;
  return `${whole}${rest} ${number(runs)} runs.`;
}

function step(row: Row, names: readonly string[], width: number): string {
  const name = names[row.thread] ?? '';
  const next = row.to === undefined ? '' : (names[row.to] ?? '');
  const place = `${name.padEnd(width)} ${String(row.line ?? '').padStart(5)}`;
  const aside = (words: string) => `${' '.repeat(width + 6)}  -- ${words}`;
  switch (row.what) {
    case 'line':
      return `${place}  ${row.source ?? ''}`.trimEnd();
    case 'preempted':
      return aside(`${name} loses the processor in line ${String(row.line)}; ${next} goes on`);
    case 'begins':
      return aside(`${name} has begun; ${next} goes on`);
    case 'waits':
      return aside(
        `${name} ${row.thing ? `waits for ${row.thing}` : 'gives way'}; ${row.to === row.thread ? 'nobody can go on' : `${next} goes on`}`,
      );
    case 'ends':
      return aside(`${name} has ended; ${next} goes on`);
    default:
      return row.what satisfies never;
  }
}

/** One line for each line of the program that was run, in the order in which that happened, and for each switch. */
function table({ rows, names }: Replayed): string {
  // A thread that gives way while nobody else is ready goes on itself.
  const told = rows.filter((row) => row.what !== 'waits' || row.thing || row.to !== row.thread);
  // Until a second thread begins nothing can go another way.
  const begin = Math.max(
    0,
    told.findIndex((row) => row.what !== 'line'),
  );
  const shown = told.slice(Math.max(begin - 1, told.length - ROWS));
  const width = Math.max(...names.map((name) => name.length), 'thread'.length);
  const head = `${'thread'.padEnd(width)}  line`;
  const left = told.length - shown.length;
  const before = left > 0 ? [`… ${number(left)} rows before`] : [];
  return [head, ...before, ...shown.map((row) => step(row, names, width))].join('\n');
}

/** An exception's last line begins with its name; what else failed has to be named. */
export const toldFailure = ({ kind, what }: Failure): string => (what.startsWith(kind) ? what : `${kind}: ${what}`);

/** What a schedule led to, with its steps. */
export function toldReplay(replayed: Replayed, file: string): string {
  const { failure, stdout, stderr, usual, missed } = replayed;
  const verdict = failure === null ? `${file} holds under this schedule.` : `${file} fails: ${toldFailure(failure)}.`;
  const parts = [`${verdict} ${preempted(replayed.preemptions)}.`, '', table(replayed)];
  if (missed.length > 0) {
    parts.push(
      '',
      `The schedule could not be followed at ${missed.join(', ')}: the thread that was to go on could not.`,
    );
  }
  if (failure?.kind === 'output') parts.push('', 'The plain run prints:', (usual ?? '').trimEnd());
  if (stdout !== '') parts.push('', 'It prints:', stdout.trimEnd());
  if (stderr !== '') parts.push('', stderr.trimEnd());
  return parts.join('\n');
}
