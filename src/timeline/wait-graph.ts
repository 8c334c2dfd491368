/**
 * Who waited for whom when a run ended that could not go on: threads, what each waits for and holds, and the circles among them.
 *
 * Invariant: a thread waits for at most one other, so what leads on from it is one path, which ends or becomes a circle.
 */
import type { Interval, Lane, Place, Story, Wait } from './story.ts';

export interface Node {
  readonly lane: Lane;
  /** Among the lanes of the run. */
  readonly place: number;
  /** What it waits for, and where; absent if it does not wait. */
  readonly waits?: { readonly wait: Wait; readonly at?: Place | undefined } | undefined;
  /** What others of the graph wait for that it has. */
  readonly holds: readonly { readonly wait: Wait; readonly since?: Place | undefined }[];
}

/** From one who waits to whom it waits for; both are places in `nodes`. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  /** It is part of a circle, which nothing can open. */
  readonly circle: boolean;
}

export interface WaitGraph {
  /** Those of a circle stand together. */
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  /** How many more there are: a picture of a thousand threads shows nobody anything. */
  readonly more: number;
}

/** Threads of a picture. */
const MOST = 12;

interface Waiting {
  readonly wait: Wait;
  readonly at?: Place | undefined;
  readonly lane: Lane;
  readonly for: Lane | undefined;
}

/** The wait in which a lane was when the run ended; a daemon thread or a task may wait for work as long as it likes. */
export function stuckIn(lane: Lane): (Interval & { readonly wait: Wait }) | undefined {
  const { daemon, kind, intervals, ended, deadlocked } = lane;
  // A deadlock takes the main thread out of its wait, to report it, and that the tasks out of theirs.
  const taken = ended?.failed === 'deadlock' || deadlocked;
  const last = taken ? intervals.findLast(({ wait, within }) => wait && !within) : intervals.at(-1);
  // A thread of a library's may use a lock of its own to wait for work.
  if (daemon && last?.place === undefined && last?.wait?.holder === lane.id) return undefined;
  if (kind === 'hub' || last?.wait === undefined || !(last.open || ended)) return undefined;
  return (daemon || (kind === 'task' && !deadlocked)) && last.wait.kind !== 'lock'
    ? undefined
    : { ...last, wait: last.wait };
}

/** Of each lock for which threads waited, who got it last of them, and when. */
function lastTaken(lanes: readonly Lane[]): ReadonlyMap<number, { readonly lane: Lane; readonly at: number }> {
  const taken = new Map<number, { readonly lane: Lane; readonly at: number }>();
  for (const lane of lanes) {
    for (const { wait, woken, to } of lane.intervals) {
      if (wait?.kind !== 'lock' || wait.object === undefined || !woken || woken.how !== undefined) continue;
      if ((taken.get(wait.object)?.at ?? -1) < to) taken.set(wait.object, { lane, at: to });
    }
  }
  return taken;
}

/** The thread whose end is waited for, if it can be told by its name. */
function joined({ thing }: Wait, lanes: readonly Lane[]): Lane | undefined {
  const named = lanes.filter(({ name }) => thing === `the end of ${name}`);
  return named.length === 1 ? named[0] : undefined;
}

/** The circle to which a path from `lane` leads; empty if it ends. */
function circleFrom(lane: Lane, waiting: ReadonlyMap<Lane, Waiting>): readonly Lane[] {
  const path: Lane[] = [];
  for (let next: Lane | undefined = lane; next; next = waiting.get(next)?.for) {
    const begin = path.indexOf(next);
    if (begin >= 0) return path.slice(begin);
    path.push(next);
  }
  return [];
}

function waitingIn({ lanes }: Story): ReadonlyMap<Lane, Waiting> {
  const taken = lastTaken(lanes);
  const found = new Map<Lane, Waiting>();
  for (const lane of lanes) {
    const stuck = stuckIn(lane);
    if (!stuck) continue;
    const { wait, from, place } = stuck;
    const last = wait.object === undefined ? undefined : taken.get(wait.object);
    // Who held it when the wait began may have given it to another that waited.
    const holder = last && last.at > from ? last.lane : lanes.find(({ id }) => id === wait.holder);
    found.set(lane, { lane, wait, at: place, for: wait.kind === 'join' ? joined(wait, lanes) : holder });
  }
  return found;
}

function circlesAmong(lanes: readonly Lane[], waiting: ReadonlyMap<Lane, Waiting>): readonly (readonly Lane[])[] {
  const seen = new Set<Lane>();
  return lanes.flatMap((lane) => {
    if (seen.has(lane)) return [];
    const circle = circleFrom(lane, waiting);
    // Told where it begins with the first of its lanes, and not where another leads into it.
    if (circle[0] !== lane) return [];
    for (const member of circle) seen.add(member);
    return [circle];
  });
}

/** Circles of threads that wait for each other, each once, in the order in which they wait. */
export const circlesIn = (story: Story): readonly (readonly Lane[])[] => circlesAmong(story.lanes, waitingIn(story));

/** Undefined if the run could have gone on, or if nobody waited for somebody. */
export function waitGraphOf(story: Story): WaitGraph | undefined {
  const { lanes } = story;
  const waiting = waitingIn(story);
  const circles = circlesAmong(lanes, waiting).flat();
  if (circles.length === 0 && !lanes.some(({ ended }) => ended?.failed === 'deadlock')) return undefined;
  const pairs = [...waiting.values()].flatMap((each) => (each.for ? [{ ...each, for: each.for }] : []));
  if (pairs.length === 0) return undefined;
  const all = [...new Set([...circles, ...pairs.flatMap((pair) => [pair.lane, pair.for])])];
  const shown = all.slice(0, MOST);
  const inCircle = new Set(circles);
  return {
    nodes: shown.map((lane) => {
      const own = waiting.get(lane);
      return {
        lane,
        place: lanes.indexOf(lane),
        waits: own && { wait: own.wait, at: own.at },
        holds: pairs
          .filter((pair) => pair.for === lane && pair.wait.kind !== 'join')
          // Where it was taken is known of the one who held it when the wait began.
          .map(({ wait }) => ({ wait, since: wait.holder === lane.id ? wait.held : undefined }))
          .filter(({ wait }, index, held) => held.findIndex((other) => other.wait.object === wait.object) === index),
      };
    }),
    edges: pairs
      .map((pair) => ({
        from: shown.indexOf(pair.lane),
        to: shown.indexOf(pair.for),
        circle: inCircle.has(pair.lane),
      }))
      .filter(({ from, to }) => from >= 0 && to >= 0),
    more: all.length - shown.length,
  };
}
