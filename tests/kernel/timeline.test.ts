/** What the readers' kernel records of threads when it is asked to, of a program and of a cell, to its end or to a deadlock. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKernelPage, type KernelPage } from './page.ts';
import { of } from './timeline-lanes.ts';

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
});
afterAll(() => kernel[Symbol.asyncDispose]());

const waiting = [
  'import threading, time',
  'lock, about = threading.Lock(), threading.Event()',
  'def hold():',
  '    with lock:',
  '        print("held")',
  '        about.wait(); time.sleep(0.1)',
  'def want():',
  '    about.set()',
  '    with lock: print("got")',
  'holder = threading.Thread(target=hold, name="holder")',
  'waiter = threading.Thread(target=want, name="waiter")',
  'holder.start(); waiter.start()',
  'holder.join(); waiter.join()',
].join('\n');

describe.each(['script', 'notebook'] as const)('the timeline of a run (%s)', (mode) => {
  it('tells who waited for what, who held it since which line, and who woke whom', async () => {
    const { end, events } = await kernel.run(waiting, { mode, timeline: true });
    expect(end).toMatchObject({ outcome: 'ok' });
    const { timeline } = end;
    expect(timeline?.lost).toBe(0);
    const holder = timeline?.lanes.find(({ name }) => name === 'holder')?.lane;
    const waits = of(timeline, 'waiter').find(
      (event) => event.what === 'waits' && event.kind === 'lock' && event.name === 'lock',
    );
    expect(waits).toMatchObject({ thing: 'a Lock', name: 'lock', holder, held: 4, line: 9 });
    const woken = of(timeline, 'waiter').find((event) => event.what === 'ready' && event.at > (waits?.at ?? 0));
    expect(woken).toMatchObject({ by: holder });
    expect((woken?.at ?? 0) - (waits?.at ?? 0)).toBeGreaterThan(0.02);
    // The times are those of what is printed: `got` was printed while its thread ran.
    const got = events.find((event) => event.type === 'stdout' && event.text.startsWith('got'))?.at ?? 0;
    expect(got).toBeGreaterThanOrEqual((woken?.at ?? 0) - 0.001);
    expect(got).toBeLessThanOrEqual((of(timeline, 'waiter').at(-1)?.at ?? 0) + 0.001);
    expect(of(timeline, 'MainThread').at(-1)).toMatchObject({ what: 'ended' });
  });

  it('is not there unless it was asked for', async () => {
    expect((await kernel.run(waiting, { mode })).end).not.toHaveProperty('timeline');
  });
});

it('is told of a deadlock, in which the main thread fails and the other waits to the end', async () => {
  const source = [
    'import threading',
    'lock = threading.Lock(); lock.acquire()',
    'other = threading.Thread(target=lock.acquire, name="other", daemon=True)',
    'other.start(); other.join()',
  ].join('\n');
  const { end } = await kernel.run(source, { mode: 'script', timeline: true });
  expect(end).toMatchObject({ outcome: 'fault', fault: { kind: 'deadlock' } });
  expect(of(end.timeline, 'other').at(-1)).toMatchObject({ what: 'waits', kind: 'lock', held: 2 });
  expect(of(end.timeline, 'MainThread').at(-1)).toMatchObject({ what: 'ended', failed: 'deadlock' });
});

it('tells of threads that an earlier cell has left behind', async () => {
  const left =
    'import threading, time\nthreading.Thread(target=time.sleep, args=(60,), name="left", daemon=True).start()';
  await kernel.run(left);
  const { end } = await kernel.run('time.sleep(0.01)', { timeline: true });
  expect(of(end.timeline, 'left')).toMatchObject([{ what: 'waits', kind: 'sleep' }]);
});

it('keeps the last 20,000 events and counts the others', async () => {
  const source = [
    'import threading, time',
    'def work():',
    '    for _ in range(4_000): time.sleep(0)',
    'threads = [threading.Thread(target=work, name=f"worker-{n}") for n in range(4)]',
    'for each in threads: each.start()',
    'for each in threads: each.join()',
  ].join('\n');
  const { end } = await kernel.run(source, { mode: 'script', timeline: true });
  expect(end).toMatchObject({ outcome: 'ok' });
  expect(end.timeline?.events.length).toBeGreaterThanOrEqual(20_000);
  expect(end.timeline?.events.length).toBeLessThan(20_010);
  expect(end.timeline?.lost).toBeGreaterThan(5_000);
});
