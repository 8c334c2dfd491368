/** A fault of ours or of the platform, as data; a learner's own exception is an `error` event of its run (`event.ts`). */
import * as v from 'valibot';
import { note, type Data } from './schema.ts';

export const faultSchema = v.object({
  kind: v.picklist(['python', 'interrupted', 'timeout', 'deadlock', 'unsupported', 'crashed']),
  /** What happened. */
  what: note,
  why: note,
  /** What the reader can do about it. */
  mend: note,
});

export type Fault = Data<typeof faultSchema>;
