/**
 * What has changed in shared memory: runs of bytes, found by comparing with what was there before, and put in place elsewhere.
 *
 * Invariant: a change has the bytes that differ and no others. So two processes that write side by side, even into one word,
 * never overwrite each other.
 */
import type { MemoryChange } from '../../protocol/broker.ts';

/** Bytes of 32 bits: Chromium 156 compares 64 bits at a time (`BigUint64Array`) four times as slowly. */
const word = Int32Array.BYTES_PER_ELEMENT;
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
  bytes = 0;

  add(at: number, length: number): void {
    if (this.#used === this.#pairs.length) {
      const more = new Uint32Array(2 * this.#used);
      more.set(this.#pairs);
      this.#pairs = more;
    }
    this.#pairs[this.#used] = at;
    this.#pairs[this.#used + 1] = length;
    this.#used += 2;
    this.bytes += length;
  }

  pairs(): Uint32Array<ArrayBuffer> {
    return this.#pairs.slice(0, this.#used);
  }
}

/** What `now` has that `before`, of the same size, has not; undefined if they are the same. */
export function difference(now: Uint8Array, before: Bytes): MemoryChange | undefined {
  const size = now.length;
  const runs = new Runs();
  const words = now.byteOffset % word === 0 && before.byteOffset % word === 0 ? Math.floor(size / word) : 0;
  const these = new Int32Array(now.buffer, words === 0 ? 0 : now.byteOffset, words);
  const those = new Int32Array(before.buffer, words === 0 ? 0 : before.byteOffset, words);
  let at = 0;
  while (at < size) {
    if (at % word === 0 && at < words * word) at = nextDifference(these, those, at / word) * word;
    const start = at;
    while (at < size && now[at] !== before[at]) at += 1;
    if (at > start) runs.add(start, at - start);
    else at += 1;
  }
  if (runs.bytes === 0) return undefined;
  const pairs = runs.pairs();
  const content = new Uint8Array(runs.bytes);
  let taken = 0;
  each(pairs, (from, length) => {
    copy(now, from, content, taken, length);
    taken += length;
  });
  return { runs: pairs, content };
}

/** The first word from `from` on that differs, or how many there are. All the time goes here: four at once are twice as fast. */
function nextDifference(these: Int32Array, those: Int32Array, from: number): number {
  const { length } = these;
  let at = from;
  for (; at + 4 <= length; at += 4) {
    const first = (these[at] as number) ^ (those[at] as number);
    const second = (these[at + 1] as number) ^ (those[at + 1] as number);
    const third = (these[at + 2] as number) ^ (those[at + 2] as number);
    const fourth = (these[at + 3] as number) ^ (those[at + 3] as number);
    if ((first | second | third | fourth) !== 0) break;
  }
  while (at < length && these[at] === those[at]) at += 1;
  return at;
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
  return others.reduce(without, change);
}

function without(change: MemoryChange, { runs: others }: MemoryChange): MemoryChange {
  const kept = new Runs();
  const content = new Uint8Array(change.content.length);
  /** The run of the other that is not yet passed. */
  let index = 0;
  let taken = 0;
  each(change.runs, (start, length) => {
    const end = start + length;
    let at = start;
    while (at < end) {
      const from = others[index] ?? end;
      const to = from + (others[index + 1] ?? 0);
      if (to <= at && index < others.length) {
        index += 2;
        continue;
      }
      const stop = Math.min(Math.max(from, at), end);
      if (stop > at) {
        copy(change.content, taken + at - start, content, kept.bytes, stop - at);
        kept.add(at, stop - at);
      }
      at = from < end ? Math.max(to, stop) : end;
    }
    taken += length;
  });
  return { ...change, runs: kept.pairs(), content: content.slice(0, kept.bytes) };
}
