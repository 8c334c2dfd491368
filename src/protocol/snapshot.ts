/** A snapshot: the recorded run of a cell, as it lies on disk beside its chapter. */
import * as v from 'valibot';
import { outputEventSchema } from './event.ts';
import { seconds, wholeNumber, type Data } from './schema.ts';
import { timelineSchema } from './timeline.ts';

const producerSchema = v.variant('kind', [
  v.object({ kind: v.literal('browser'), python: v.string(), pyodide: v.string() }),
  v.object({
    kind: v.literal('native'),
    python: v.string(),
    /** For example `Linux x86_64`. */
    platform: v.string(),
    cores: v.pipe(wholeNumber, v.minValue(1)),
  }),
  /** Taken over from a notebook that others had run: what it says of its Python, and nothing is known of the machine. */
  v.object({ kind: v.literal('notebook'), python: v.string() }),
]);

export type Producer = Data<typeof producerSchema>;

export const snapshotSchema = v.object({
  format: v.literal(1),
  cell: v.string(),
  /** `cellHash` of the cell and of the chain it continues. */
  hash: v.string(),
  producer: producerSchema,
  /** ISO date, UTC. */
  recorded: v.pipe(v.string(), v.isoTimestamp()),
  /** From start to end on the cell's clock. */
  duration: seconds,
  events: v.array(outputEventSchema),
  /** What its threads did, of a cell that shows it. */
  timeline: v.exactOptional(timelineSchema),
});

export type Snapshot = Data<typeof snapshotSchema>;
