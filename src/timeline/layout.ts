/**
 * Where everything of a timeline stands, in units of its picture (CSS pixels at full size).
 *
 * Invariant: a lane has at most a few marks for each pixel of its width, however many intervals it has.
 */
import { folded, type Band } from './folding.ts';
import type { Interval, Lane, LaneId, Print, Story } from './story.ts';
import { span } from './words.ts';

export interface Mark {
  readonly x: number;
  readonly width: number;
}

export interface WaitMark extends Mark {
  readonly interval: Interval;
}

export interface LaneRow {
  readonly kind: 'lane';
  readonly lane: Lane;
  /** Counts the lanes of the picture: it chooses colour and pattern. */
  readonly place: number;
  /** It belongs to the thread above it. */
  readonly inner: boolean;
  readonly y: number;
  readonly running: readonly Mark[];
  readonly ready: readonly Mark[];
  readonly blocked: readonly WaitMark[];
  readonly end: { readonly x: number; readonly failed: boolean } | undefined;
}

/** How many of a band's lanes do what, in columns of equal width; each column's parts are shares of all its lanes. */
export interface BandRow {
  readonly kind: 'band';
  readonly name: string;
  readonly lanes: readonly Lane[];
  readonly place: number;
  readonly inner: boolean;
  readonly y: number;
  readonly columns: readonly (Mark & Readonly<Record<Interval['state'], number>>)[];
}

/** What stands around a thread and those inside it. */
interface Group {
  readonly y: number;
  readonly height: number;
}

interface Wake {
  readonly x: number;
  readonly from: number;
  readonly to: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Where time begins, and how wide it is. */
  readonly left: number;
  readonly plot: number;
  /** Names stand above their lanes, where there is no room beside them. */
  readonly narrow: boolean;
  readonly ticks: readonly { readonly x: number; readonly words: string }[];
  readonly prints: readonly (Mark & { readonly prints: readonly Print[] })[];
  readonly rows: readonly (LaneRow | BandRow)[];
  readonly groups: readonly Group[];
  readonly wakes: readonly Wake[];
}

export const BAR = 16;
const NARROW = 560;
const NAMES = 132;
const MARGIN = 8;
/** Room behind the end for a tick or a cross. */
const BEHIND = 22;
/** Height of the axis with the marks of what was printed. */
const AXIS = 40;
/** Arrows beyond this number hide what they are to show. */
const WAKES = 48;
const COLUMN = 4;
const LEAST = 0.6;

const round = (x: number): number => Math.round(x * 10) / 10;

/** A step of 1, 2 or 5 with about `count` steps in `length`. */
function stepOf(length: number, count: number): number {
  const raw = length / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].find((each) => each * power >= raw) ?? 10;
  return step * power;
}

function ticksOf(length: number, x: (at: number) => number, plot: number): Layout['ticks'] {
  if (!(length > 0)) return [{ x: x(0), words: '0' }];
  const step = stepOf(length, Math.max(2, plot / 90));
  const count = Math.floor(length / step + 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => {
    const at = index * step;
    return { x: round(x(at)), words: index === 0 ? '0' : span(Number(at.toPrecision(6))) };
  });
}

/** Leaves out what would lie within the mark before it. */
function marksOf<Made extends Mark>(intervals: readonly Interval[], make: (interval: Interval) => Made): Made[] {
  const marks: Made[] = [];
  let edge = -Infinity;
  for (const interval of intervals) {
    const mark = make(interval);
    if (mark.x + mark.width <= edge + 0.45) continue;
    edge = mark.x + mark.width;
    marks.push(mark);
  }
  return marks;
}

function columnsOf(lanes: readonly Lane[], { begin, end }: Story, left: number, plot: number): BandRow['columns'] {
  const count = Math.max(1, Math.floor(plot / COLUMN));
  const step = (end - begin) / count || 1;
  const sums = { running: new Float64Array(count), ready: new Float64Array(count), blocked: new Float64Array(count) };
  for (const { intervals } of lanes) {
    for (const { state, from, to } of intervals) {
      const last = Math.min(count - 1, Math.floor((to - begin) / step));
      for (let column = Math.max(0, Math.floor((from - begin) / step)); column <= last; column += 1) {
        const start = begin + column * step;
        const part = Math.min(to, start + step) - Math.max(from, start);
        sums[state][column] = (sums[state][column] ?? 0) + Math.max(0, part);
      }
    }
  }
  const share = (state: Interval['state'], column: number) => (sums[state][column] ?? 0) / step / lanes.length;
  return Array.from({ length: count }, (_, column) => ({
    x: round(left + (column * plot) / count),
    width: round(plot / count),
    running: share('running', column),
    ready: share('ready', column),
    blocked: share('blocked', column),
  }));
}

