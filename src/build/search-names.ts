/**
 * Gives the records of a written index names that count them. Pagefind names each by its content: seven digits that nothing
 * compresses, for each section and cell of the course.
 *
 * Invariant: names of two builds differ, so that no cache answers for the wrong one.
 */
import { createHash } from 'node:crypto';
import { existsSync, renameSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { recordName } from '../site/search/places.ts';
import { readPacked } from './search-packed.ts';

/** Its name, its number of words, and the file that it shares with others, which is none here. */
export const recordSchema = v.strictTuple([v.string(), v.number(), v.literal('')]);
type Record = v.InferOutput<typeof recordSchema>;

/** Changes with every record, and with the order of the records. */
function markOf(records: readonly Record[]): string {
  const all = createHash('sha256').update(records.map(([name]) => name).join(' '));
  return BigInt(`0x${all.digest('hex')}`).toString(36);
}

function urlIn(file: string): string {
  return v.parse(v.looseObject({ url: v.string() }), JSON.parse(readPacked(file).toString())).url;
}

/** Renames the files of the records in `folder` and returns the records renamed; `urls` are theirs. */
export function nameRecords(folder: string, records: readonly Record[], urls: readonly string[]): Record[] {
  if (records.length !== urls.length) throw new Error(`The index has ${records.length} records of ${urls.length}.`);
  const fileOf = (name: string): string => path.join(folder, `${name}.pf_fragment`);
  const mark = markOf(records);
  const named = records.map(([before, words, shared], number): Record => {
    const after = recordName(number, records.length, mark);
    if (existsSync(fileOf(after))) throw new Error(`Two records of the index have the name ${after}.`);
    renameSync(fileOf(before), fileOf(after));
    return [after, words, shared];
  });
  // The places of records are told by their numbers: they must have kept their order.
  for (const number of new Set([0, named.length >> 1, named.length - 1])) {
    const url = urlIn(fileOf(named[number]?.[0] ?? ''));
    if (url !== urls[number]) throw new Error(`Record ${number} of the index is ${url} in place of ${urls[number]}.`);
  }
  return named;
}
