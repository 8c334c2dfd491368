/** What `runner.py` tells, line by line; the only way into the recorder for what a native program does. */
import * as v from 'valibot';
import { errorEventSchema, resultEventSchema } from '../../protocol/event.ts';
import type { Data } from '../../protocol/schema.ts';

const time = v.number();

/** The runner gives the time of each line, from which the recorder computes an event's `at`. */
const reportSchema = v.variant('type', [
  v.object({ type: v.literal('start') }),
  v.object({ type: v.literal('finished') }),
  v.omit(resultEventSchema, ['at']),
  v.omit(errorEventSchema, ['at']),
]);

const messageSchema = v.variant('type', [
  v.object({ type: v.literal('producer'), python: v.string(), platform: v.string(), cores: v.number() }),
  v.object({ type: v.literal('stdout'), time, text: v.string() }),
  v.object({ type: v.literal('stderr'), time, text: v.string() }),
  v.object({ type: v.literal('report'), time, report: reportSchema }),
  v.object({ type: v.literal('end'), time, code: v.pipe(v.number(), v.integer()), timedOut: v.boolean() }),
]);

export type RunnerMessage = Data<typeof messageSchema>;

export function readMessage(line: string): RunnerMessage {
  return v.parse(messageSchema, JSON.parse(line));
}
