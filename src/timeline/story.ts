/**
 * Makes lanes of intervals from the events of a run: when each thread ran, was ready, and waited, for what, until whom.
 *
 * Invariant: the intervals of a lane follow each other without a gap, from its first event to its end or the run's, and at
 * most one lane runs at a time.
 */
import type { OutputEvent } from '../protocol/event.ts';
import type { Timeline, TimelineEvent } from '../protocol/timeline.ts';

export type LaneId = number;

export interface Place {
  readonly line: number;
  /** Absent in the program's own file. */
  readonly file?: string;
}

export interface Wait {
  readonly kind: Extract<TimelineEvent, { readonly what: 'waits' }>['kind'];
  readonly thing: string;
  readonly call?: string | undefined;
  readonly object?: number | undefined;
  readonly name?: string | undefined;
  readonly holder?: LaneId | undefined;
  /** Where the lock was taken. */
  readonly held?: Place | undefined;
}

/** Why a wait was over; without `by` and `how`, something from outside the program ended it. */
export interface Woken {
  readonly by?: LaneId | undefined;
  readonly how?: 'timeout' | 'signal' | undefined;
  readonly place?: Place | undefined;
}

export interface Interval {
  readonly state: 'running' | 'ready' | 'blocked';
  readonly from: number;
  readonly to: number;
  /** Where the program was when it began to wait, was preempted or gave way. */
  readonly place?: Place | undefined;
  readonly wait?: Wait | undefined;
  readonly woken?: Woken | undefined;
  /** How a running one ended that could have gone on. */
  readonly left?: 'preempted' | 'gave way' | undefined;
  /** It was still so when the run ended. */
  readonly open?: boolean;
}

export interface Lane {
  readonly id: LaneId;
  readonly name: string;
  readonly daemon: boolean;
  readonly intervals: readonly Interval[];
  readonly startedBy?: LaneId | undefined;
  readonly startedAt?: Place | undefined;
  readonly ended?: { readonly at: number; readonly failed?: string | undefined } | undefined;
}

/** A notify on which nobody waited. */
export interface Unheard {
  readonly at: number;
  readonly lane: LaneId;
  readonly place?: Place | undefined;
  readonly object?: number | undefined;
  readonly name?: string | undefined;
}

export interface Print {
  readonly at: number;
  readonly text: string;
  readonly lane?: LaneId | undefined;
}

export interface Story {
  readonly lanes: readonly Lane[];
  readonly unheard: readonly Unheard[];
  readonly prints: readonly Print[];
  readonly begin: number;
  readonly end: number;
  /** How often another lane got the processor. */
  readonly switches: number;
  readonly lost: number;
}

type Open = { -readonly [Key in keyof Interval]: Interval[Key] };

interface Building {
  readonly id: LaneId;
  readonly name: string;
  daemon: boolean;
  readonly intervals: Open[];
  startedBy: LaneId | undefined;
  startedAt: Place | undefined;
  ended: Lane['ended'];
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** `file` is the program's own, by its name. */
function placeOf(
  { file, line }: { readonly file?: string | undefined; readonly line?: number | undefined },
  own: string,
) {
  if (line === undefined) return undefined;
  const name = file === undefined ? own : baseName(file);
  return name === baseName(own) ? { line } : { line, file: name };
}

/** Ends what the lane does, and begins `state`. */
function enter(lane: Building, at: number, state: Interval['state'], rest: Partial<Open> = {}): Open {
  const last = lane.intervals.at(-1);
  if (last) last.to = at;
  const next: Open = { state, from: at, to: at, ...rest };
  lane.intervals.push(next);
  return next;
}

function take(lane: Building, event: TimelineEvent, own: string): void {
  const last = lane.intervals.at(-1);
  switch (event.what) {
    case 'started':
      lane.startedBy = event.by;
      lane.startedAt = placeOf(event, own);
      lane.daemon = event.daemon ?? false;
      enter(lane, event.at, 'ready');
      return;
    case 'runs':
      enter(lane, event.at, 'running');
      return;
    case 'left':
      if (last) last.left = event.why;
      enter(lane, event.at, 'ready', { place: placeOf(event, own) });
      return;
    case 'waits': {
      const { kind, thing, call, object, name, holder, held, heldFile } = event;
      const wait = { kind, thing, call, object, name, holder, held: placeOf({ file: heldFile, line: held }, own) };
      enter(lane, event.at, 'blocked', { place: placeOf(event, own), wait });
      return;
    }
    case 'ready':
      if (last?.state === 'blocked') last.woken = { by: event.by, how: event.how, place: placeOf(event, own) };
      // What wakes a wait before it has begun to wait.
      if (last?.state !== 'running') enter(lane, event.at, 'ready');
      return;
    case 'ended':
      if (last) last.to = event.at;
      lane.ended = { at: event.at, failed: event.failed };
      return;
    case 'unheard':
      return;
    default:
      event satisfies never;
  }
}

/** When which lane ran, in order. */
interface Turn {
  readonly from: number;
  readonly to: number;
  readonly lane: LaneId;
}

function turnsOf(lanes: readonly Lane[]): readonly Turn[] {
  return lanes
    .flatMap(({ id, intervals }) =>
      intervals
        .filter(({ state }) => state === 'running')
        .map((interval) => ({ from: interval.from, to: interval.to, lane: id })),
    )
    .sort((a, b) => a.from - b.from);
}

/** The turn in which `at` lies, or the last before it: what was printed at the end of one is told a moment later. */
function turnAt(turns: readonly Turn[], at: number): Turn | undefined {
  let [low, high] = [0, turns.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((turns[middle]?.from ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return turns[low - 1];
}

const words = (event: OutputEvent): string | undefined =>
  event.type === 'error' ? `${event.name}: ${event.message}` : event.type === 'exit' ? undefined : event.text;

function printsOf(output: readonly OutputEvent[], turns: readonly Turn[]): readonly Print[] {
  return output.flatMap((event) => {
    const text = words(event)?.trimEnd();
    return text ? [{ at: event.at, text, lane: turnAt(turns, event.at)?.lane }] : [];
  });
}

/** `file` is the name of the program's own file; `output` is what the run printed. */
export function storyOf(
  { events, lanes: named, lost }: Timeline,
  { file, output = [] }: { readonly file: string; readonly output?: readonly OutputEvent[] },
): Story {
  const lanes = new Map<LaneId, Building>();
  for (const { lane: id, name } of named) {
    const nobody = { startedBy: undefined, startedAt: undefined, ended: undefined };
    lanes.set(id, { id, name: name === '' ? `thread ${id}` : name, daemon: false, intervals: [], ...nobody });
  }
  let switches = 0;
  let running: LaneId | undefined;
  for (const event of events) {
    const lane = lanes.get(event.lane);
    if (!lane) continue;
    take(lane, event, file);
    if (event.what !== 'runs') continue;
    if (running !== undefined && running !== event.lane) switches += 1;
    running = event.lane;
  }
  const begin = events[0]?.at ?? 0;
  const end = events.at(-1)?.at ?? 0;
  for (const lane of lanes.values()) {
    const last = lane.intervals.at(-1);
    if (!last || lane.ended) continue;
    last.to = end;
    last.open = true;
  }
  const shown = [...lanes.values()].filter(({ intervals }) => intervals.length > 0);
  const unheard = events.flatMap((event) => {
    if (event.what !== 'unheard') return [];
    const { at, lane, object, name } = event;
    return [{ at, lane, object, name, place: placeOf(event, file) }];
  });
  return { lanes: shown, unheard, prints: printsOf(output, turnsOf(shown)), begin, end, switches, lost };
}
