/** Whom a signal reaches: the reader's Stop, and what processes send to each other and to groups. */
import { describe, expect, it } from 'vitest';
import { Page, type Told } from './page.ts';

const got = (process: Told): readonly number[] => process.of('signal.arrived').map(({ signal }) => signal);

it('processes that have ended, and of whose end nobody has asked, have a bound', () => {
  const page = new Page();
  for (let number = 1; number < 1000; number += 1) page.spawn(page.first).say({ type: 'process.exit', status: 0 });
  const command = { argv: [], environment: [], folder: '/', mask: 0o22 };
  const refused = () => {
    page.first.say({ type: 'process.spawn', request: 9, command, descriptors: [] });
    return page.first.of('process.refused').map(({ error }) => error);
  };
  expect(refused()).toEqual(['EAGAIN']);
  page.first.say({ type: 'process.reaped', pid: page.first.pid + 1 });
  expect(refused()).toEqual(['EAGAIN']);
  expect(refused()).toEqual(['EAGAIN', 'EAGAIN']);
});

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
