/**
 * Chaos whose seeds fix the schedule as well as the programs: the same rounds at each run. `npm run chaos -- --seeded` plays
 * others.
 */
import { expect, it } from 'vitest';
import { playSeeded } from '../chaos/seeded.ts';

const forever = Number.POSITIVE_INFINITY;
const rounds = Number(process.env['SEEDS'] ?? 150);

it('ends every thread, task, greenlet and connection, loses no byte and leaves nothing, in any order of turns', async () => {
  const { trouble, rounds: played } = await playSeeded({ seed: 0, rounds, seconds: forever });
  expect(trouble).toBe('');
  expect(played).toBe(rounds);
});

/** What is broken, in Python that is run after the programs' own, and what the round then says. */
const mutants: readonly (readonly [string, string, RegExp])[] = [
  [
    'bytes that arrive in another order',
    `
from _os_kernel.net.byte_queue import ByteQueue
whole = ByteQueue._take_several
ByteQueue._take_several = lambda self, size: bytes(reversed(whole(self, size)))
`,
    /bytes sent/,
  ],
  [
    'a descriptor that stays open',
    `
import os, select
kept, make = [], select.epoll
def epoll(*args):
    poll = make(*args)
    kept.append(os.dup(poll.fileno()))
    return poll
select.epoll = epoll
`,
    /left over/,
  ],
  [
    'a loop of asyncio that a thread does not wake',
    `
from asyncio.selector_events import BaseSelectorEventLoop
BaseSelectorEventLoop._write_to_self = lambda self: None
`,
    /does not end/,
  ],
  [
    'a greenlet that is abandoned and not killed',
    `
from _os_kernel.green import switching
switching._kill = lambda target, core: None
`,
    /expected/,
  ],
];

it.each(mutants)('finds %s', async (_what, broken, says) => {
  const { trouble } = await playSeeded({ seed: 0, rounds: 50, seconds: forever, broken });
  expect(trouble).toMatch(says);
  expect(trouble).toContain('Repeat it: npm run chaos -- --seeded --seed ');
});

it('repeats every switch of a round', async () => {
  const asked = { seed: 3, rounds: 8, seconds: forever };
  const first = await playSeeded(asked);
  expect(await playSeeded(asked)).toEqual(first);
  expect((await playSeeded({ ...asked, seed: 4 })).digest).not.toBe(first.digest);
});
