/**
 * What is worth seeing in a run, as sentences, the gravest first. Names of the program's stand between backquotes.
 *
 * Invariant: each sentence is true of the story alone; nothing is told twice.
 */
import type { Interval, Lane, Story, Unheard, Wait } from './story.ts';
import { circlesIn, stuckIn } from './wait-graph.ts';
import {
  atLine,
  failure,
  heldBy,
  innerNouns,
  listed,
  many,
  manyLanes,
  namesOf,
  span,
  waitedFor,
  wokenBy,
  type Names,
} from './words.ts';

/** Sentences of one kind; of the gravest kinds. */
const EACH = 3;
const GRAVE = 6;
/** Seconds: what is shorter than this, or than this share of the run, is not worth a sentence. */
const SHORT = 0.001;
const SHARE = 0.02;
/** Seconds for which a thread or a task may go on before it is told that it never gave way. */
const BUSY = 0.05;
/** Seconds and share of the run for which a thread that is ready may be kept from the processor. */
const KEPT = 0.02;
const KEPT_SHARE = 0.1;

interface Waited {
  readonly lane: Lane;
  readonly interval: Interval;
  readonly wait: Wait;
}

/** One sentence for each of `lanes`, in their order. */
const few = (sentences: readonly string[], lanes: readonly Lane[]): readonly string[] =>
  sentences.length <= GRAVE
    ? sentences
    : [...sentences.slice(0, GRAVE), `So it was with ${manyLanes(lanes.slice(GRAVE), 'other ')}.`];

const length = ({ from, to }: { readonly from: number; readonly to: number }): number => to - from;
const longest = (a: Waited, b: Waited): number => length(b.interval) - length(a.interval);

function waitsOf({ lanes }: Story): readonly Waited[] {
  return lanes.flatMap((lane) =>
    // What is within a turn of a task is told of its thread.
    lane.intervals.flatMap((interval) =>
      interval.wait && !interval.within ? [{ lane, interval, wait: interval.wait }] : [],
    ),
  );
}

const runningTime = ({ intervals }: Lane): number =>
  intervals.reduce((sum, interval) => sum + (interval.state === 'running' ? length(interval) : 0), 0);

function whole({ lanes, begin, end, switches, turns, lost, imported }: Story): string[] {
  const threads = lanes.filter(({ inside }) => inside === undefined);
  const ran = threads.reduce((sum, lane) => sum + runningTime(lane), 0);
  const idle = end - begin - ran;
  const told = [`${manyLanes(lanes)} in ${span(end - begin)}.`];
  if (lanes.length > 1) {
    const [one, every] = threads.length > 1 ? ['One or another', 'every thread'] : ['The thread', 'it'];
    const quiet = idle >= SHORT ? `; for ${span(idle)} ${every} waited` : '';
    const inner =
      threads.length < lanes.length ? [`${many(turns, 'switch', 'switches')} between ${innerNouns(lanes)}`] : [];
    const outer =
      threads.length > 1
        ? [`${many(switches, 'switch', 'switches')}${inner.length > 0 ? ' between threads' : ''}`]
        : [];
    told.push(`${one} ran for ${span(ran)}${quiet}. ${listed([...outer, ...inner])}.`);
  }
  if (imported > 0) told.push(`Before that, its imports took ${span(imported)}.`);
  if (lost > 0) told.push(`The first ${many(lost, 'event')} of the run were not kept.`);
  return [told.join(' ')];
}

/** Who waits for whom in a circle. */
const circles = (story: Story): string[] =>
  circlesIn(story).map((circle) => {
    const [first] = circle as [Lane, ...Lane[]];
    if (circle.length === 1) return `${first.name} waits for itself: it can never go on.`;
    const who = circle.length > GRAVE ? manyLanes(circle) : listed(circle.map(({ name }) => name));
    const how = circle.length === 2 ? 'wait for each other' : 'wait in a circle, each for the next';
    return `${who} ${how}: none of them can ever go on.`;
  });

/** Who still waited at the end. */
function stuck({ lanes }: Story, names: Names): readonly string[] {
  const waiting = lanes.flatMap((lane) => {
    const interval = stuckIn(lane);
    return interval ? [{ lane, interval }] : [];
  });
  const told = waiting.map(({ lane, interval: { wait, place } }) => {
    const held = heldBy(wait, lane, names);
    return `${lane.name} still waited for ${waitedFor(wait)}${held} when the run ended${atLine(place)}.`;
  });
  return few(
    told,
    waiting.map(({ lane }) => lane),
  );
}

