/** A run to the snapshot that is kept: times in milliseconds, neighbours of one stream and one moment joined. */
import { cellHash } from '../chapters/cell-hash.ts';
import type { Cell } from '../protocol/cell.ts';
import type { OutputEvent } from '../protocol/event.ts';
import type { Snapshot } from '../protocol/snapshot.ts';
import type { Timeline } from '../protocol/timeline.ts';
import type { CellRun } from './runner.ts';

function milliseconds(seconds: number): number {
  return Math.max(0, Math.round(seconds * 1000) / 1000);
}

/** Replaying at half a frame's precision is enough; what is closer comes as one. */
const moment = 0.008;

function joined(events: readonly OutputEvent[]): OutputEvent[] {
  const result: OutputEvent[] = [];
  for (const event of events) {
    const last = result.at(-1);
    const text = event.type === 'stdout' || event.type === 'stderr';
    if (text && last?.type === event.type && event.at - last.at < moment) {
      result[result.length - 1] = { type: event.type, at: last.at, text: last.text + event.text };
    } else result.push({ ...event, at: milliseconds(event.at) });
  }
  return result;
}

/** Microseconds are kept: a lock is held for a few. */
const inMicroseconds = ({ events, ...rest }: Timeline): Timeline => ({
  ...rest,
  events: events.map((event) => ({ ...event, at: Math.round(event.at * 1e6) / 1e6 })),
});

/** `chain` ends with the cell; `recorded` is the time of the run. */
export function makeSnapshot(chain: readonly Cell[], cell: Cell, run: CellRun, recorded: Date): Snapshot {
  if (run.end.outcome === 'fault') throw new TypeError('a run with a fault is not recorded');
  return {
    format: 1,
    cell: cell.id,
    hash: cellHash(chain),
    producer: run.producer,
    recorded: recorded.toISOString().replace(/\.\d+Z$/, 'Z'),
    duration: milliseconds(run.end.duration),
    events: joined(run.events),
    ...(run.end.timeline && { timeline: inMicroseconds(run.end.timeline) }),
  };
}