export interface LayoutOptions {
  readonly width: number;
  /** Names of bands that are shown lane by lane. */
  readonly open?: ReadonlySet<string>;
}

export function layOut(story: Story, { width, open }: LayoutOptions): Layout {
  const narrow = width < NARROW;
  const left = narrow ? MARGIN : NAMES;
  const plot = width - left - BEHIND;
  const length = story.end - story.begin;
  const x = (at: number): number => left + (length > 0 ? (at / length) * plot : 0);
  const at = (time: number): number => round(x(time - story.begin));
  const mark = ({ from, to }: Interval): Mark => ({
    x: at(from),
    width: Math.max(LEAST, round(x(to - story.begin) - x(from - story.begin))),
  });
  const step = narrow ? BAR + 24 : BAR + 10;
  const above = narrow ? 20 : 5;
  const bands = folded(story.lanes, open);
  const rows = bands.map((band: Band, place): LaneRow | BandRow => {
    const y = AXIS + place * step + above;
    if (band.kind === 'band') {
      const { kind, name, lanes } = band;
      const inner = lanes[0]?.inside !== undefined;
      return { kind, name, lanes, place, inner, y, columns: columnsOf(lanes, story, left, plot) };
    }
    const { lane } = band;
    const of = (state: Interval['state']) => lane.intervals.filter((interval) => interval.state === state);
    return {
      kind: 'lane',
      lane,
      place,
      inner: lane.inside !== undefined,
      y,
      running: marksOf(of('running'), mark),
      ready: marksOf(of('ready'), mark),
      blocked: marksOf(of('blocked'), (interval) => ({ ...mark(interval), interval })),
      end: lane.ended && { x: at(lane.ended.at), failed: lane.ended.failed !== undefined },
    };
  });
  return {
    width,
    height: AXIS + rows.length * step + MARGIN,
    left,
    plot,
    narrow,
    ticks: ticksOf(length, x, plot),
    prints: printMarks(story.prints, at),
    rows,
    groups: groupsOf(rows, step, above),
    wakes: wakesOf(bands, rows, at),
  };
}

/** A thread comes before those inside it. */
function groupsOf(rows: Layout['rows'], step: number, above: number): readonly Group[] {
  const groups: { y: number; height: number }[] = [];
  for (const [place, row] of rows.entries()) {
    if (!row.inner) continue;
    const last = groups.at(-1);
    if (last && rows[place - 1]?.inner) last.height += step;
    else groups.push({ y: row.y - step - above + 1, height: 2 * step - 2 });
  }
  return groups;
}

/** Those that would lie upon each other are one mark. */
function printMarks(prints: readonly Print[], at: (time: number) => number): Layout['prints'] {
  const marks: { x: number; width: number; prints: Print[] }[] = [];
  for (const print of prints) {
    const x = at(print.at);
    const last = marks.at(-1);
    if (last && x - last.x < 3) last.prints.push(print);
    else marks.push({ x, width: 2, prints: [print] });
  }
  return marks;
}

function wakesOf(bands: readonly Band[], rows: Layout['rows'], at: (time: number) => number): readonly Wake[] {
  const places = new Map<LaneId, number>();
  for (const [index, band] of bands.entries()) if (band.kind === 'lane') places.set(band.lane.id, rows[index]?.y ?? 0);
  const wakes = bands.flatMap((band) =>
    band.kind === 'band'
      ? []
      : band.lane.intervals.flatMap(({ to, woken }) => {
          const [from, y] = [woken?.by === undefined ? undefined : places.get(woken.by), places.get(band.lane.id)];
          return from === undefined || y === undefined || from === y ? [] : [{ x: at(to), from, to: y }];
        }),
  );
  return wakes.length > WAKES ? [] : wakes;
}