/** How a task was cancelled or a greenlet killed, and by whom. */
function cancellation({ name, kind, intervals }: Lane, names: Names): string {
  const done = kind === 'greenlet' ? 'killed' : 'cancelled';
  const last = intervals.findLast(({ wait, within }) => wait && !within);
  const { by, how, place } = last?.woken ?? {};
  if (!last?.wait || (how !== 'leftover' && how !== done)) return `${name} was ${done}.`;
  const waiting = ` while it waited for ${waitedFor(last.wait)}${atLine(last.place)}`;
  if (how === 'leftover') return `${name} was cancelled${waiting}, because its event loop ended.`;
  return by === undefined
    ? `${name} was ${done}${waiting}.`
    : `${names(by)} ${done} ${name}${atLine(place)}${waiting}.`;
}

function failures({ lanes }: Story, names: Names): readonly string[] {
  const failed = lanes.filter(({ ended, deadlocked }) => ended?.failed !== undefined && !deadlocked);
  const told = failed.map((lane) => {
    const { name, ended } = lane;
    if (ended?.failed === 'cancelled' || ended?.failed === 'killed') return cancellation(lane, names);
    if (ended?.failed === 'destroyed') return `${name} was destroyed while it waited: nothing referred to it any more.`;
    const unretrieved = ended?.unretrieved ? ', and nobody asked for its result' : '';
    return `${name} ended with ${failure(ended?.failed ?? '')}${unretrieved}.`;
  });
  return few(told, failed);
}

/** Locks for which threads waited again and again: one sentence for each. */
function contended(waits: readonly Waited[], least: number): { told: string[]; rest: readonly Waited[] } {
  const groups = Map.groupBy(waits, ({ wait }) => wait.object ?? -1);
  const crowded = [...groups].filter(([object, group]) => object !== -1 && group.length > EACH);
  const told = crowded
    .map(([, group]) => ({ group, sum: group.reduce((sum, { interval }) => sum + length(interval), 0) }))
    .filter(({ sum }) => sum >= least)
    .sort((a, b) => b.sum - a.sum)
    .slice(0, EACH)
    .map(({ group, sum }) => {
      const [first] = group as [Waited, ...Waited[]];
      const lanes = [...new Set(group.map(({ lane }) => lane))];
      const who = lanes.length > EACH ? manyLanes(lanes) : listed(lanes.map(({ name }) => name));
      return `${who} waited ${many(group.length, 'time')} for ${waitedFor(first.wait)}, ${span(sum)} together.`;
    });
  const known = new Set(crowded.map(([object]) => object));
  return { told, rest: waits.filter(({ wait }) => !known.has(wait.object ?? -1)) };
}

function single({ lane, interval, wait }: Waited, names: Names): string {
  const held = heldBy(wait, lane, names);
  const until = held === '' || interval.woken?.by !== wait.holder ? `, until ${wokenBy(interval, names)}` : '';
  return `${lane.name} waited ${span(length(interval))} for ${waitedFor(wait)}${held}${until}.`;
}

function waited(waits: readonly Waited[], least: number, names: Names): string[] {
  // Who was cancelled while it waited is told as such.
  const over = waits.filter(
    ({ interval: { open, woken } }) => !open && !['cancelled', 'leftover', 'killed'].includes(woken?.how ?? ''),
  );
  const locks = contended(
    over.filter(({ wait }) => wait.kind === 'lock'),
    least,
  );
  const others = over.filter(({ wait }) => wait.kind === 'notification' && wait.call !== 'Thread.start');
  const notifications = contended(others, least);
  const worth = (each: readonly Waited[]) =>
    each
      .filter(({ interval }) => length(interval) >= least)
      .toSorted(longest)
      .slice(0, EACH)
      .map((one) => single(one, names));
  return [...locks.told, ...worth(locks.rest), ...notifications.told, ...worth(notifications.rest)];
}

