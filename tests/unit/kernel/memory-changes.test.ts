/** What has changed in memory is found to the byte, and of changes that cross each other all processes keep the same. */
import { describe, expect, it } from 'vitest';
import type { MemoryChange } from '../../../src/protocol/broker.ts';
import { apply, copyOf, difference, outside, zeros } from '../../../src/kernel/machine/memory-changes.ts';

const told = (change: MemoryChange | undefined) => change && { runs: [...change.runs], content: [...change.content] };

/** Numbers that look random and are the same each time (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

describe('a difference', () => {
  it('has the bytes that differ and no others, also in one word and at the ends', () => {
    const before = zeros(21);
    expect(difference(before.slice(), before)).toBeUndefined();
    const now = copyOf(before);
    for (const at of [0, 2, 3, 7, 8, 19, 20]) now[at] = at + 1;
    expect(told(difference(now, before))).toEqual({
      runs: [0, 1, 2, 2, 7, 2, 19, 2],
      content: [1, 3, 4, 8, 9, 20, 21],
    });
  });

  it('is found wherever the bytes lie', () => {
    const before = zeros(64);
    const now = new Uint8Array(new ArrayBuffer(100), 3, 64);
    now.set([7, 8, 9], 40);
    expect(told(difference(now, before))).toEqual({ runs: [40, 3], content: [7, 8, 9] });
  });

  it('put in place elsewhere makes the same, up to the end of what is there', () => {
    const random = numbers(1);
    const before = Uint8Array.from({ length: 1000 }, () => random(256));
    const now = before.slice();
    for (let count = 0; count < 200; count += 1) now[random(1000)] = random(256);
    now.fill(5, 100, 300);
    const change = difference(copyOf(now), copyOf(before));
    if (!change) throw new Error('nothing differs');
    const copy = before.slice();
    apply(change, copy);
    expect(copy).toEqual(now);
    const short = before.slice(0, 200);
    apply(change, short);
    expect(short).toEqual(now.slice(0, 200));
  });

  it('without what others touch has the rest', () => {
    const change = { runs: Uint32Array.of(2, 6, 20, 2), content: Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]) };
    const others = [
      { runs: Uint32Array.of(0, 3, 5, 1), content: new Uint8Array(4) },
      { runs: Uint32Array.of(21, 5), content: new Uint8Array(5) },
    ];
    expect(told(outside(change, others))).toEqual({ runs: [3, 2, 6, 2, 20, 1], content: [2, 3, 5, 6, 7] });
  });
});
