/** Promises of JavaScript that Python waits for in the readers' kernel: each wakes the loop or the thread that waits, and no other is disturbed. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openKernelPage, type KernelPage } from './page.ts';

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
});
afterAll(() => kernel[Symbol.asyncDispose]());

const lines = (...source: readonly string[]): string => source.join('\n');

it('wake the loop of the cells, each time', async () => {
  const source = lines(
    'import js',
    'async def once(n):',
    '    return await js.Promise.resolve(n)',
    'total = 0',
    'for n in range(500): total += await once(n)',
    'total',
  );
  expect((await kernel.run(source)).results).toEqual(['124750']);
});

it('wake a loop while other threads spin, and are not lost between two slices', async () => {
  const source = lines(
    'import js, threading',
    'going = True',
    'def spin():',
    '    while going: pass',
    'spinners = [threading.Thread(target=spin) for _ in range(3)]',
    'for each in spinners: each.start()',
    'for n in range(50): await js.Promise.resolve(n)',
    'going = False',
    'for each in spinners: each.join()',
    '"end"',
  );
  expect((await kernel.run(source)).results).toEqual(["'end'"]);
});

it('wake the loop of another thread', async () => {
  const source = lines(
    'import asyncio, js, threading',
    'async def main():',
    '    for n in range(50): await js.Promise.resolve(n)',
    '    print("woken")',
    'other = threading.Thread(target=asyncio.run, args=(main(),))',
    'other.start(); other.join()',
  );
  expect((await kernel.run(source)).stdout).toBe('woken\n');
});

it('block the one thread that calls run_sync', async () => {
  const source = lines(
    'import js, threading',
    'from pyodide.ffi import run_sync',
    'values = [run_sync(js.Promise.resolve(n)) for n in range(50)]',
    'values == list(range(50))',
  );
  expect((await kernel.run(source)).results).toEqual(['True']);
  expect((await kernel.run('run_sync(js.Promise.reject(js.Error.new("no")))')).traceback).toMatch(
    /JsException: Error: no/,
  );
});

it.each(['await waited.promise', 'run_sync(waited.promise)'])(
  'are stopped while they are waited for: %s',
  async (wait) => {
    const source = lines(
      'import js',
      'from pyodide.ffi import run_sync',
      'waited = js.Promise.withResolvers()',
      'print("waits")',
      wait,
    );
    const { end, traceback } = await kernel.runAndStop(source);
    expect(end.outcome, traceback).toBe('interrupted');
    expect(traceback).toMatch(/line 5, in <module>[^]*\nKeyboardInterrupt\n$/);
  },
);

it('need a loop, which the main part of a program has if it sets one', async () => {
  const source = lines(
    'import asyncio, js',
    'from pyodide.ffi import run_sync',
    'try: js.Promise.resolve(1)',
    'except RuntimeError as error: print(error)',
    'asyncio.set_event_loop(asyncio.new_event_loop())',
    'print(run_sync(js.Promise.resolve(2)))',
    'async def main(): print(await js.Promise.resolve(3), run_sync(js.Promise.resolve(4)))',
    'asyncio.run(main())',
  );
  expect((await kernel.run(source, { mode: 'script' })).stdout).toBe(
    "There is no current event loop in thread 'MainThread'.\n2\n3 4\n",
  );
});