function unheardOnes({ unheard }: Story, waits: readonly Waited[], names: Names): string[] {
  const groups = Map.groupBy(
    unheard,
    ({ object, place }) => `${object ?? ''}:${place?.file ?? ''}:${place?.line ?? ''}`,
  );
  return [...groups.values()].slice(0, EACH).map((group) => {
    const [first] = group as [Unheard, ...Unheard[]];
    const condition = `the Condition${first.name === undefined ? '' : ` \`${first.name}\``}`;
    const times = group.length === 1 ? 'a notify' : many(group.length, 'notify', 'notifies');
    const later = waits.find(
      ({ interval, wait }) =>
        interval.from > first.at && first.object !== undefined && wait.object === first.object && interval.open,
    );
    const missed = later
      ? `; ${later.lane.name} waited for one from ${span(later.interval.from - first.at)} later on`
      : '';
    return `${names(first.lane)} sent ${times} of ${condition} that nobody waited for${atLine(first.place)}${missed}.`;
  });
}

/**
 * A time in which a lane neither waited nor gave way: a thread ran, or was ready because it had been preempted; a task had
 * its turn, whatever its thread did.
 */
interface Stretch {
  readonly lane: Lane;
  readonly from: number;
  readonly to: number;
  readonly preempted: number;
  /** Within the turn of a task: for what its thread waited longest. */
  readonly waited: Interval | undefined;
}

function stretchesOf(lane: Lane): readonly Stretch[] {
  const found: Stretch[] = [];
  let open: { from: number; preempted: number; waited: Interval | undefined } | undefined;
  for (const [place, interval] of lane.intervals.entries()) {
    const { state, left, wait, to } = interval;
    if (state === 'running') open ??= { from: interval.from, preempted: 0, waited: undefined };
    if (!open) continue;
    if (left === 'preempted') open.preempted += 1;
    if (wait && (!open.waited || length(open.waited) < length(interval))) open.waited = interval;
    const next = lane.intervals[place + 1];
    const goes = lane.inside === undefined ? left === 'preempted' || state !== 'running' : next?.within;
    if (next && goes) continue;
    found.push({ lane, to, ...open });
    open = undefined;
  }
  return found;
}

/** Among tasks not one that became ready at the very end of the stretch. */
const readyIn = ({ inside, intervals }: Lane, { from, to }: Stretch): boolean => {
  const least = inside === undefined ? 0 : SHORT;
  return intervals.some(
    (interval) => interval.state === 'ready' && Math.min(interval.to, to) - Math.max(interval.from, from) > least,
  );
};

function goesOn(stretch: Stretch, others: readonly Lane[]): string {
  const { lane, preempted, waited } = stretch;
  const who = others.length > EACH ? manyLanes(others, 'other ') : listed(others.map(({ name }) => name));
  const were = others.length === 1 ? 'was' : 'were';
  const time = span(length(stretch));
  if (lane.inside === undefined) {
    const how = preempted === 0 ? 'and nothing preempted it' : `and was preempted ${many(preempted, 'time')}`;
    return `${lane.name} never gave way for ${time} ${how}, while ${who} ${were} ready.`;
  }
  const most = waited?.wait && length(waited) > length(stretch) / 2 ? waited : undefined;
  const because = most?.wait ? `, most of it in ${waitedFor(most.wait)}${atLine(most.place)}` : '';
  return `${lane.name} never yielded for ${time}${because}, while ${who} ${were} ready.`;
}

/** Lanes that keep the others of their thread, or the other threads, from going on. */
function busy({ lanes }: Story): string[] {
  return lanes
    .filter(({ kind }) => kind !== 'hub')
    .flatMap(stretchesOf)
    .filter((stretch) => length(stretch) >= BUSY)
    .sort((a, b) => length(b) - length(a))
    .flatMap((stretch) => {
      const kin = lanes.filter(
        ({ kind, ...lane }) => lane.id !== stretch.lane.id && kind !== 'hub' && lane.inside === stretch.lane.inside,
      );
      const others = kin.filter((lane) => readyIn(lane, stretch));
      return others.length === 0 ? [] : [goesOn(stretch, others)];
    })
    .slice(0, EACH);
}

function starved({ lanes, begin, end }: Story): string[] {
  const least = Math.max(KEPT, KEPT_SHARE * (end - begin));
  return lanes
    .filter(({ inside }) => inside === undefined)
    .flatMap((lane) =>
      lane.intervals.filter(({ state }) => state === 'ready').map((interval) => ({ lane, waited: length(interval) })),
    )
    .filter(({ waited }) => waited >= least)
    .sort((a, b) => b.waited - a.waited)
    .slice(0, 1)
    .map(({ lane, waited }) => `${lane.name} was ready for ${span(waited)} before it got the processor.`);
}

export function sentencesOf(story: Story): readonly string[] {
  const names = namesOf(story);
  const waits = waitsOf(story);
  const least = Math.max(SHORT, SHARE * (story.end - story.begin));
  return [
    ...whole(story),
    ...circles(story),
    ...stuck(story, names),
    ...failures(story, names),
    ...waited(waits, least, names),
    ...unheardOnes(story, waits, names),
    ...busy(story),
    ...starved(story),
  ];
}
