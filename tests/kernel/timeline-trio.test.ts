/** What the readers' kernel records of tasks of trio: a program behaves the same while it is looked at. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openKernelPage, type KernelPage } from './page.ts';
import { laneOf, of, waits } from './timeline-lanes.ts';

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
});
afterAll(() => kernel[Symbol.asyncDispose]());

const program = [
  'import trio',
  'async def work(lock):',
  '    async with lock:',
  '        await trio.sleep(0.03)',
  'async def stay():',
  '    await trio.sleep_forever()',
  'async def fail():',
  '    raise ValueError',
  'async def main():',
  '    lock = trio.Lock()',
  '    async with trio.open_nursery() as outer:',
  '        outer.start_soon(stay)',
  '        async with trio.open_nursery() as nursery:',
  '            nursery.start_soon(work, lock)',
  '            nursery.start_soon(work, lock)',
  '        outer.cancel_scope.cancel()',
  '    try:',
  '        async with trio.open_nursery() as nursery: nursery.start_soon(fail)',
  '    except* ValueError: pass',
  'trio.run(main)',
].join('\n');

it.each(['script', 'notebook'] as const)('has a lane for each task of the program (%s)', async (mode) => {
  const { end } = await kernel.run(program, { mode, timeline: true });
  expect(end).toMatchObject({ outcome: 'ok' });
  const { timeline } = end;
  const main = laneOf(timeline, 'main');
  const inner = timeline?.lanes.filter(({ kind, name }) => kind === 'task' && name !== 'cell');
  // Which of the workers is the first to run is a matter of chance in trio.
  expect(inner?.map(({ name }) => name)).toEqual(['main', 'stay', 'work', 'work 2', 'fail']);
  const workers = ['work', 'work 2'].map((name) => of(timeline, name));
  const [waited, held] = workers.toSorted((a, b) => waits(b).length - waits(a).length);
  const holder = held?.[0]?.lane;
  expect(waits(waited ?? [])).toMatchObject([
    { kind: 'lock', name: 'lock', holder, line: 3 },
    { kind: 'sleep', thing: 'trio.sleep(0.03)', line: 4 },
  ]);
  expect(waited?.find(({ what }) => what === 'ready')).toMatchObject({ by: holder });
  expect(held?.find(({ what }) => what === 'ready')).toMatchObject({ how: 'timeout' });
  expect(waits(of(timeline, 'main'))[0]).toMatchObject({
    kind: 'join',
    thing: 'the end of 2 tasks of its nursery',
    line: 13,
  });
  const stay = of(timeline, 'stay');
  expect(stay[0]).toMatchObject({ what: 'started', by: main, line: 12 });
  expect(stay.slice(-3)).toMatchObject([
    { what: 'ready', how: 'cancelled', by: main, line: 16 },
    { what: 'runs' },
    { what: 'ended', failed: 'cancelled' },
  ]);
  expect(of(timeline, 'fail').at(-1)).toMatchObject({ what: 'ended', failed: 'ValueError' });
});

it('changes nothing of what a program and its own instrument see', async () => {
  const source = [
    'import trio',
    'class Mine(trio.abc.Instrument):',
    '    def __init__(self): self.told = []',
    '    def task_scheduled(self, task): self.told.append(task.name)',
    'async def child(): await trio.lowlevel.checkpoint()',
    'async def main():',
    '    async with trio.open_nursery() as nursery: nursery.start_soon(child)',
    '    print(trio.lowlevel.current_task(), trio.lowlevel.current_statistics().tasks_living)',
    'mine = Mine()',
    'trio.run(main, instruments=[mine])',
    'print(mine.told)',
    'async def fail(): raise KeyError("end")',
    'trio.run(fail)',
  ].join('\n');
  const [plain, recorded] = [
    await kernel.run(source, { mode: 'script' }),
    await kernel.run(source, { mode: 'script', timeline: true }),
  ];
  const printed = ({ events }: typeof plain) =>
    events
      .map((event) => (event.type === 'stdout' ? event.text : ''))
      .join('')
      .replaceAll(/0x[\da-f]+/g, '0x');
  const error = ({ events }: typeof plain) => events.find(({ type }) => type === 'error');
  expect(printed(plain)).toContain("'__main__.child'");
  expect(printed(recorded)).toBe(printed(plain));
  expect(error(plain)).toMatchObject({ name: 'KeyError' });
  expect({ ...error(recorded), at: 0 }).toEqual({ ...error(plain), at: 0 });
  expect(laneOf(recorded.end.timeline, 'child')).toBeDefined();
});
