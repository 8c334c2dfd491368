/** Reads a snapshot's file by the protocol's schema: a hand-edited file must not reach a page. */
import * as v from 'valibot';
import { snapshotSchema, type Snapshot } from '../protocol/snapshot.ts';

export type ParsedSnapshot =
  { readonly state: 'present'; readonly snapshot: Snapshot } | { readonly state: 'broken'; readonly why: string };

/** The path of the first field of `data` that `read` lacks; the schema leaves out what it does not know. */
function unknownField(data: unknown, read: unknown): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  if (typeof read !== 'object' || read === null) return undefined;
  for (const [key, value] of Object.entries(data)) {
    if (!Object.hasOwn(read, key)) return key;
    const inside = unknownField(value, (read as Readonly<Record<string, unknown>>)[key]);
    if (inside !== undefined) return `${key}.${inside}`;
  }
  return undefined;
}

export function parseSnapshot(text: string): ParsedSnapshot {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { state: 'broken', why: 'it is not JSON' };
  }
  const read = v.safeParse(snapshotSchema, data, { abortEarly: true });
  if (!read.success) {
    const [issue] = read.issues;
    const path = v.getDotPath(issue);
    return { state: 'broken', why: path === null ? issue.message : `${path}: ${issue.message}` };
  }
  const unknown = unknownField(data, read.output);
  if (unknown !== undefined) return { state: 'broken', why: `${unknown}: a snapshot has no such field` };
  return { state: 'present', snapshot: read.output };
}
