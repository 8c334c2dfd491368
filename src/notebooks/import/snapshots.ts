/**
 * What a notebook kept of a cell's run as the cell's snapshot.
 *
 * Invariant: what this site's own recorder had written comes back as it was only for the very cell that it was recorded of;
 * anything else says that it was taken over from a notebook, and when.
 */
import * as v from 'valibot';
import type { OutputEvent } from '../../protocol/event.ts';
import { snapshotSchema, type Snapshot } from '../../protocol/snapshot.ts';
import { isFields, type Fields } from './read-notebook.ts';

export interface Ran {
  readonly events: readonly OutputEvent[];
  /** What the metadata of its cell says of the run. */
  readonly run: unknown;
}

function asRecorded(id: string, hash: string, events: readonly OutputEvent[], run: Fields): Snapshot | undefined {
  const { at, producer, recorded, duration, timeline } = run;
  if (run['hash'] !== hash || !Array.isArray(at) || at.length !== events.length) return undefined;
  const timed = events.map((event, index) => ({ ...event, at: at[index] as unknown }));
  const read = v.safeParse(snapshotSchema, {
    ...{ format: 1, cell: id, hash, producer, recorded, duration, events: timed },
    ...(timeline !== undefined && { timeline }),
  });
  return read.success ? read.output : undefined;
}

/** Undefined when it does not fit the format of a snapshot. `today` is a date, `python` a version. */
export function snapshotFor(id: string, hash: string, ran: Ran, python: string, today: string): Snapshot | undefined {
  const own = isFields(ran.run) ? asRecorded(id, hash, ran.events, ran.run) : undefined;
  if (own !== undefined) return own;
  const read = v.safeParse(snapshotSchema, {
    format: 1,
    cell: id,
    hash,
    producer: { kind: 'notebook', python },
    recorded: `${today}T00:00:00Z`,
    duration: 0,
    events: ran.events,
  });
  return read.success ? read.output : undefined;
}
