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

const raises = ['def raises(*args):', '    raise ValueError("from a callback")'];
const imports = [
  'import js, threading, time',
  'from js import Array',
  'from pyodide.ffi import create_proxy, run_sync',
  ...raises,
];

it('let an exception through JavaScript, from the Python that it called to the Python that called it', async () => {
  const source = lines(
    ...imports,
    'def deep(n, *args):',
    '    return Array.of(n - 1).map(create_proxy(deep)) if n else raises()',
    'def exits(*args):',
    '    raise SystemExit(3)',
    'def parses(*args):',
    '    js.JSON.parse("{")',
    'for call in (raises, lambda *args: deep(5), exits, parses):',
    '    try:',
    '        Array.of(1).map(create_proxy(call))',
    '    except BaseException as error:',
    '        print(type(error).__name__)',
  );
  expect((await kernel.run(source)).stdout).toBe('ValueError\nValueError\nSystemExit\nJsException\n');
});

it('let an exception through JavaScript in threads that are preempted meanwhile', async () => {
  const source = lines(
    ...imports,
    'caught = []',
    'def work():',
    '    for _ in range(30):',
    '        try:',
    '            Array.of(1).map(create_proxy(raises))',
    '        except ValueError as error:',
    '            caught.append(str(error))',
    'workers = [threading.Thread(target=work) for _ in range(4)]',
    'for each in workers: each.start()',
    'for each in workers: each.join()',
    'len(caught), set(caught)',
  );
  expect((await kernel.run(source)).results).toEqual(["(120, {'from a callback'})"]);
});

it('tell an exception that no JavaScript catches, and go on', async () => {
  const source = lines(
    ...imports,
    'called = js.Promise.withResolvers()',
    'def last():',
    '    called.resolve()',
    '    raises()',
    'js.setTimeout(create_proxy(last), 0)',
    'run_sync(called.promise)',
    'target = js.EventTarget.new()',
    'target.addEventListener("news", create_proxy(raises))',
    'target.dispatchEvent(js.Event.new("news"))',
  );
  const { results, stderr } = await kernel.run(source);
  expect(results).toEqual(['True']);
  expect(stderr.match(/^ValueError: from a callback$/gm)).toHaveLength(2);
});

it('refuse to block in the finalizer of an object that JavaScript lets go of', async () => {
  const source = lines(
    ...imports,
    'lock = threading.Lock()',
    'class Slow:',
    '    def __del__(self):',
    '        try:',
    '            with lock: pass',
    '        except RuntimeError as error:',
    '            print(error)',
    'proxy = create_proxy(Slow())',
    'with lock: js.Reflect.apply(js.Reflect.get(proxy, "destroy"), proxy, Array.of())',
  );
  expect((await kernel.run(source)).stdout).toBe('cannot block: Python was called synchronously from JavaScript\n');
});
