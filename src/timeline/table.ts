/** The intervals of all lanes as rows of words, in the order of time; a wait and what woke it point at each other. */
import type { Interval, Lane, LaneId, Story } from './story.ts';
import { atLine, heldBy, namesOf, waitedFor, wokenBy, type Names } from './words.ts';

export interface Row {
  readonly lane: string;
  readonly from: number;
  readonly length: number;
  /** `Running`, `Ready`, `Waiting`. */
  readonly state: string;
  /** For what it waits, where it was preempted, whom it woke. */
  readonly words: string;
  /** How a wait ended. */
  readonly until: string;
  /** Of a wait: the row in which its waker ran. */
  readonly waker?: number | undefined;
  /** Of a row in which a lane ran: the waits that it ended. */
  readonly woken: readonly number[];
}

/** A piece of what a row says; `to` is the row that it leads to. */
export interface Part {
  readonly words: string;
  readonly to?: number | undefined;
}

/** What stands in the last column of a row: what it is, who ended it, and whom it woke. */
export const partsOf = ({ words, until, waker, woken }: Row, rows: readonly Row[]): readonly Part[] =>
  [
    { words },
    { words: until, to: waker },
    ...woken.map((to) => ({ words: `woke ${rows[to]?.lane ?? ''}`, to })),
  ].filter((part) => part.words !== '');

/** Of the table, from left to right. */
export const columns = ['From (ms)', 'For (ms)', 'Who', 'State', 'What'] as const;

/** Of a run in the page: more would take it longer to lay out than a reader waits. */
export const mostRows = 500;

/** Of a recorded run: every reader of the page loads them, who opens the table and who does not. */
export const mostRecordedRows = 60;

/** `12.3 ms`: all times of a table in the same unit. */
export const milliseconds = (seconds: number): string => (seconds * 1000).toFixed(1);

const states = { running: 'Running', ready: 'Ready', blocked: 'Waiting' } as const;

function wordsOf(lane: Lane, interval: Interval, next: Interval | undefined, names: Names): string {
  const { state, wait, left, open, to } = interval;
  if (wait) return `${atLine(interval.place)} for ${waitedFor(wait)}${heldBy(wait, lane, names)}`.trimStart();
  if (state === 'ready') {
    if (interval === lane.intervals[0] && lane.startedBy !== undefined)
      return `started by ${names(lane.startedBy)}${atLine(lane.startedAt)}`;
    return '';
  }
  if (left) return `${left}${atLine(next?.place)}`;
  if (open || lane.ended?.at !== to) return '';
  return lane.ended.failed === undefined ? 'ended' : 'failed';
}

/** The running row of a lane in which `at` lies. */
type RunningRow = (lane: LaneId, at: number) => number | undefined;

function runningRows(order: readonly { readonly lane: Lane; readonly interval: Interval }[]): RunningRow {
  const rows = new Map<LaneId, { readonly from: number; readonly row: number }[]>();
  for (const [row, { lane, interval }] of order.entries()) {
    if (interval.state !== 'running') continue;
    const own = rows.get(lane.id) ?? [];
    own.push({ from: interval.from, row });
    rows.set(lane.id, own);
  }
  return (lane, at) => rows.get(lane)?.findLast(({ from }) => from <= at)?.row;
}

export function tableOf(story: Story): readonly Row[] {
  const names = namesOf(story);
  const order = story.lanes
    .flatMap((lane) => lane.intervals.map((interval, place) => ({ lane, interval, next: lane.intervals[place + 1] })))
    .sort((a, b) => a.interval.from - b.interval.from);
  const runningRow = runningRows(order);
  const woken = new Map<number, number[]>();
  const wakers = order.map(({ interval }, row) => {
    const by = interval.woken?.by;
    const waker = by === undefined ? undefined : runningRow(by, interval.to);
    if (waker !== undefined) woken.set(waker, [...(woken.get(waker) ?? []), row]);
    return waker;
  });
  return order.map(({ lane, interval, next }, row) => ({
    lane: lane.name,
    from: interval.from - story.begin,
    length: interval.to - interval.from,
    state: states[interval.state],
    words: wordsOf(lane, interval, next, names),
    until: interval.wait ? `until ${wokenBy(interval, names)}` : '',
    waker: wakers[row],
    woken: woken.get(row) ?? [],
  }));
}

/** The rows that say most when not all can be shown: the longest, in the order of time. */
export function longestRows(rows: readonly Row[], most: number): readonly Row[] {
  if (rows.length <= most) return rows;
  const kept = new Set(rows.toSorted((a, b) => b.length - a.length).slice(0, most));
  return rows.filter((row) => kept.has(row));
}

/** For a terminal. */
export function toldTable(rows: readonly Row[], most: number): string {
  const shown = longestRows(rows, most);
  const head = ['from (ms)', 'for (ms)', 'who', 'state', ''];
  const cells = shown.map((row) => [
    milliseconds(row.from),
    milliseconds(row.length),
    row.lane,
    row.state,
    [row.words, row.until].filter((words) => words !== '').join(', '),
  ]);
  const widths = head.map((words, column) => Math.max(words.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((words, column) => (column < 2 ? words.padStart(widths[column] ?? 0) : words.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  const rest = rows.length - shown.length;
  const note = rest > 0 ? [`${rest.toLocaleString('en-GB')} shorter intervals are left out.`] : [];
  return [line(head), ...cells.map(line), ...note].join('\n').replaceAll('`', '');
}
