/** Whom a signal reaches: the reader's Stop, and what processes send to each other and to groups. */
import { describe, expect, it } from 'vitest';
import { Page, type Told } from './page.ts';

const got = (process: Told): readonly number[] => process.of('signal.arrived').map(({ signal }) => signal);

describe('Stop', () => {
  it('reaches the processes of the first one’s group, but not that one, which the page tells itself', () => {
    const page = new Page();
    const { first } = page;
    const child = page.spawn(first);
    const grandchild = page.spawn(child);
    const apart = page.spawn(first, [], 0);
    page.broker.interrupt();
    expect([first, child, grandchild, apart].map(got)).toEqual([[], [2], [2], []]);
  });

  it('ends those that do not hear', () => {
    const page = new Page();
    const [deaf, hearing] = [page.spawn(page.first), page.spawn(page.first)];
    page.broker.interrupt();
    hearing.say({ type: 'signal.taken' });
    for (const then of [...page.timers]) then();
    expect([deaf.killed, hearing.killed]).toEqual([true, false]);
    expect(page.first.last('child.ended')).toMatchObject({ pid: deaf.pid, status: 2 });
  });
});
