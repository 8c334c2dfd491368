/** Process groups and sessions: who may be moved where, and how Linux answers who may not. */
import { describe, expect, it } from 'vitest';
import { Page, type Told } from './page.ts';

const known = (process: Told, target = 0) => {
  process.say({ type: 'process.ask', request: 1, target });
  const { group, session, error } = process.last('process.known');
  return error ?? [group, session];
};
const join = (process: Told, target: number, group: number) => {
  process.say({ type: 'process.join', request: 1, target, group });
  return process.last('process.moved').error;
};
const lead = (process: Told) => {
  process.say({ type: 'process.lead', request: 1 });
  return process.last('process.moved').error;
};

describe('a process', () => {
  it('is of its parent’s group and session, unless it is started in others', () => {
    const page = new Page();
    const { first } = page;
    const [same, apart] = [page.spawn(first), page.spawn(first, [], 0)];
    const joined = page.spawn(first, [], apart.pid);
    const alone = page.spawn(first, [], undefined, true);
    expect([first, same, apart, joined, alone].map((one) => known(first, one.pid))).toEqual([
      [first.pid, 1],
      [first.pid, 1],
      [apart.pid, 1],
      [apart.pid, 1],
      [alone.pid, alone.pid],
    ]);
    expect(known(page.spawn(alone))).toEqual([alone.pid, alone.pid]);
    expect(known(first, 4711)).toBe('ESRCH');
  });

  it('is not started in a group that is not of its session', () => {
    const page = new Page();
    const alone = page.spawn(page.first, [], undefined, true);
    for (const [group, session] of [
      [alone.pid, false],
      [4711, false],
      [0, true],
    ] as const) {
      const command = { argv: [], environment: [], folder: '/', mask: 0o22 };
      page.first.say({ type: 'process.spawn', request: 9, command, descriptors: [], group, session });
      expect(page.first.of('process.refused').at(-1)).toMatchObject({ error: 'EPERM' });
    }
    expect(page.broker.census().processes).toBe(2);
  });

  it('moves itself to a group of its own or of its session, and nobody else', () => {
    const page = new Page();
    const { first } = page;
    const [one, two, leader] = [page.spawn(first), page.spawn(first), page.spawn(first, [], undefined, true)];
    expect([join(one, 0, 0), known(one)]).toEqual([undefined, [one.pid, 1]]);
    expect([join(two, two.pid, one.pid), known(two)]).toEqual([undefined, [one.pid, 1]]);
    expect(join(two, 0, leader.pid)).toBe('EPERM');
    expect(join(two, one.pid, 0)).toBe('ESRCH');
    expect(join(first, one.pid, first.pid)).toBe('EACCES');
    expect(join(first, leader.pid, 0)).toBe('EPERM');
    expect(join(leader, 0, 0)).toBe('EPERM');
    expect(join(first, 0, -1)).toBe('EINVAL');
  });

  it('leads a session of its own, if it leads no group', () => {
    const page = new Page();
    const { first } = page;
    const [one, leader] = [page.spawn(first), page.spawn(first, [], 0)];
    expect([lead(one), known(one)]).toEqual([undefined, [one.pid, one.pid]]);
    expect([lead(leader), lead(first)]).toEqual(['EPERM', 'EPERM']);
  });

  it('finds its children by their group, those that have ended too', () => {
    const page = new Page();
    const { first } = page;
    const [same, apart] = [page.spawn(first), page.spawn(first, [], 0)];
    page.spawn(same);
    apart.say({ type: 'process.exit', status: 0 });
    const list = (group: number) => {
      first.say({ type: 'process.list', request: 1, group });
      return first.last('process.listed').pids;
    };
    expect([list(0), list(apart.pid), list(4711)]).toEqual([[same.pid], [apart.pid], []]);
  });
});
