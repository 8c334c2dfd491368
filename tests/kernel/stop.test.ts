/** Stop, pressed again and again on everything that a program may be doing: KeyboardInterrupt at its line, every name kept. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKernelPage, type KernelPage } from './page.ts';

const tries = Number(process.env['STOP_TRIES'] ?? 8);

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
});
afterAll(() => kernel[Symbol.asyncDispose]());

interface Endless {
  readonly what: string;
  readonly source: readonly string[];
  /** The lines at which the program's own code may be stopped: a regular expression. */
  readonly line: string;
}

const endless: readonly Endless[] = [
  { what: 'a loop that computes', source: ['print("going")', 'while True:', '    pass'], line: '[23]' },
  { what: 'a loop that prints', source: ['while True:', '    print("x")'], line: '[12]' },
  { what: 'a long sleep', source: ['import time', 'print("going")', 'time.sleep(1e9)'], line: '[23]' },
  {
    what: 'a lock that a sleeping thread holds',
    source: [
      'import threading, time',
      'lock = threading.Lock()',
      'def hold():',
      '    with lock: time.sleep(1e9)',
      'threading.Thread(target=hold, daemon=True).start()',
      'time.sleep(0)',
      'print("going")',
      'lock.acquire()',
    ],
    line: '[78]',
  },
  {
    what: 'a queue that a sleeping thread would fill',
    source: [
      'import queue, threading, time',
      'items = queue.Queue()',
      'threading.Thread(target=lambda: (time.sleep(1e9), items.put(1)), daemon=True).start()',
      'print("going")',
      'items.get()',
    ],
    line: '[45]',
  },
  {
    what: 'a server that nobody asks',
    source: [
      'import socket',
      'server = socket.create_server(("127.0.0.1", 0))',
      'print("going")',
      'while True: server.accept()',
    ],
    line: '[34]',
  },
  {
    what: 'two threads that send to each other',
    source: [
      'import socket, threading',
      'a, b = socket.socketpair()',
      'def echo():',
      '    while data := b.recv(100): b.sendall(data)',
      'threading.Thread(target=echo, daemon=True).start()',
      'print("going")',
      'a.sendall(b"x")',
      'while data := a.recv(100): a.sendall(data)',
    ],
    line: '[678]',
  },
  {
    what: 'a hundred threads that compute, joined',
    source: [
      'import threading',
      'going = [True]',
      'all_there = threading.Barrier(101)',
      'def spin(going=going):',
      '    all_there.wait()',
      '    while going: pass',
      'threads = [threading.Thread(target=spin, daemon=True) for _ in range(100)]',
      'for each in threads: each.start()',
      'try:',
      '    all_there.wait()',
      '    print("going")',
      '    for each in threads: each.join()',
      'finally:',
      '    going.clear()',
    ],
    line: '1[12]',
  },
  {
    what: 'a loop at the bottom of 20,000 calls',
    source: [
      'import sys',
      'sys.setrecursionlimit(21_000)',
      'def down(n):',
      '    if n: down(n - 1)',
      '    print("going")',
      '    while True: pass',
      'down(20_000)',
    ],
    line: '7',
  },
];

const coroutine = ['import asyncio', 'async def main():', '    print("going")', '    await asyncio.sleep(1e9)'];

describe.each(endless)('stops $what', ({ source, line }) => {
  it(`in a cell, ${tries} times`, async () => {
    await kernel.run('kept = 0');
    for (let n = 1; n <= tries; n += 1) {
      const { end, traceback } = await kernel.runAndStop(source.join('\n'));
      expect(end.outcome, `try ${n}: ${traceback}`).toBe('interrupted');
      expect(traceback).toMatch(
        new RegExp(`File "cell\\.py", line ${line}, in <module>[^]*\\nKeyboardInterrupt\\n$`, 'u'),
      );
      expect((await kernel.run('kept += 1\nkept')).results).toEqual([String(n)]);
    }
  });

  it('in a program', async () => {
    const { end, traceback } = await kernel.runAndStop(source.join('\n'), { mode: 'script' });
    expect(end.outcome, traceback).toBe('interrupted');
    expect(traceback).toMatch(new RegExp(`cell\\.py", line ${line}, in <module>[^]*\\nKeyboardInterrupt\\n$`, 'u'));
  });
});

it(`stops an await at the top level of a cell, ${tries} times`, async () => {
  await kernel.run('kept = 0');
  for (let n = 1; n <= tries; n += 1) {
    const { end, traceback } = await kernel.runAndStop([...coroutine, 'await main()'].join('\n'));
    expect(end.outcome, `try ${n}: ${traceback}`).toBe('interrupted');
    expect(traceback).toMatch(/line 5, in <module>[^]*line 4, in main[^]*\nKeyboardInterrupt\n$/);
    expect((await kernel.run('kept += 1\nkept')).results).toEqual([String(n)]);
  }
});

it('stops asyncio.run in a program, which cancels its main task', async () => {
  const source = [...coroutine.slice(0, 3), '    try: await asyncio.sleep(1e9)', '    finally: print("cancelled")'];
  const ran = await kernel.runAndStop([...source, 'asyncio.run(main())'].join('\n'), { mode: 'script' });
  expect(ran.end.outcome, ran.traceback).toBe('interrupted');
  expect(ran.stdout).toBe('going\ncancelled\n');
  expect(ran.traceback).toMatch(/line 6, in <module>[^]*\nKeyboardInterrupt\n$/);
});

it('does not reach the cell after the one that it was meant for', async () => {
  const spin =
    'import threading\ngoing = True\ndef spin():\n    while going: pass\nthreading.Thread(target=spin).start()';
  await kernel.run(spin);
  for (let n = 1; n <= tries; n += 1) {
    // Its last line is out, and it has ended: the thread that computes has both words wait for the end of its slice.
    const outcome = await kernel.page.evaluate(async () => {
      const request = { mode: 'notebook', filename: 'cell.py', namespace: 'chapter', clock: 1 } as const;
      await window.driver.run({ ...request, source: 'print("last")' }, () => void window.driver.stop());
      return (await window.driver.run({ ...request, source: 'for n in range(10_000): n' }, () => undefined)).outcome;
    });
    expect(outcome, `try ${n}`).toBe('ok');
  }
  await kernel.run('going = False');
});

it('says so where it comes before the first statement', async () => {
  // The loop runs what a cell has left it between the making of the next cell's task and its first step.
  const early = [
    'import asyncio, signal',
    'loop = asyncio.get_running_loop()',
    'schedule = loop.call_soon',
    'def call_soon(callback, *args, **given):',
    '    of = getattr(callback, "__self__", None)',
    '    if isinstance(of, asyncio.Task) and of.get_coro().__name__ == "<module>":',
    '        del loop.call_soon',
    '        schedule(signal.raise_signal, signal.SIGINT)',
    '    return schedule(callback, *args, **given)',
    'loop.call_soon = call_soon',
  ].join('\n');
  expect((await kernel.run(early)).end.outcome).toBe('ok');
  const { end, stdout, traceback } = await kernel.run('print("never")');
  expect({ outcome: end.outcome, stdout, traceback }).toEqual({
    outcome: 'interrupted',
    stdout: '',
    traceback: 'KeyboardInterrupt\n',
  });
  expect((await kernel.run('print(6 * 7)')).stdout).toBe('42\n');
});
