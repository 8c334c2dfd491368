/**
 * Parts words that stand in most of the course from their neighbours in the alphabet. Pagefind ends a file of words with the
 * one that fills it, so a rare word would be read with the whole list of a frequent one.
 */
import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { decode, encode } from 'cborg';
import * as v from 'valibot';
import { contentHash, readPacked, writePacked } from './search-packed.ts';

/** The first word of a file of words and its last, each as short as tells it from the neighbouring file's, and its name. */
export const chunkSchema = v.strictTuple([v.string(), v.string(), v.string()]);
type Chunk = v.InferOutput<typeof chunkSchema>;

/** A word, and where it stands. */
const wordsSchema = v.strictTuple([v.array(v.looseTuple([v.string()]))]);

/** Bytes of a file that is worth being parted: twice what one holds that no frequent word has filled. */
const HEAVY = 16 * 1024;

/** Where one file ends and the next begins, as Pagefind tells it. */
function boundary(last: string, next: string, from: string): readonly [to: string, from: string] {
  let common = 0;
  while (common < last.length && last[common] === next[common]) common += 1;
  const to = last.slice(0, common + 1);
  return [to >= from ? to : last, next.slice(0, common + 1)];
}

/** The chunks with each heavy one in two, whose files are written into `folder`. */
export function partHeavyWords(folder: string, chunks: readonly Chunk[]): Chunk[] {
  const fileOf = (name: string): string => path.join(folder, `${name}.pf_index`);
  const write = (words: readonly unknown[]): string => {
    const bytes = encode([words]);
    const name = `en_${contentHash(bytes)}`;
    writePacked(fileOf(name), bytes);
    return name;
  };
  return chunks.flatMap((chunk): Chunk[] => {
    const [first, last, name] = chunk;
    if (statSync(fileOf(name)).size < HEAVY) return [chunk];
    const [words] = v.parse(wordsSchema, decode(readPacked(fileOf(name))));
    const [heavy, before] = [words.at(-1), words.at(-2)];
    if (heavy === undefined || before === undefined) return [chunk];
    const [to, from] = boundary(before[0], heavy[0], first);
    rmSync(fileOf(name));
    return [
      [first, to, write(words.slice(0, -1))],
      [from, last, write([heavy])],
    ];
  });
}
