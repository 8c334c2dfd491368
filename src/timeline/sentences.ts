/**
 * What is worth seeing in a run, as sentences, the gravest first. Names of the program's stand between backquotes.
 *
 * Invariant: each sentence is true of the story alone; nothing is told twice.
 */
import type { Interval, Lane, Story, Unheard, Wait } from './story.ts';
import { circlesIn, stuckIn } from './wait-graph.ts';
import { atLine, failure, heldBy, listed, many, namesOf, span, waitedFor, wokenBy, type Names } from './words.ts';

/** Sentences of one kind; of the gravest kinds. */
const EACH = 3;
const GRAVE = 6;
/** Seconds: what is shorter than this, or than this share of the run, is not worth a sentence. */
const SHORT = 0.001;
const SHARE = 0.02;
/** Seconds for which a thread may compute before it is told that it never gave way. */
const BUSY = 0.05;
/** Seconds and share of the run for which a thread that is ready may be kept from the processor. */
const KEPT = 0.02;
const KEPT_SHARE = 0.1;

interface Waited {
  readonly lane: Lane;
  readonly interval: Interval;
  readonly wait: Wait;
}

const few = (sentences: readonly string[]): readonly string[] =>
  sentences.length <= GRAVE
    ? sentences
    : [...sentences.slice(0, GRAVE), `So it was with ${many(sentences.length - GRAVE, 'other thread')}.`];

const length = ({ from, to }: { readonly from: number; readonly to: number }): number => to - from;
const longest = (a: Waited, b: Waited): number => length(b.interval) - length(a.interval);

function waitsOf({ lanes }: Story): readonly Waited[] {
  return lanes.flatMap((lane) =>
    lane.intervals.flatMap((interval) => (interval.wait ? [{ lane, interval, wait: interval.wait }] : [])),
  );
}

const runningTime = ({ intervals }: Lane): number =>
  intervals.reduce((sum, interval) => sum + (interval.state === 'running' ? length(interval) : 0), 0);

function whole({ lanes, begin, end, switches, lost }: Story): string[] {
  const ran = lanes.reduce((sum, lane) => sum + runningTime(lane), 0);
  const idle = end - begin - ran;
  const told = [`${many(lanes.length, 'thread')} in ${span(end - begin)}.`];
  if (lanes.length > 1) {
    const quiet = idle >= SHORT ? `; for ${span(idle)} every thread waited` : '';
    told.push(`One or another ran for ${span(ran)}${quiet}. ${many(switches, 'switch', 'switches')}.`);
  }
  if (lost > 0) told.push(`The first ${many(lost, 'event')} of the run were not kept.`);
  return [told.join(' ')];
}

/** Who waits for whom in a circle. */
const circles = (story: Story): string[] =>
  circlesIn(story).map((circle) => {
    const [first] = circle as [Lane, ...Lane[]];
    if (circle.length === 1) return `${first.name} waits for itself: it can never go on.`;
    const who = circle.length > GRAVE ? many(circle.length, 'thread') : listed(circle.map(({ name }) => name));
    const how = circle.length === 2 ? 'wait for each other' : 'wait in a circle, each for the next';
    return `${who} ${how}: none of them can ever go on.`;
  });

/** Who still waited at the end. */
function stuck({ lanes }: Story, names: Names): string[] {
  return lanes.flatMap((lane) => {
    const interval = stuckIn(lane);
    if (!interval) return [];
    const held = heldBy(interval.wait, lane, names);
    return [
      `${lane.name} still waited for ${waitedFor(interval.wait)}${held} when the run ended${atLine(interval.place)}.`,
    ];
  });
}

function failures({ lanes }: Story): string[] {
  return lanes.flatMap(({ name, ended }) =>
    ended?.failed === undefined ? [] : [`${name} ended with ${failure(ended.failed)}.`],
  );
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
      const lanes = [...new Set(group.map(({ lane }) => lane.name))];
      const who = lanes.length > EACH ? many(lanes.length, 'thread') : listed(lanes);
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
  const over = waits.filter(({ interval }) => !interval.open);
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

/** A time in which a lane neither waited nor gave way: it ran, or was ready because it had been preempted. */
interface Stretch {
  readonly lane: Lane;
  readonly from: number;
  readonly to: number;
  readonly preempted: number;
}

function stretchesOf(lane: Lane): readonly Stretch[] {
  const found: Stretch[] = [];
  let from: number | undefined;
  let preempted = 0;
  for (const { state, left, ...interval } of lane.intervals) {
    if (state !== 'running') continue;
    from ??= interval.from;
    if (left === 'preempted') {
      preempted += 1;
      continue;
    }
    found.push({ lane, from, to: interval.to, preempted });
    from = undefined;
    preempted = 0;
  }
  return found;
}

const readyIn = ({ intervals }: Lane, { from, to }: Stretch): boolean =>
  intervals.some((interval) => interval.state === 'ready' && interval.from < to && interval.to > from);

function busy({ lanes }: Story): string[] {
  return lanes
    .flatMap(stretchesOf)
    .filter((stretch) => length(stretch) >= BUSY)
    .sort((a, b) => length(b) - length(a))
    .flatMap((stretch) => {
      const others = lanes.filter((lane) => lane !== stretch.lane && readyIn(lane, stretch)).map(({ name }) => name);
      if (others.length === 0) return [];
      const who = others.length > EACH ? many(others.length, 'other thread') : listed(others);
      const were = others.length === 1 ? 'was' : 'were';
      const how =
        stretch.preempted === 0 ? 'and nothing preempted it' : `and was preempted ${many(stretch.preempted, 'time')}`;
      return [`${stretch.lane.name} never gave way for ${span(length(stretch))} ${how}, while ${who} ${were} ready.`];
    })
    .slice(0, EACH);
}

function starved({ lanes, begin, end }: Story): string[] {
  const least = Math.max(KEPT, KEPT_SHARE * (end - begin));
  return lanes
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
    ...few(stuck(story, names)),
    ...few(failures(story)),
    ...waited(waits, least, names),
    ...unheardOnes(story, waits, names),
    ...busy(story),
    ...starved(story),
  ];
}
