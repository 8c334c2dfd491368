/** What a program can use up, memory (4 GB at most) and threads, ends it in CPython's error, and the next one runs. */
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

/** Takes all there is, to the last crumb; then `rest` runs. */
const full = (rest: string): string =>
  [
    'x = []',
    'for size in (10**7, 10**5, 10**3, 10):',
    '    try:',
    '        while True: x.append(bytearray(size))',
    '    except MemoryError: pass',
    rest,
  ].join('\n');

it.each(['notebook', 'script'] as const)('tells the end of a %s that has left nothing', async (mode) => {
  await using kernel = await openKernelPage();
  for (let round = 1; round <= 3; round += 1) {
    const { traceback, end } = await kernel.run(full('while True: x.append([None] * 100)'), { mode });
    expect({ end, traceback }, `round ${round}`).toMatchObject({ end: { outcome: 'error' } });
    expect(traceback).toMatch(/line 6, in <module>[^]*\nMemoryError\n$/);
    expect((await kernel.run('x = None\nprint(6 * 7)', { mode })).stdout).toBe('42\n');
  }
});

it.each(['notebook', 'script'] as const)('stops a %s that has left nothing, and its threads', async (mode) => {
  await using kernel = await openKernelPage();
  const source = [
    'import threading',
    'going = [True]',
    'def spin():',
    '    while going: pass',
    'others = [threading.Thread(target=spin) for _ in range(3)]',
    'for each in others: each.start()',
    'try:',
    full('print("full")').replaceAll(/^/gm, '    '),
    '    while True: pass',
    'finally: going.clear()',
  ].join('\n');
  const { traceback, end } = await kernel.runAndStop(source, { mode });
  expect({ end, traceback }).toMatchObject({ end: { outcome: 'interrupted' } });
  expect(traceback).toMatch(/line 1[34], in <module>[^]*\nKeyboardInterrupt\n$/);
  expect((await kernel.run('x = None\nprint(6 * 7)', { mode })).stdout).toBe('42\n');
});

it('tells an error whose text lies above 2 GB', async () => {
  await using kernel = await openKernelPage();
  const source = 'x = [bytearray(10**8) for _ in range(25)]\nraise ValueError("a" * 10**5)';
  const { traceback } = await kernel.run(source, { mode: 'script' });
  expect(traceback.trimEnd().split('\n').at(-1)?.slice(0, 20_000)).toBe(
    `ValueError: ${'a'.repeat(1e5)}`.slice(0, 20_000),
  );
});

it(
  'has room for ten thousand threads in the cells and as many in a program, at once',
  { timeout: 240_000 },
  async () => {
    await using kernel = await openKernelPage();
    const crowd = [
      'import _thread',
      'gone, started = _thread.allocate_lock(), 0',
      'gone.acquire()',
      'def wait():',
      '    with gone: pass',
      'try:',
      '    while True: _thread.start_new_thread(wait, ()); started += 1',
      'except RuntimeError as error: print(error, started > 10_000, _thread._count() == started)',
    ].join('\n');
    const end = "can't start new thread True True\n";
    expect((await kernel.run(crowd)).stdout).toBe(end);
    expect((await kernel.run(crowd, { mode: 'script' })).stdout).toBe(end);
    const again = [
      'import threading, time',
      'gone.release()',
      'while _thread._count(): time.sleep(0)',
      'one = threading.Thread(target=print, args=("room again",))',
      'one.start(); one.join()',
    ].join('\n');
    expect((await kernel.run(again)).stdout).toBe('room again\n');
  },
);
