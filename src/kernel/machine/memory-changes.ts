/**
 * What has changed in shared memory: runs of bytes, found by comparing with what was there before, and put in place elsewhere.
 *
 * Invariant: a change has the bytes that differ and no others. So two processes that write side by side, even into one word,
 * never overwrite each other.
 */
import type { MemoryChange } from '../../protocol/broker.ts';

const word = BigUint64Array.BYTES_PER_ELEMENT;
/** From this length on a run is copied by the engine's own function, which costs some 50 ns for each call. */
const long = 32;

type Bytes = Uint8Array<ArrayBuffer>;

/** As many bytes, all 0, that lie so that `difference` can compare them by words. */
export function zeros(size: number): Bytes {
  return new Uint8Array(new ArrayBuffer(Math.ceil(size / word) * word), 0, size);
}

/** A copy that lies in the same way. */
export function copyOf(bytes: Uint8Array): Bytes {
  const copy = zeros(bytes.length);
  copy.set(bytes);
  return copy;
}

/** Pairs of where a run begins and how long it is; grows as it is filled. */
class Runs {
  #pairs = new Uint32Array(64);
  #used = 0;
  /** Where the last run ends. */
  #end = -1;
  bytes = 0;

  add(at: number): void {
    this.bytes += 1;
    if (at === this.#end) {
      this.#pairs[this.#used - 1] = (this.#pairs[this.#used - 1] ?? 0) + 1;
    } else {
      if (this.#used === this.#pairs.length) {
        const more = new Uint32Array(2 * this.#used);
        more.set(this.#pairs);
        this.#pairs = more;
      }
      this.#pairs[this.#used] = at;
      this.#pairs[this.#used + 1] = 1;
      this.#used += 2;
    }
    this.#end = at + 1;
  }

  pairs(): Uint32Array<ArrayBuffer> {
    return this.#pairs.slice(0, this.#used);
  }
}

/** What `now` has that `before`, of the same size, has not; undefined if they are the same. */
export function difference(now: Uint8Array, before: Bytes): MemoryChange | undefined {
  const size = now.length;
  const runs = new Runs();
  const compare = (from: number, to: number): void => {
    for (let at = from; at < to; at += 1) if (now[at] !== before[at]) runs.add(at);
  };
  const words = now.byteOffset % word === 0 && before.byteOffset % word === 0 ? Math.floor(size / word) : 0;
  const these = new BigUint64Array(now.buffer, words === 0 ? 0 : now.byteOffset, words);
  const those = new BigUint64Array(before.buffer, words === 0 ? 0 : before.byteOffset, words);
  for (let at = nextDifference(these, those, 0); at < words; at = nextDifference(these, those, at + 1))
    compare(at * word, (at + 1) * word);
  compare(words * word, size);
  if (runs.bytes === 0) return undefined;
  const pairs = runs.pairs();
  const content = new Uint8Array(runs.bytes);
  let taken = 0;
  each(pairs, (at, length) => {
    copy(now, at, content, taken, length);
    taken += length;
  });
  return { runs: pairs, content };
}

/** A function of its own and as plain as can be: all the time goes here, and engines make a loop over integers of it. */
function nextDifference(these: BigUint64Array, those: BigUint64Array, from: number): number {
  const { length } = these;
  for (let at = from; at < length; at += 1) if (these[at] !== those[at]) return at;
  return length;
}

function each(runs: Uint32Array, then: (at: number, length: number) => void): void {
  for (let index = 0; index < runs.length; index += 2) then(runs[index] ?? 0, runs[index + 1] ?? 0);
}

function copy(from: Uint8Array, at: number, to: Uint8Array, where: number, length: number): void {
  if (length >= long) {
    to.set(from.subarray(at, at + length), where);
    return;
  }
  for (let index = 0; index < length; index += 1) to[where + index] = from[at + index] ?? 0;
}

/** Puts a change in place; what lies beyond the end of `bytes` is left out. */
export function apply({ runs, content }: MemoryChange, bytes: Uint8Array): void {
  let taken = 0;
  each(runs, (at, length) => {
    copy(content, taken, bytes, at, Math.min(length, Math.max(0, bytes.length - at)));
    taken += length;
  });
}

/** The part of `change` that none of `others` touches. */
export function outside(change: MemoryChange, others: readonly MemoryChange[]): MemoryChange {
  const kept = new Runs();
  const content: number[] = [];
  const covers = others.map(({ runs }) => ({ runs, index: 0 }));
  const covered = (at: number): boolean =>
    covers.some((cover) => {
      const { runs } = cover;
      while (cover.index < runs.length && (runs[cover.index] ?? 0) + (runs[cover.index + 1] ?? 0) <= at)
        cover.index += 2;
      return cover.index < runs.length && (runs[cover.index] ?? 0) <= at;
    });
  let taken = 0;
  each(change.runs, (start, length) => {
    for (let at = start; at < start + length; at += 1) {
      if (!covered(at)) {
        kept.add(at);
        content.push(change.content[taken] ?? 0);
      }
      taken += 1;
    }
  });
  return { ...change, runs: kept.pairs(), content: Uint8Array.from(content) };
}
