/** Reads what the recorder has left beside a chapter, by its schema: a hand-edited file must not reach a page. */
import * as v from 'valibot';
import type { Data } from '../protocol/schema.ts';

export type ParsedRecord<Schema extends v.GenericSchema> =
  { readonly state: 'present'; readonly data: Data<Schema> } | { readonly state: 'broken'; readonly why: string };

/** The path of the first field of `data` that `read` lacks; a schema leaves out what it does not know. */
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

/** `text` is the whole file, as JSON. */
export function parseRecord<Schema extends v.GenericSchema>(schema: Schema, text: string): ParsedRecord<Schema> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { state: 'broken', why: 'it is not JSON' };
  }
  const read = v.safeParse(schema, data, { abortEarly: true });
  if (!read.success) {
    const [issue] = read.issues;
    const path = v.getDotPath(issue);
    return { state: 'broken', why: path === null ? issue.message : `${path}: ${issue.message}` };
  }
  const unknown = unknownField(data, read.output);
  if (unknown !== undefined) return { state: 'broken', why: `${unknown}: no such field is known` };
  return { state: 'present', data: read.output as Data<Schema> };
}
