/**
 * The same story in the trace format of Chrome, which Perfetto (ui.perfetto.dev) opens.
 *
 * Format: "Trace Event Format", as the documentation of Perfetto describes it under "Chrome JSON". Times are microseconds.
 */
import type { Interval, Lane, LaneId, Story } from './story.ts';
import { atLine, namesOf, waitedFor, wokenBy, type Names } from './words.ts';

/** All lanes are threads of one process. */
const pid = 1;

interface TraceEvent {
  readonly name: string;
  readonly ph: 'X' | 'M' | 'i' | 's' | 'f';
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly cat?: string;
  readonly id?: number;
  readonly bp?: 'e';
  readonly s?: 't' | 'p';
  readonly args?: Readonly<Record<string, string | number>>;
}

const plain = (words: string): string => words.replaceAll('`', '');
/** Thread 0 is the idle one in Perfetto. */
const tid = (lane: LaneId): number => lane + 1;

function slice(lane: Lane, interval: Interval, begin: number, names: Names): TraceEvent {
  const { state, wait } = interval;
  const name = wait ? `waiting for ${plain(waitedFor(wait))}` : state;
  const args = {
    ...(interval.place && { line: interval.place.line }),
    ...(interval.place?.file !== undefined && { file: interval.place.file }),
    ...(wait?.holder !== undefined && { 'held by': `${names(wait.holder)}${atLine(wait.held)}` }),
    ...(wait && { until: wokenBy(interval, names) }),
    ...(interval.left && { left: interval.left }),
  };
  const at = { ts: (interval.from - begin) * 1e6, dur: (interval.to - interval.from) * 1e6 };
  return { name, ph: 'X', cat: state, pid, tid: tid(lane.id), ...at, args };
}

/** An arrow from who woke to who was woken. */
function arrow(lane: Lane, { to, woken }: Interval, begin: number, id: number): TraceEvent[] {
  if (woken?.by === undefined) return [];
  const any = { name: 'wakes', cat: 'wake', pid, id, ts: (to - begin) * 1e6 };
  return [
    { ...any, ph: 's', tid: tid(woken.by) },
    { ...any, ph: 'f', bp: 'e', tid: tid(lane.id) },
  ];
}

/** The text of the file. */
export function traceOf(story: Story, title: string): string {
  const { lanes, begin, unheard, prints } = story;
  const names = namesOf(story);
  const events: TraceEvent[] = [{ name: 'process_name', ph: 'M', pid, tid: 0, args: { name: title } }];
  let arrows = 0;
  for (const [order, lane] of lanes.entries()) {
    events.push({ name: 'thread_name', ph: 'M', pid, tid: tid(lane.id), args: { name: lane.name } });
    events.push({ name: 'thread_sort_index', ph: 'M', pid, tid: tid(lane.id), args: { sort_index: order } });
    for (const interval of lane.intervals) {
      events.push(slice(lane, interval, begin, names));
      arrows += 1;
      events.push(...arrow(lane, interval, begin, arrows));
    }
    if (lane.ended?.failed !== undefined) {
      const ts = (lane.ended.at - begin) * 1e6;
      events.push({ name: `failed: ${lane.ended.failed}`, ph: 'i', s: 't', cat: 'end', pid, tid: tid(lane.id), ts });
    }
  }
  for (const { at, lane, place } of unheard) {
    const name = `a notify that nobody waited for${atLine(place)}`;
    events.push({ name, ph: 'i', s: 't', cat: 'notify', pid, tid: tid(lane), ts: (at - begin) * 1e6 });
  }
  for (const { at, lane, text } of prints) {
    const ts = (at - begin) * 1e6;
    events.push({
      name: `prints ${text}`,
      ph: 'i',
      s: 't',
      cat: 'output',
      pid,
      tid: lane === undefined ? 0 : tid(lane),
      ts,
    });
  }
  return `${JSON.stringify({ displayTimeUnit: 'ms', traceEvents: events })}\n`;
}
