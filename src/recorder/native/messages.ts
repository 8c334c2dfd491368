/** What `runner.py` tells, line by line; the only way into the recorder for what a native program does. */
import { z } from 'astro/zod';

const time = z.number();

const report = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start') }),
  z.object({ type: z.literal('finished') }),
  z.object({ type: z.literal('result'), text: z.string() }),
  z.object({ type: z.literal('error'), name: z.string(), message: z.string(), traceback: z.string() }),
]);

const message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('producer'), python: z.string(), platform: z.string(), cores: z.int() }),
  z.object({ type: z.literal('stdout'), time, text: z.string() }),
  z.object({ type: z.literal('stderr'), time, text: z.string() }),
  z.object({ type: z.literal('report'), time, report }),
  z.object({ type: z.literal('end'), time, code: z.int(), timedOut: z.boolean() }),
]);

export type RunnerMessage = z.infer<typeof message>;

export function readMessage(line: string): RunnerMessage {
  return message.parse(JSON.parse(line));
}
