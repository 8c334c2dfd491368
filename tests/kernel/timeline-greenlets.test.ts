/** What the readers' kernel records of greenlets, gevent's and raw ones: a program behaves the same while it is looked at. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openKernelPage, type KernelPage } from './page.ts';
import { laneOf, of, waits } from './timeline-lanes.ts';

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
});
afterAll(() => kernel[Symbol.asyncDispose]());

const program = [
  'import gevent',
  'from gevent.event import Event',
  'from gevent.queue import Queue',
  'opened, items = Event(), Queue()',
  'def wait():',
  '    opened.wait()',
  'def take():',
  '    print(items.get())',
  'def give():',
  '    gevent.sleep(0.01)',
  '    opened.set()',
  '    items.put("item")',
  'def fail():',
  '    raise ValueError',
  'def stay():',
  '    gevent.sleep(60)',
  'all = [gevent.spawn(each) for each in (wait, take, give, fail)]',
  'last = gevent.spawn(stay)',
  'gevent.joinall(all)',
  'last.kill()',
].join('\n');

it.each(['script', 'notebook'] as const)('has a lane for each greenlet and for the hub (%s)', async (mode) => {
  const { end } = await kernel.run(program, { mode, timeline: true });
  expect(end).toMatchObject({ outcome: 'ok' });
  const { timeline } = end;
  const thread = laneOf(timeline, 'MainThread');
  const main = laneOf(timeline, 'main greenlet');
  expect(timeline?.lanes.find(({ name }) => name === 'hub')).toMatchObject({ kind: 'hub', in: thread });
  const give = laneOf(timeline, 'greenlet 3 (give)');
  expect(of(timeline, 'greenlet 3 (give)')[0]).toMatchObject({ what: 'started', by: main ?? thread, line: 17 });
  expect(waits(of(timeline, 'greenlet 3 (give)'))).toMatchObject([
    { kind: 'sleep', thing: 'gevent.sleep(0.01)', line: 10 },
  ]);
  expect(waits(of(timeline, 'greenlet 1 (wait)'))).toMatchObject([{ call: 'Event.wait', name: 'opened', line: 6 }]);
  expect(of(timeline, 'greenlet 1 (wait)')).toContainEqual(
    expect.objectContaining({ what: 'ready', by: give, line: 11 }),
  );
  expect(waits(of(timeline, 'greenlet 2 (take)'))).toMatchObject([{ name: 'items', line: 8 }]);
  expect(of(timeline, 'greenlet 2 (take)')).toContainEqual(
    expect.objectContaining({ what: 'ready', by: give, line: 12 }),
  );
  expect(of(timeline, 'greenlet 4 (fail)').at(-1)).toMatchObject({ what: 'ended', failed: 'ValueError' });
  const stay = of(timeline, 'greenlet 5 (stay)');
  expect(stay.at(-1)).toMatchObject({ what: 'ended', failed: 'killed' });
  expect(stay).toContainEqual(expect.objectContaining({ what: 'ready', how: 'killed', by: main, line: 20 }));
  expect(waits(of(timeline, 'main greenlet'))[0]).toMatchObject({
    kind: 'join',
    thing: 'the end of 4 greenlets',
    line: 19,
  });
});

it('tells of raw greenlets who switched to whom, at which line', async () => {
  const source = [
    'from greenlet import greenlet',
    'def ping():',
    '    for _ in range(2): b.switch()',
    'def pong():',
    '    while True: a.switch()',
    'a, b = greenlet(ping), greenlet(pong)',
    'a.switch()',
  ].join('\n');
  const { end } = await kernel.run(source, { mode: 'script', timeline: true });
  const { timeline } = end;
  const [ping, pong] = [laneOf(timeline, 'greenlet 1 (ping)'), laneOf(timeline, 'greenlet 2 (pong)')];
  const own = of(timeline, 'greenlet 1 (ping)');
  expect(own[0]).toMatchObject({ what: 'started', by: laneOf(timeline, 'main greenlet'), line: 7 });
  expect(waits(own)).toMatchObject([
    { thing: 'a switch', line: 3 },
    { thing: 'a switch', line: 3 },
  ]);
  expect(own.filter(({ what }) => what === 'ready')).toMatchObject([
    { by: pong, line: 5 },
    { by: pong, line: 5 },
  ]);
  expect(own.at(-1)).toMatchObject({ what: 'ended' });
  expect(of(timeline, 'main greenlet').find(({ what }) => what === 'ready')).toMatchObject({ by: ping });
});

it('changes nothing of what a program sees of its greenlets, and keeps none alive', async () => {
  const source = [
    'import gc, gevent, greenlet, sys, weakref',
    'def job(): gevent.sleep(0); return 1',
    'one = gevent.spawn(job)',
    'print(one.name, one.minimal_ident, gevent.get_hub().loop.run_callback.__qualname__)',
    'traced = []',
    'greenlet.settrace(lambda event, pair: traced.append(event))',
    'one.join()',
    'greenlet.settrace(None)',
    'print(one.value, traced, sys.getrefcount(one))',
    'raw = greenlet.greenlet(lambda: greenlet.getcurrent().parent.switch())',
    'raw.switch()',
    'gone = weakref.ref(raw)',
    'del raw',
    'print(gone())',
    'def bad(): raise KeyError("bad")',
    'gevent.spawn(bad).get()',
  ].join('\n');
  const [plain, recorded] = [
    await kernel.run(source, { mode: 'script' }),
    await kernel.run(source, { mode: 'script', timeline: true }),
  ];
  const printed = ({ events }: typeof plain) =>
    events.map((event) => (event.type === 'stdout' ? event.text : '')).join('');
  const error = ({ events }: typeof plain) => events.find(({ type }) => type === 'error');
  expect(printed(plain)).toMatch(/^Greenlet-0 0 run_callback\n|^Greenlet-0 0 loop\.run_callback\n/);
  expect(printed(recorded)).toBe(printed(plain));
  expect(error(plain)).toMatchObject({ name: 'KeyError' });
  expect({ ...error(recorded), at: 0 }).toEqual({ ...error(plain), at: 0 });
  expect(laneOf(recorded.end.timeline, 'hub')).toBeDefined();
});
