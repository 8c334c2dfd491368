/**
 * Makes lanes of intervals from the events of a run: when each thread ran, was ready, and waited, for what, until whom; and
 * the same of what runs inside a thread, such as a task.
 *
 * Invariant: the intervals of a lane follow each other without a gap, from its first event to its end or the run's. At most
 * one thread runs at a time, and of what is inside it one at most.
 */
import type { OutputEvent } from '../protocol/event.ts';
import type { Timeline, TimelineEvent } from '../protocol/timeline.ts';

export type LaneId = number;

export type LaneKind = 'thread' | NonNullable<Timeline['lanes'][number]['kind']>;

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
  readonly how?: Extract<TimelineEvent, { readonly what: 'ready' }>['how'] | undefined;
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
  /** It goes on with a turn of what is inside a thread: the thread was preempted or waited meanwhile, or goes on as well. */
  readonly within?: boolean;
}

export interface Lane {
  readonly id: LaneId;
  readonly name: string;
  readonly kind: LaneKind;
  /** The thread that runs it, of what is no thread itself. */
  readonly inside?: LaneId | undefined;
  readonly daemon: boolean;
  readonly intervals: readonly Interval[];
  readonly startedBy?: LaneId | undefined;
  readonly startedAt?: Place | undefined;
  readonly ended?:
    | { readonly at: number; readonly failed?: string | undefined; readonly unretrieved?: boolean | undefined }
    | undefined;
  /** It was cancelled because the run ended in a deadlock. */
  readonly deadlocked?: boolean;
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
  /** How often another thread got the processor, and how often another of those inside a thread was its turn. */
  readonly switches: number;
  readonly turns: number;
  readonly lost: number;
  /** Seconds at the beginning that are left out, with the imports of the program. */
  readonly imported: number;
}

type Open = { -readonly [Key in keyof Interval]: Interval[Key] };

interface Building {
  readonly id: LaneId;
  readonly name: string;
  readonly kind: LaneKind;
  readonly inside: LaneId | undefined;
  daemon: boolean;
  readonly intervals: Open[];
  startedBy: LaneId | undefined;
  startedAt: Place | undefined;
  ended: Lane['ended'];
  deadlocked?: boolean;
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
      if (last?.state !== 'running') enter(lane, Math.max(last?.from ?? 0, event.due ?? event.at), 'ready');
      return;
    case 'ended':
      if (last) last.to = event.at;
      lane.ended = { at: event.at, failed: event.failed, unretrieved: event.unretrieved };
      return;
    case 'unheard':
      return;
    default:
      event satisfies never;
  }
}

/** The same of what is in its turn inside the thread of `event`. */
function takeWithin(lane: Building, event: TimelineEvent, own: string): void {
  if (event.what === 'ended' || event.what === 'started' || event.what === 'unheard') return;
  take(lane, event, own);
  const last = lane.intervals.at(-1);
  if (last) last.within = true;
}

/** When which lane ran, in order. */
interface Turn {
  readonly from: number;
  readonly to: number;
  readonly lane: LaneId;
  readonly inside: LaneId | undefined;
}

function turnsOf(lanes: readonly Lane[]): readonly Turn[] {
  return lanes
    .flatMap(({ id, inside, intervals }) =>
      intervals
        .filter(({ state }) => state === 'running')
        .map(({ from, to }): Turn => ({ from, to, lane: id, inside })),
    )
    .sort((a, b) => a.from - b.from);
}

/** Seconds after its turn in which what a task has printed may be told. */
const LATE = 0.001;

