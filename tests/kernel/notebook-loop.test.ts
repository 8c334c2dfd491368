/** The notebook's event loop: it goes on between cells, and a program sees asyncio there and nothing of the kernel. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKernelPage, type KernelPage } from './page.ts';

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
});
afterAll(() => kernel[Symbol.asyncDispose]());

/** What a cell of these lines printed; the text of an error fails the test. */
async function stdout(...lines: readonly string[]): Promise<string> {
  const ran = await kernel.run(lines.join('\n'));
  expect(ran.traceback).toBe('');
  return ran.stdout;
}

describe('between cells', () => {
  it('runs what a cell has left behind, and the next cell finds what came of it', async () => {
    await stdout(
      'import asyncio',
      'steps = asyncio.Queue()',
      'async def work():',
      '    for n in range(3):',
      '        await asyncio.sleep(0.001)',
      '        steps.put_nowait(n)',
      'task = asyncio.create_task(work())',
    );
    expect(await stdout('print([await steps.get() for _ in range(3)], await task)')).toBe('[0, 1, 2] None\n');
  });

  it('is one loop: a later cell finds the same one running, and futures of the first settle there', async () => {
    await stdout('import asyncio', 'loop = asyncio.get_running_loop()', 'future = loop.create_future()');
    await stdout('loop.call_later(0.001, future.set_result, "settled")');
    expect(await stdout('print(await future, loop is asyncio.get_running_loop() is asyncio.get_event_loop())')).toBe(
      'settled True\n',
    );
  });

  it('runs a thread’s `call_soon_threadsafe` when no cell runs', async () => {
    await stdout(
      'import asyncio, threading',
      'loop, heard, go = asyncio.get_running_loop(), asyncio.Event(), threading.Event()',
      'def call():',
      '    go.wait()',
      '    loop.call_soon_threadsafe(heard.set)',
      'caller = threading.Thread(target=call)',
      'caller.start()',
    );
    await stdout('go.set()');
    expect(await stdout('print(await heard.wait())')).toBe('True\n');
  });

  it('keeps what it watches: a reader of a pipe that one cell has added serves the next', async () => {
    await stdout(
      'import asyncio, os',
      'r, w = os.pipe()',
      'got = asyncio.Queue()',
      'asyncio.get_running_loop().add_reader(r, lambda: got.put_nowait(os.read(r, 100)))',
    );
    await stdout('os.write(w, b"one")');
    expect(await stdout('print(await got.get())')).toBe("b'one'\n");
    expect(await stdout('print(asyncio.get_running_loop().remove_reader(r))', 'os.close(r); os.close(w)')).toBe(
      'True\n',
    );
  });

  it('keeps a handler of a signal', async () => {
    await stdout(
      'import asyncio, signal',
      'rung = asyncio.Event()',
      'asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, rung.set)',
    );
    expect(
      await stdout(
        'signal.raise_signal(signal.SIGUSR1)',
        'print(await rung.wait(), asyncio.get_running_loop().remove_signal_handler(signal.SIGUSR1))',
      ),
    ).toBe('True True\n');
  });

  it('tells of an exception that nobody has asked for, when the task is collected', async () => {
    const { stderr, end } = await kernel.run(
      [
        'import asyncio',
        'async def fails(): raise LookupError("left behind")',
        'asyncio.create_task(fails(), name="forgotten")',
        'await asyncio.sleep(0)',
      ].join('\n'),
    );
    expect(end.outcome).toBe('ok');
    expect(stderr).toMatch(
      /^Task exception was never retrieved\nfuture: <Task finished name='forgotten' coro=<fails\(\)/,
    );
    expect(stderr).toMatch(/LookupError: left behind\n$/);
  });

  it('tells of an exception in a callback, and runs the next cell', async () => {
    const { stderr } = await kernel.run(
      'import asyncio\nasyncio.get_running_loop().call_soon(lambda: 1 / 0)\nawait asyncio.sleep(0)',
    );
    expect(stderr).toContain('Exception in callback <lambda>() at cell.py:2');
    expect(stderr).toContain('ZeroDivisionError');
    expect(stderr).not.toContain('_kernel');
    expect(await stdout('print("next")')).toBe('next\n');
  });

  it('tells a cell of the deadlock that it is to wait for a server of its own loop, and serves the next', async () => {
    await stdout(
      'import asyncio, socket',
      'async def serve(reader, writer):',
      '    writer.write(b"served")',
      '    writer.close()',
      'server = await asyncio.start_server(serve, "127.0.0.1", 0)',
      'address = server.sockets[0].getsockname()',
    );
    const ran = await kernel.run('client = socket.create_connection(address)\nclient.recv(100)');
    expect(ran.end).toMatchObject({ outcome: 'fault', stateLost: false, fault: { kind: 'deadlock' } });
    expect(ran.stderr).toContain('MainThread waits at cell.py:2 for ');
    expect(await stdout('print(await asyncio.to_thread(client.recv, 100))', 'client.close(); server.close()')).toBe(
      "b'served'\n",
    );
  });

  it('runs a cell as ever under a task factory that an earlier one has set, and Stop ends it', async () => {
    await stdout(
      'import asyncio',
      'loop = asyncio.get_running_loop()',
      'loop.set_task_factory(asyncio.eager_task_factory)',
    );
    const ran = await kernel.runAndStop('print("going")\nwhile True: pass');
    expect(ran.end.outcome).toBe('interrupted');
    expect(await stdout('loop.set_task_factory(None)', 'print("next")')).toBe('next\n');
  });
});

