/** Threads, clocks and Stop in the readers' kernel, in a real browser. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKernelPage, type KernelPage } from './page.ts';

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
});
afterAll(() => kernel[Symbol.asyncDispose]());

const lines = (...source: readonly string[]): string => source.join('\n');

/** Runs `source`, which prints "started", then presses Stop. */
async function stopped(source: string): Promise<{ outcome: string; traceback: string }> {
  return kernel.page.evaluate(async (source) => {
    const { promise: started, resolve } = Promise.withResolvers<undefined>();
    let traceback = '';
    const request = {
      mode: 'notebook',
      source,
      filename: 'cell.py',
      namespace: 'chapter',
      argv: [],
      clock: 1,
    } as const;
    const run = window.driver.run(request, (batch) => {
      for (const event of batch) {
        if (event.type === 'stdout' && event.text.includes('started')) resolve(undefined);
        if (event.type === 'error') traceback += event.traceback;
      }
    });
    await started;
    await window.driver.stop();
    return { outcome: (await run).outcome, traceback };
  }, source);
}

describe('threads', () => {
  it('run, interleave at time slices, and are joined', async () => {
    const { stdout } = await kernel.run(
      lines(
        'import threading',
        'counts, over = [0, 0], False',
        'def spin(i):',
        '    while not over: counts[i] += 1',
        'threads = [threading.Thread(target=spin, args=(i,)) for i in range(2)]',
        'for t in threads: t.start()',
        'import time; time.sleep(0.2); over = True',
        'for t in threads: t.join()',
        'print(all(counts), threading.active_count())',
      ),
    );
    expect(stdout).toBe('True 1\n');
  });

  it('print tracebacks in which the kernel has no part', async () => {
    const { traceback } = await kernel.run('import threading\nthreading.Lock().release()');
    expect(traceback).toBe(
      lines(
        'Traceback (most recent call last):',
        '  File "cell.py", line 2, in <module>',
        '    threading.Lock().release()',
        '    ~~~~~~~~~~~~~~~~~~~~~~~~^^',
        'RuntimeError: release unlocked lock',
        '',
      ),
    );
  });

  it('end endless recursion with RecursionError', async () => {
    const { stdout } = await kernel.run(
      lines(
        'import threading',
        'def deep(): return [*map(lambda _: deep(), [0])]',
        'def body():',
        '    try: deep()',
        '    except RecursionError: print("RecursionError")',
        't = threading.Thread(target=body); t.start(); t.join()',
      ),
    );
    expect(stdout).toBe('RecursionError\n');
  });
});

describe('what stock Pyodide has wrong', () => {
  it('refuses asyncio.run where a loop runs', async () => {
    const { traceback } = await kernel.run('import asyncio\nasyncio.run(asyncio.sleep(0))');
    expect(traceback).toContain('RuntimeError: asyncio.run() cannot be called from a running event loop');
  });

  it('stops the loop while a coroutine sleeps in time.sleep', async () => {
    const { stdout } = await kernel.run(
      lines(
        'import asyncio, time',
        'ticks = 0',
        'async def tick():',
        '    global ticks',
        '    while True: ticks += 1; await asyncio.sleep(0)',
        'task = asyncio.create_task(tick())',
        'await asyncio.sleep(0.02)',
        'before = ticks; time.sleep(0.1); print(before > 0, ticks - before)',
        'task.cancel()',
      ),
    );
    expect(stdout).toBe('True 0\n');
  });

  it('runs to_thread in a thread, beside the loop', async () => {
    const { stdout } = await kernel.run(
      lines(
        'import asyncio, threading',
        'gate = threading.Event()',
        'async def release(): gate.set()',
        'name, _ = await asyncio.gather(asyncio.to_thread(lambda: gate.wait() and threading.current_thread().name), release())',
        'print(name)',
      ),
    );
    expect(stdout).toMatch(/^asyncio_\d+\n$/);
  });
});

describe('Stop', () => {
  it.each([
    ['a loop that computes', 'kept = 1\nprint("started")\nwhile True:\n    pass', 'line 4, in <module>'],
    ['a sleep', 'kept = 1\nimport time\nprint("started")\ntime.sleep(1e9)', 'line 4, in <module>'],
    [
      'a lock that nobody gives back',
      'kept = 1\nimport threading, time\nlock = threading.Lock()\nlock.acquire()\nthreading.Thread(target=time.sleep, args=(1e9,), daemon=True).start()\nprint("started")\nlock.acquire()',
      'line 7, in <module>',
    ],
    [
      'a queue that stays empty',
      'kept = 1\nimport queue, threading, time\nthreading.Thread(target=time.sleep, args=(1e9,), daemon=True).start()\nprint("started")\nqueue.Queue().get()',
      'line 5, in <module>',
    ],
    ['an await', 'kept = 1\nimport asyncio\nprint("started")\nawait asyncio.sleep(1e9)', 'line 4, in <module>'],
  ])('ends %s with KeyboardInterrupt at its line and keeps every name', async (_what, source, line) => {
    const { outcome, traceback } = await stopped(source);
    expect(outcome).toBe('interrupted');
    const plain = traceback.replace(/\u001b\[[\d;]*m/g, '');
    expect(plain).toContain(line);
    expect(plain.trimEnd().split('\n').at(-1)).toBe('KeyboardInterrupt');
    expect((await kernel.run('print(kept)')).stdout).toBe('1\n');
  });
});