/** Whose turn it was at `at`, or whose was the last before it: what was printed at the end of one is told a moment later. */
function laneAt(turns: readonly Turn[], at: number): LaneId | undefined {
  let [low, high] = [0, turns.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((turns[middle]?.from ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  const turn = turns[low - 1];
  return turn?.inside !== undefined && at > turn.to + LATE ? turn.inside : turn?.lane;
}

const words = (event: OutputEvent): string | undefined =>
  event.type === 'error' ? `${event.name}: ${event.message}` : event.type === 'exit' ? undefined : event.text;

function printsOf(output: readonly OutputEvent[], turns: readonly Turn[]): readonly Print[] {
  return output.flatMap((event) => {
    const text = words(event)?.trimEnd();
    return text ? [{ at: event.at, text, lane: laneAt(turns, event.at) }] : [];
  });
}

function building({ lane: id, name, kind: told, in: inside }: Timeline['lanes'][number]): Building {
  const kind = told ?? 'thread';
  const nobody = { startedBy: undefined, startedAt: undefined, ended: undefined };
  return { id, name: name === '' ? `${kind} ${id}` : name, kind, inside, daemon: false, intervals: [], ...nobody };
}

const waitsItself = ({ intervals }: Lane): boolean => intervals.some(({ wait, within }) => wait && !within);

/** Each thread with those inside behind it. A single task that never waits is no other than its thread. */
function shownOf(lanes: readonly Lane[]): readonly Lane[] {
  const shown = lanes.filter(({ intervals }) => intervals.length > 0);
  const inner = Map.groupBy(
    shown.filter(({ inside }) => inside !== undefined),
    ({ inside }) => inside,
  );
  const [only, ...more] = shown.filter(({ kind }) => kind === 'task');
  const same = only && more.length === 0 && !waitsItself(only) ? only : undefined;
  const threads = shown.filter(({ inside }) => inside === undefined);
  return threads.flatMap((thread) => [thread, ...(inner.get(thread.id) ?? []).filter((lane) => lane !== same)]);
}

/** Tasks that wait when the run cannot go on are cancelled then, by nothing of the program's. */
function markDeadlocked(lanes: readonly Building[]): void {
  const main = lanes.find(({ ended }) => ended?.failed === 'deadlock');
  const at = main?.intervals.findLast(({ wait }) => wait)?.to;
  if (at === undefined) return;
  for (const lane of lanes) lane.deadlocked = lane.ended?.failed === 'cancelled' && lane.ended.at >= at;
}

/** Seconds of imports from which on they are left out. */
const LONG = 0.02;

/** When the imports end with which a program begins; `begin` if they are short, or something else happens before. */
function afterImports(lanes: readonly Lane[], begin: number, printed: number, imported = begin): number {
  const others = lanes.slice(1).filter(({ kind }) => kind === 'thread' || kind === 'task');
  const first = Math.min(printed, ...others.map(({ intervals }) => intervals[0]?.from ?? Infinity));
  return imported <= first && imported - begin >= LONG ? imported : begin;
}

/** Leaves out what was over at `begin`. */
function cutAt(lane: Building, begin: number): void {
  const kept = lane.intervals.filter(({ to }) => to > begin);
  for (const interval of kept) interval.from = Math.max(begin, interval.from);
  lane.intervals.splice(0, Infinity, ...kept);
}

/** `file` is the name of the program's own file; `output` is what the run printed. */
export function storyOf(
  { events, lanes: named, lost, imported }: Timeline,
  { file, output = [] }: { readonly file: string; readonly output?: readonly OutputEvent[] },
): Story {
  const lanes = new Map(named.map((about) => [about.lane, building(about)]));
  let [switches, turns] = [0, 0];
  let running: LaneId | undefined;
  /** What is in its turn inside each thread, and what was before it. */
  const inside = new Map<LaneId, Building>();
  const before = new Map<LaneId, LaneId>();
  for (const event of events) {
    const lane = lanes.get(event.lane);
    if (!lane) continue;
    take(lane, event, file);
    const inner = inside.get(lane.id);
    if (inner) takeWithin(inner, event, file);
    // A main greenlet is no more than its thread.
    if (inner?.kind === 'greenlet' && event.what === 'ended') take(inner, event, file);
    const over = event.what === 'waits' || event.what === 'left' || event.what === 'ended';
    if (over && lane.inside !== undefined && inside.get(lane.inside) === lane) inside.delete(lane.inside);
    if (event.what !== 'runs') continue;
    if (lane.inside === undefined) {
      if (running !== undefined && running !== lane.id) switches += 1;
      running = lane.id;
    } else {
      const last = before.get(lane.inside);
      if (last !== undefined && last !== lane.id) turns += 1;
      before.set(lane.inside, lane.id);
      inside.set(lane.inside, lane);
    }
  }
  const opened = events[0]?.at ?? 0;
  const end = events.at(-1)?.at ?? 0;
  for (const lane of lanes.values()) {
    const last = lane.intervals.at(-1);
    if (!last || lane.ended) continue;
    last.to = end;
    last.open = true;
  }
  markDeadlocked([...lanes.values()]);
  const all = shownOf([...lanes.values()]);
  const begin = afterImports(all, opened, output[0]?.at ?? Infinity, imported);
  if (begin > opened) for (const lane of lanes.values()) cutAt(lane, begin);
  const shown = all.filter(({ intervals }) => intervals.length > 0);
  const unheard = events.flatMap((event) => {
    if (event.what !== 'unheard') return [];
    const { at, lane, object, name } = event;
    return [{ at, lane, object, name, place: placeOf(event, file) }];
  });
  return {
    lanes: shown,
    unheard,
    prints: printsOf(output, turnsOf(shown)),
    begin,
    end,
    switches,
    turns,
    lost,
    imported: begin - opened,
  };
}
