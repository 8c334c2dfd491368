/** Programs in the readers' kernel, in a real browser: how they run, end, fail and are stopped, as `python FILE` does. */
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDriver } from '../../src/recorder/driver/open.ts';
import type { Driver } from '../../src/recorder/driver/contract.ts';

let driver: Driver;
beforeAll(async () => {
  driver = await openDriver();
});
afterAll(() => driver[Symbol.asyncDispose]());

const lines = (...source: readonly string[]): string => source.join('\n');

async function run(source: string, mode: 'script' | 'notebook' = 'script', argv: readonly string[] = []) {
  const request = { mode, source, filename: 'program.py', namespace: 'chapter', argv, clock: 1 } as const;
  const { events, end } = await driver.run(request, { timeoutSeconds: 60 });
  const texts = (type: 'stdout' | 'stderr') =>
    events.flatMap((event) => (event.type === type ? [event.text] : [])).join('');
  return {
    outcome: end.outcome,
    stdout: texts('stdout'),
    stderr: texts('stderr'),
    traceback: stripVTControlCharacters(events.flatMap((e) => (e.type === 'error' ? [e.traceback] : [])).join('')),
    codes: events.flatMap((event) => (event.type === 'exit' ? [event.code] : [])),
    last: events.at(-1)?.type,
  };
}

describe('a program', () => {
  it('survives time slices of no length while values of JavaScript become Python objects', async () => {
    const source = lines(
      'import js, sys',
      'sys.setswitchinterval(1e-6)',
      'buffer = js.ArrayBuffer.new(8)',
      'kinds = [js.Array.of(1), js.Map.new(), js.Map.new().entries(), buffer, js.Uint8Array.new(buffer)]',
      'kinds += [js.Set.new(), js.Error.new("x"), js.WeakMap.new(), js.WeakSet.new(), js.Headers.new()]',
      'kinds += [js.URLSearchParams.new(), js.ReadableStream.new(), js.AbortController.new()]',
      'print(len(set(map(type, kinds))) > 5)',
    );
    // Each in an interpreter of its own: a class is made but once.
    for (let program = 0; program < 10; program++) {
      expect(await run(source)).toMatchObject({ outcome: 'ok', stdout: 'True\n' });
    }
  });

  it('is __main__ with its file, its arguments and no frame beneath it', async () => {
    const source = lines(
      'import sys',
      'print(__name__, sys.argv, __file__.endswith("/program.py"), open(__file__).readline(), end="")',
      'print(sys.modules["__main__"].__dict__ is globals(), sys._getframe().f_back, __spec__)',
      '40 + 2',
    );
    expect(await run(source, 'script', ['a', '-b'])).toMatchObject({
      outcome: 'ok',
      stdout: "__main__ ['program.py', 'a', '-b'] True import sys\nTrue None None\n",
      codes: [0],
      last: 'exit',
    });
  });

  it('starts with nothing of the program before it, nor of the chapter’s cells, which keep theirs', async () => {
    await run('kept = 5', 'notebook');
    await run('import sys; sys.left = kept = 1');
    expect((await run('import sys; print(hasattr(sys, "left"), "kept" in globals())')).stdout).toBe('False False\n');
    expect((await run('print(kept)', 'notebook')).stdout).toBe('5\n');
  });

  it('may call asyncio.run, and may not await at its top level', async () => {
    const source = lines(
      'import asyncio, time',
      'async def main():',
      '    async with asyncio.TaskGroup() as group:',
      '        slow = group.create_task(asyncio.sleep(0.02, "slow"))',
      '        thread = group.create_task(asyncio.to_thread(lambda: time.sleep(0.01) or "thread"))',
      '    return slow.result(), thread.result()',
      'print(asyncio.run(main()))',
    );
    expect(await run(source)).toMatchObject({ stdout: "('slow', 'thread')\n", codes: [0] });
    const { outcome, stdout, traceback, codes } = await run('print("no")\nimport asyncio\nawait asyncio.sleep(0)');
    expect({ outcome, stdout, codes }).toEqual({ outcome: 'error', stdout: '', codes: [1] });
    expect(traceback).toMatch(
      /^ {2}File "\/home\/reader\/program.py", line 3\n[^]*SyntaxError: 'await' outside function\n$/,
    );
  });
});

