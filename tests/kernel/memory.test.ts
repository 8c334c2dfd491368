/** Memory that runs out ends a program in MemoryError, and the next one runs; it is the machine's 4 GB at most. */
import { expect, it } from 'vitest';
import { openKernelPage } from './page.ts';

const greedy: readonly (readonly [source: string, error: string])[] = [
  // As CPython on any machine of 32 bits.
  ['x = bytearray(3 * 10**9)', 'OverflowError'],
  ['x = [0] * 10**10', 'OverflowError'],
  ['x = [0] * (10**9 - 1)', 'MemoryError'],
  ['x = []\nwhile True: x.append(bytearray(10**7))', 'MemoryError'],
];

it.each(['notebook', 'script'] as const)('runs out in a %s', async (mode) => {
  await using kernel = await openKernelPage();
  for (const [source, error] of greedy) {
    const { traceback, end } = await kernel.run(source, { mode });
    expect({ error: /^\w+/mu.exec(traceback.split('\n').at(-2) ?? '')?.[0], outcome: end.outcome }, source).toEqual({
      error,
      outcome: 'error',
    });
    const next = await kernel.run('x = None\nprint(6 * 7)', { mode });
    expect(next.stdout).toBe('42\n');
  }
});