describe('what a program sees', () => {
  it('is one task, whose coroutine is the cell’s code', async () => {
    const text = await stdout(
      'import asyncio, re',
      'print(re.sub(r"\\d+\'", "N\'", repr(asyncio.current_task())))',
      'print(asyncio.all_tasks() == {asyncio.current_task()})',
      'async def show(): print(re.sub(r"\\d+\'", "N\'", repr(asyncio.current_task())))',
      '',
      'await show()',
      'print(re.sub("0x.*", "", repr(asyncio.current_task().get_coro())))',
    );
    expect(text.split('\n')).toEqual([
      "<Task pending name='Task-N' coro=<<module>() running at cell.py:2>>",
      'True',
      "<Task pending name='Task-N' coro=<<module>() running at cell.py:6>>",
      '<coroutine object <module> at ',
      '',
    ]);
  });

  it('is its own calls in the call graph of a cell and of a task that the cell awaits', async () => {
    const text = await stdout(
      'import asyncio, re',
      'async def inner(): print(re.sub(r"(id=|Task-)\\w+", r"\\1", asyncio.format_call_graph()))',
      'async def outer(): await inner()',
      'await outer()',
      'await asyncio.create_task(outer())',
    );
    const stack = (line: number) => [
      '  + Call stack:',
      "  |   File 'cell.py', line 2, in async inner()",
      "  |   File 'cell.py', line 3, in async outer()",
      ...(line === 4 ? ["  |   File 'cell.py', line 4, in async <module>()"] : []),
    ];
    expect(text.split('\n')).toEqual([
      "* Task(name='Task-', id=)",
      ...stack(4),
      "* Task(name='Task-', id=)",
      ...stack(5),
      '  + Awaited by:',
      "    * Task(name='Task-', id=)",
      '      + Call stack:',
      "      |   File 'cell.py', line 5, in async <module>()",
      '',
    ]);
  });

  it('has no frame of the kernel in a stack, awaited or not', async () => {
    const text = await stdout(
      'import asyncio, sys, traceback',
      'class Shown:',
      '    def __repr__(self):',
      '        self.stack = traceback.extract_stack()',
      '        return "shown"',
      'def modules():',
      '    frame, found = sys._getframe(), set()',
      '    while frame is not None:',
      '        found.add(frame.f_globals["__name__"])',
      '        frame = frame.f_back',
      '    return sorted(found)',
      'print(modules())',
      'async def f(): return modules()',
      'print(await f())',
      'shown = Shown()',
    );
    expect(text).toBe("['__main__', 'asyncio.base_events', 'asyncio.events']\n".repeat(2));
    await kernel.run('shown');
    expect(await stdout('print([f.filename for f in shown.stack if "_kernel" in f.filename])')).toBe('[]\n');
  });

  it('warns in debug mode of a slow step, by the cell’s own names', async () => {
    const { stderr } = await kernel.run(
      [
        'import asyncio, time',
        'loop = asyncio.get_running_loop()',
        'loop.set_debug(True)',
        'async def busy(): time.sleep(0.2)',
        'await asyncio.create_task(busy())',
        'time.sleep(0.2)',
        'await asyncio.sleep(0)',
        'loop.set_debug(False)',
      ].join('\n'),
    );
    const lines = stderr.trimEnd().split('\n');
    expect(lines[0]).toMatch(
      /^Executing <Task finished name='Task-\d+' coro=<busy\(\) done, defined at cell.py:4>.* took \d\.\d+ seconds$/,
    );
    expect(lines.at(-1)).toMatch(
      /^Executing <Task pending name='Task-\d+' coro=<<module>\(\) running at cell.py:7>.* took \d\.\d+ seconds$/,
    );
    expect(stderr).not.toContain('_kernel');
  });

  it('is CPython’s: the loop, its policy, and the words for a thread without one', async () => {
    const text = await stdout(
      'import asyncio, sys, threading, warnings',
      'warnings.simplefilter("ignore", DeprecationWarning)',
      'print(type(asyncio.get_running_loop()), asyncio.get_running_loop())',
      'print(type(asyncio.get_event_loop_policy()))',
      'print(asyncio.EventLoop is asyncio.SelectorEventLoop is type(asyncio.new_event_loop()), asyncio.run.__module__)',
      'print([name for name in sys.modules if "webloop" in name], hasattr(sys.modules["pyodide"], "webloop"))',
      'print(asyncio.AbstractEventLoop.__subclasses__(), type(asyncio.get_event_loop_policy()).__subclasses__())',
      'def ask():',
      '    for question in (asyncio.get_event_loop, asyncio.get_running_loop):',
      '        try: question()',
      '        except RuntimeError as error: print(error)',
      'thread = threading.Thread(target=ask, name="T")',
      'thread.start(); thread.join()',
    );
    expect(text.split('\n')).toEqual([
      "<class 'asyncio.unix_events._UnixSelectorEventLoop'> <_UnixSelectorEventLoop running=True closed=False debug=False>",
      "<class 'asyncio.unix_events._UnixDefaultEventLoopPolicy'>",
      'True asyncio.runners',
      '[] False',
      "[<class 'asyncio.base_events.BaseEventLoop'>] []",
      "There is no current event loop in thread 'T'.",
      'no running event loop',
      '',
    ]);
  });
});
