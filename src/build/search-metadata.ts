/**
 * Makes the metadata of a written index small, and what one word reads: Pagefind reads the metadata whole before every first
 * query (docs/adr/0025-what-a-query-of-the-search-index-reads.md).
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decode, encode } from 'cborg';
import * as v from 'valibot';
import { chunkSchema, partHeavyWords } from './search-chunks.ts';
import { nameRecords, recordSchema } from './search-names.ts';
import { contentHash, readPacked, writePacked } from './search-packed.ts';

/** As Pagefind 1.6.0 writes them; if another version does not, the build ends here. */
const entrySchema = v.looseObject({ languages: v.strictObject({ en: v.looseObject({ hash: v.string() }) }) });
/** Version, records, chunks of words, filters, orders, fields. */
const metadataSchema = v.strictTuple([
  v.string(),
  v.array(recordSchema),
  v.array(chunkSchema),
  v.array(v.unknown()),
  v.array(v.unknown()),
  v.array(v.string()),
]);

const metadataFile = (folder: string, hash: string): string => path.join(folder, `pagefind.${hash}.pf_meta`);

/** `urls` are those of the records in the order in which they were added. */
export function shrinkMetadata(folder: string, urls: readonly string[]): void {
  const entryFile = path.join(folder, 'pagefind-entry.json');
  const entry = v.parse(entrySchema, JSON.parse(readFileSync(entryFile, 'utf8')));
  const { en } = entry.languages;
  const metadata = v.parse(metadataSchema, decode(readPacked(metadataFile(folder, en.hash))));
  metadata[1] = nameRecords(path.join(folder, 'fragment'), metadata[1], urls);
  metadata[2] = partHeavyWords(path.join(folder, 'index'), metadata[2]);
  rmSync(metadataFile(folder, en.hash));
  const bytes = encode(metadata);
  en.hash = `en_${contentHash(bytes)}`;
  writePacked(metadataFile(folder, en.hash), bytes);
  writeFileSync(entryFile, JSON.stringify(entry));
}