describe('the end of a program', () => {
  it('joins threads, then runs atexit, and cuts daemon threads', async () => {
    const source = lines(
      'import atexit, threading, time',
      'atexit.register(print, "atexit")',
      'def worker():',
      '    time.sleep(0.1)',
      '    print("worker")',
      'def daemon():',
      '    while True: time.sleep(0.001)',
      'threading.Thread(target=worker).start()',
      'threading.Thread(target=daemon, daemon=True).start()',
      'print("main")',
    );
    expect(await run(source)).toMatchObject({ stdout: 'main\nworker\natexit\n', stderr: '', codes: [0], last: 'exit' });
  });

  it('frees what is left, where __del__ still prints', async () => {
    const source = lines('class Last:', '    def __del__(self): print("freed")', 'kept = Last()', 'print("end")');
    expect((await run(source)).stdout).toBe('end\nfreed\n');
  });

  it('tells the exit code of sys.exit', async () => {
    expect(await run('import sys\nsys.exit(3)')).toMatchObject({ outcome: 'exited', codes: [3], traceback: '' });
    expect(await run('raise SystemExit')).toMatchObject({ outcome: 'exited', codes: [0], stderr: '' });
    expect(await run('import sys\nsys.exit("no")')).toMatchObject({ codes: [1], stderr: 'no\n' });
  });

  it('tells an uncaught exception before it joins threads, and exits with 1', async () => {
    const source = lines(
      'import threading, time',
      'threading.Thread(target=lambda: time.sleep(0.05) or print("joined")).start()',
      'def fail():',
      '    1 / 0',
      'fail()',
    );
    const { outcome, traceback, stdout, codes } = await run(source);
    expect({ outcome, stdout, codes }).toEqual({ outcome: 'error', stdout: 'joined\n', codes: [1] });
    expect(traceback).toBe(
      lines(
        'Traceback (most recent call last):',
        '  File "/home/reader/program.py", line 5, in <module>',
        '    fail()',
        '    ~~~~^^',
        '  File "/home/reader/program.py", line 4, in fail',
        '    1 / 0',
        '    ~~^~~',
        'ZeroDivisionError: division by zero',
        '',
      ),
    );
  });

  it('passes an exception to the program’s own sys.excepthook', async () => {
    const source = 'import sys\nsys.excepthook = lambda *args: print(args[0].__name__)\n{}[1]';
    expect(await run(source)).toMatchObject({ stdout: 'KeyError\n', traceback: '', codes: [1] });
  });

  it('prints a thread’s exception and ends well', async () => {
    const { stderr, codes } = await run('import threading\nthreading.Thread(target=lambda: 1 / 0).start()');
    expect(stripVTControlCharacters(stderr)).toMatch(
      /^Exception in thread Thread-1 \(<lambda>\):\nTraceback[^]*ZeroDivisionError: division by zero\n$/,
    );
    expect(codes).toEqual([0]);
  });

  it('is at once when any thread calls os._exit', async () => {
    const source = lines(
      'import atexit, os, threading',
      'atexit.register(print, "atexit")',
      'thread = threading.Thread(target=os._exit, args=(7,))',
      'thread.start()',
      'thread.join()',
      'print("after")',
    );
    expect(await run(source)).toMatchObject({ outcome: 'exited', stdout: '', codes: [7] });
  });

  it('is what a signal’s default action makes it', async () => {
    const source = 'import os, signal\nprint("before")\nos.kill(os.getpid(), signal.SIGTERM)\nprint("after")';
    expect(await run(source)).toMatchObject({ stdout: 'before\n', codes: [143] });
  });
});
