/** What the readers' kernel records of tasks of asyncio: a program behaves the same while it is looked at. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKernelPage, type KernelPage } from './page.ts';
import { laneOf, of, waits } from './timeline-lanes.ts';

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
});
afterAll(() => kernel[Symbol.asyncDispose]());

const program = [
  'import asyncio',
  'async def work(lock):',
  '    async with lock:',
  '        await asyncio.sleep(0.05)',
  'async def take(queue):',
  '    print(await queue.get())',
  'async def main():',
  '    lock, queue = asyncio.Lock(), asyncio.Queue()',
  '    left = asyncio.create_task(asyncio.sleep(60), name="left")',
  '    taker = asyncio.create_task(take(queue))',
  '    async with asyncio.TaskGroup() as group:',
  '        group.create_task(work(lock), name="first")',
  '        group.create_task(work(lock), name="second")',
  '    queue.put_nowait("item")',
  '    await taker',
];

describe.each([
  ['script', 'asyncio.run(main())'],
  ['notebook', 'await main()'],
] as const)('the tasks of a run (%s)', (mode, last) => {
  it('are lanes inside their thread, each wait with its line, its reason and who ended it', async () => {
    const { end } = await kernel.run([...program, last].join('\n'), { mode, timeline: true });
    expect(end).toMatchObject({ outcome: 'ok' });
    const { timeline } = end;
    const main = laneOf(timeline, 'MainThread');
    for (const { name, kind, in: inside } of timeline?.lanes ?? []) {
      if (name !== 'MainThread') expect({ name, kind, inside }).toEqual({ name, kind: 'task', inside: main });
    }
    const first = laneOf(timeline, 'first');
    expect(waits(of(timeline, 'first'))).toMatchObject([{ kind: 'sleep', thing: 'asyncio.sleep(0.05)', line: 4 }]);
    const second = of(timeline, 'second');
    expect(waits(second)).toMatchObject([
      { kind: 'lock', thing: 'a Lock', name: 'lock', holder: first, held: 3, line: 3 },
      { kind: 'sleep', line: 4 },
    ]);
    expect(second.find(({ what }) => what === 'ready')).toMatchObject({ by: first });
    const taker = timeline?.lanes.find(({ name }) => name.endsWith('(take)'))?.name ?? '';
    expect(waits(of(timeline, taker))).toMatchObject([{ call: 'Queue.get', name: 'queue', line: 6 }]);
    const whole = mode === 'script' ? 'Task-1 (main)' : 'cell';
    expect(waits(of(timeline, whole))).toMatchObject([
      { kind: 'join', thing: 'the end of 2 tasks of its TaskGroup', line: 11 },
      { kind: 'join', thing: `the end of ${taker}`, line: 15 },
    ]);
    expect(of(timeline, taker).find(({ what }) => what === 'ready')).toMatchObject({
      by: laneOf(timeline, whole),
      line: 14,
    });
  });
});

it('tells how a task was cancelled, and which exception nobody has asked for', async () => {
  const source = [
    'import asyncio',
    'async def fail(): raise ValueError',
    'async def main():',
    '    left = asyncio.create_task(asyncio.sleep(60), name="left")',
    '    ended = asyncio.create_task(asyncio.sleep(60), name="ended")',
    '    failed = asyncio.create_task(fail(), name="failed")',
    '    await asyncio.sleep(0.01)',
    '    ended.cancel()',
    '    await asyncio.wait([ended])',
    'asyncio.run(main())',
  ].join('\n');
  const { end } = await kernel.run(source, { mode: 'script', timeline: true });
  const { timeline } = end;
  expect(of(timeline, 'left').slice(-3)).toMatchObject([
    { what: 'ready', how: 'leftover' },
    { what: 'runs' },
    { what: 'ended', failed: 'cancelled' },
  ]);
  expect(of(timeline, 'ended').slice(-3)).toMatchObject([
    { what: 'ready', how: 'cancelled', by: laneOf(timeline, 'Task-1 (main)'), line: 8 },
    { what: 'runs' },
    { what: 'ended', failed: 'cancelled' },
  ]);
  expect(of(timeline, 'failed').at(-1)).toMatchObject({ what: 'ended', failed: 'ValueError', unretrieved: true });
});

it('tells of eager tasks, which run inside the turn of another', async () => {
  const source = [
    'import asyncio',
    'async def quick(): pass',
    'async def slow(): await asyncio.sleep(0.01)',
    'async def main():',
    '    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)',
    '    try: asyncio.create_task(42)',
    '    except TypeError: pass',
    '    asyncio.create_task(quick(), name="quick")',
    '    await asyncio.create_task(slow(), name="slow")',
    'asyncio.run(main())',
  ].join('\n');
  const { end } = await kernel.run(source, { mode: 'script', timeline: true });
  const { timeline } = end;
  expect(timeline?.lanes.map(({ name }) => name)).toEqual(['MainThread', 'Task-1 (main)', 'quick', 'slow']);
  const main = laneOf(timeline, 'Task-1 (main)');
  expect(of(timeline, 'quick')).toMatchObject([
    { what: 'started', by: main, line: 8 },
    { what: 'runs' },
    { what: 'ended' },
  ]);
  expect(of(timeline, 'slow').map(({ what }) => what)).toEqual(['started', 'runs', 'waits', 'ready', 'runs', 'ended']);
});

it('names a call in another thread, and that thread as the one that ended the wait', async () => {
  const source = [
    'import asyncio, time',
    'async def main():',
    '    await asyncio.wait_for(asyncio.to_thread(time.sleep, 0.01), 5)',
    'asyncio.run(main())',
  ].join('\n');
  const { end } = await kernel.run(source, { mode: 'script', timeline: true });
  const main = of(end.timeline, 'Task-1 (main)');
  expect(waits(main)).toMatchObject([{ call: 'to_thread', line: 3 }]);
  expect(main.find(({ what }) => what === 'ready')).toMatchObject({ by: laneOf(end.timeline, 'asyncio_0') });
});

it('follows what an asynchronous generator awaits', async () => {
  const source = [
    'import asyncio',
    'async def numbers():',
    '    await asyncio.sleep(0.01)',
    '    yield 1',
    'async def main():',
    '    async for number in numbers(): pass',
    'asyncio.run(main())',
  ].join('\n');
  const { end } = await kernel.run(source, { mode: 'script', timeline: true });
  expect(waits(of(end.timeline, 'Task-1 (main)'))).toMatchObject([{ kind: 'sleep', line: 3 }]);
});

it('tells of tasks that an earlier cell has left behind', async () => {
  await kernel.run('import asyncio\nleft = asyncio.create_task(asyncio.sleep(60), name="left behind")');
  const { end } = await kernel.run('await asyncio.sleep(0.01)\nleft.cancel()', { timeline: true });
  expect(of(end.timeline, 'left behind')[0]).toMatchObject({ what: 'waits', kind: 'sleep' });
});

/** What a program can see of its tasks and of the library, and what it prints when it fails. */
const looking = [
  'import asyncio, sys, traceback',
  'class Mine(asyncio.Task):',
  '    def get_name(self): return print("asked") or "mine"',
  '    def __eq__(self, other): return print("compared") or self is other',
  '    __hash__ = asyncio.Task.__hash__',
  'class Loop(asyncio.SelectorEventLoop):',
  '    def call_soon(self, *args, **kwargs): return super().call_soon(*args, **kwargs)',
  'async def inner():',
  '    await asyncio.sleep(0)',
  '    raise ValueError("inner")',
  'async def main():',
  '    print(asyncio.current_task().get_name(), type(asyncio.current_task()))',
  '    print(asyncio.create_task.__qualname__, asyncio.Task, asyncio.events.Handle._run.__qualname__)',
  '    print(sorted(vars(asyncio.events.Handle)), sorted(vars(asyncio.BaseEventLoop))[:20])',
  '    async def cancelled():',
  '        try: await asyncio.sleep(60)',
  '        finally: print("cancelled", asyncio.current_task().cancelling())',
  '    one = Mine(cancelled(), loop=asyncio.get_running_loop())',
  '    await asyncio.sleep(0)',
  '    one.cancel("why")',
  '    try: await one',
  '    except asyncio.CancelledError as error: print(repr(error))',
  '    try:',
  '        async with asyncio.TaskGroup() as group: group.create_task(inner())',
  '    except* ValueError: print(traceback.format_exc())',
  '    print(sys.getrefcount(one), sys.monitoring.get_tool(3))',
  '    raise KeyError("end")',
  'asyncio.run(main(), loop_factory=Loop)',
].join('\n');

it('changes nothing of what a program sees, prints and raises', async () => {
  const [plain, recorded] = [
    await kernel.run(looking, { mode: 'script' }),
    await kernel.run(looking, { mode: 'script', timeline: true }),
  ];
  // How the output is cut into events differs from run to run.
  const told = ({ events }: typeof plain) => ({
    printed: events.map((event) => (event.type === 'stdout' ? event.text : '')).join(''),
    others: events.flatMap(({ at, ...event }) => (event.type === 'stdout' || at < 0 ? [] : [event])),
  });
  expect(told(plain)).toMatchObject({ printed: expect.stringContaining('ExceptionGroup') as string });
  expect(told(recorded)).toEqual(told(plain));
  expect(recorded.end.timeline?.lanes.map(({ name }) => name)).toContain('Task-1 (main)');
});
