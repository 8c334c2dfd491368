/** The shape of a snapshot's file, checked whenever one is read: a hand-edited file must not reach a page. */
import { z } from 'astro/zod';
import type { Snapshot } from '../protocol/snapshot.ts';

const at = z.number().nonnegative();

const event = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('stdout'), at, text: z.string() }),
  z.strictObject({ type: z.literal('stderr'), at, text: z.string() }),
  z.strictObject({ type: z.literal('result'), at, text: z.string(), introspection: z.literal(true).exactOptional() }),
  z.strictObject({ type: z.literal('error'), at, name: z.string(), message: z.string(), traceback: z.string() }),
  z.strictObject({ type: z.literal('exit'), at, code: z.int() }),
]);

const producer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('browser'), python: z.string(), pyodide: z.string() }),
  z.strictObject({ kind: z.literal('native'), python: z.string(), platform: z.string(), cores: z.int().positive() }),
]);

const snapshot = z.strictObject({
  format: z.literal(1),
  cell: z.string(),
  hash: z.string(),
  producer,
  recorded: z.iso.datetime(),
  duration: z.number().nonnegative(),
  events: z.array(event),
}) satisfies z.ZodType<Snapshot>;

export type ParsedSnapshot =
  { readonly state: 'present'; readonly snapshot: Snapshot } | { readonly state: 'broken'; readonly why: string };

export function parseSnapshot(text: string): ParsedSnapshot {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { state: 'broken', why: 'it is not JSON' };
  }
  const result = snapshot.safeParse(data);
  if (result.success) return { state: 'present', snapshot: result.data };
  const [issue] = result.error.issues;
  return { state: 'broken', why: `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? ''}` };
}
