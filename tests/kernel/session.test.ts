/** Namespaces, reset, stop, crashes: what lives, what is lost, and that every run ends. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openKernelPage, type KernelPage } from './page.ts';

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
});
afterAll(() => kernel[Symbol.asyncDispose]());

it('keeps the names of two chapters apart, each with a __main__ of its own', async () => {
  await kernel.run('x = 1\nclass C: pass', { namespace: 'one' });
  await kernel.run('x = 2', { namespace: 'two' });
  expect((await kernel.run('x, C.__module__', { namespace: 'one' })).results).toEqual(["(1, '__main__')"]);
  expect((await kernel.run('C', { namespace: 'two' })).traceback).toContain("NameError: name 'C' is not defined");
  const main = await kernel.run(
    'import sys, pickle\npickle.loads(pickle.dumps(C())).__class__ is sys.modules["__main__"].C',
    {
      namespace: 'one',
    },
  );
  expect(main.results).toEqual(['True']);
});

it('forgets the names of the namespace that is reset, and no other', async () => {
  await kernel.run('y = 1', { namespace: 'one' });
  await kernel.run('y = 2', { namespace: 'two' });
  await kernel.page.evaluate(() => window.driver.reset('one'));
  expect((await kernel.run('y', { namespace: 'one' })).traceback).toContain('NameError');
  expect((await kernel.run('y', { namespace: 'two' })).results).toEqual(['2']);
});

it('ends a loop that swallows the first Stop at the second, settles what waited, and says that names are gone', async () => {
  await kernel.run('z = 1');
  const [looping, waiting] = await kernel.page.evaluate(async () => {
    const request = (source: string) =>
      ({ mode: 'notebook', source, filename: 'c.py', namespace: 'chapter', clock: 1 }) as const;
    // It prints where the exception is caught: before, the first Stop would end it.
    const deaf = 'while True:\n try:\n  print("on")\n  while True: pass\n except KeyboardInterrupt: print("deaf")';
    const { promise: started, resolve } = Promise.withResolvers<undefined>();
    const { promise: swallowed, resolve: heard } = Promise.withResolvers<undefined>();
    const looping = window.driver.run(request(deaf), (events) => {
      const text = events.map((event) => (event.type === 'stdout' ? event.text : '')).join('');
      if (text.includes('on')) resolve(undefined);
      if (text.includes('deaf')) heard(undefined);
    });
    const waiting = window.driver.run(request('1'), () => {
      throw new Error('a cancelled run prints nothing');
    });
    await started;
    await window.driver.stop();
    await swallowed;
    await window.driver.stop();
    return Promise.all([looping, waiting]);
  });
  expect(looping).toMatchObject({
    outcome: 'fault',
    stateLost: true,
    fault: { kind: 'interrupted', what: 'Stopped.' },
  });
  expect(waiting).toMatchObject({ outcome: 'fault', fault: { kind: 'interrupted', what: 'Not run.' } });
  expect((await kernel.run('z')).traceback).toContain("NameError: name 'z' is not defined");
});

it('runs queued cells one after the other, in order', async () => {
  const texts = await kernel.page.evaluate(async () => {
    const texts: string[] = [];
    const sources = ['import asyncio\nprint("a")\nawait asyncio.sleep(0.05)\nprint("b")', 'print("c")', '"d"'];
    await Promise.all(
      sources.map((source) =>
        window.driver.run({ mode: 'notebook', source, filename: 'c.py', namespace: 'q', clock: 1 }, (batch) => {
          for (const event of batch) if ('text' in event) texts.push(event.text);
        }),
      ),
    );
    return texts.join('');
  });
  expect(texts).toBe("a\nb\nc\n'd'");
});

it('survives the death of the interpreter: the run ends with a fault, the next one works', async () => {
  for (const source of [
    'import ctypes\nctypes.string_at(2**32 - 8, 100)',
    'import os\nos._exit(3)',
    'import os\nos.abort()',
  ]) {
    const { end } = await kernel.run(source);
    expect(end, source).toMatchObject({ outcome: 'fault', stateLost: true, fault: { kind: 'crashed' } });
    expect((await kernel.run('1 + 1')).results).toEqual(['2']);
  }
});

it('lets a cell’s clock run faster: sleeps, every clock of Python’s and the run’s duration agree', async () => {
  const source = [
    'import time',
    'clocks = (time.monotonic, time.perf_counter, time.time)',
    'before = [clock() for clock in clocks]',
    'time.sleep(20)',
    'print(all(20 <= clock() - was < 40 for clock, was in zip(clocks, before)))',
  ].join('\n');
  const { text, end, waited } = await kernel.page.evaluate(async (source) => {
    let text = '';
    const from = performance.now();
    const end = await window.driver.run(
      { mode: 'notebook', source, filename: 'p.py', namespace: 'p', clock: 100 },
      (events) => {
        for (const event of events) if (event.type === 'stdout') text += event.text;
      },
    );
    return { text, end, waited: (performance.now() - from) / 1000 };
  }, source);
  expect(text).toBe('True\n');
  if (end.outcome === 'fault') throw new Error(end.fault.why);
  expect(end.duration).toBeGreaterThan(waited);
});

it('counts as process time what runs, in any thread, and not what waits', async () => {
  const { stdout } = await kernel.run(
    [
      'import threading, time',
      'def shares(job):',
      '    wall, cpu = time.perf_counter(), time.process_time()',
      '    job()',
      '    return (time.process_time() - cpu) / (time.perf_counter() - wall)',
      'def compute():',
      '    until = time.perf_counter() + 0.2',
      '    while time.perf_counter() < until: pass',
      'def threads(job):',
      '    all = [threading.Thread(target=job) for _ in range(3)]',
      '    for t in all: t.start()',
      '    for t in all: t.join()',
      'nap = lambda: time.sleep(0.2)',
      'print(shares(nap) < 0.3, shares(lambda: threads(nap)) < 0.5)',
      'print(shares(compute) > 0.7, shares(lambda: threads(compute)) > 0.7)',
      'print(0.2 < shares(lambda: (nap(), compute())) < 0.8)',
      'print(abs(time.process_time_ns() / 1e9 - time.process_time()) < 1)',
    ].join('\n'),
  );
  expect(stdout).toBe('True True\nTrue True\nTrue\nTrue\n');
});

it('counts as thread time what its own thread computes, and the threads add up to the process', async () => {
  const { stdout } = await kernel.run(
    [
      'import threading, time',
      'def compute(seconds):',
      '    until = time.thread_time() + seconds',
      '    while time.thread_time() < until: pass',
      'spent, waited = {}, {}',
      'def work(name, seconds):',
      '    wall, before = time.perf_counter(), time.thread_time()',
      '    compute(seconds)',
      '    time.sleep(0.2)',
      '    spent[name] = time.thread_time() - before',
      '    waited[name] = time.perf_counter() - wall - spent[name]',
      'own, all = time.thread_time(), time.process_time()',
      'threads = [threading.Thread(target=work, args=job) for job in (("short", 0.1), ("long", 0.3))]',
      'for t in threads: t.start()',
      'for t in threads: t.join()',
      'own, all = time.thread_time() - own, time.process_time() - all',
      'print(spent["short"] >= 0.1, spent["long"] >= 0.3)',
      'print(waited["short"] >= 0.19, waited["long"] >= 0.19)',
      'print(0.5 < (own + sum(spent.values())) / all < 1.01)',
      'print(abs(time.thread_time_ns() / 1e9 - time.thread_time()) < 1)',
    ].join('\n'),
  );
  expect(stdout).toBe('True True\nTrue True\nTrue\nTrue\n');
});

it('has the whole standard library with its sources, though a start reads only a part', async () => {
  const { stdout } = await kernel.run(
    [
      'import asyncio, colorsys, inspect, linecache, shutil, sys, types',
      'print(inspect.getsource(asyncio.run).splitlines()[0], colorsys.rgb_to_hls(0, 0, 0))',
      'first = linecache.getline(types.__file__.removesuffix("c"), 2, vars(types))',
      'print(first.strip()[:24], sorted(name for name, _ in shutil.get_archive_formats()))',
      'for name in ("asyncio", "logging", "sqlite3", "ssl", "email.message"):',
      '    if __import__(name) is None: print(name)',
      'print(len({spec.origin.partition(".zip/")[0] for module in list(sys.modules.values())',
      '           if (spec := getattr(module, "__spec__", None)) and ".zip/" in (spec.origin or "")}))',
    ].join('\n'),
  );
  expect(stdout).toBe(
    [
      'def run(main, *, debug=None, loop_factory=None): (0.0, 0.0, 0.0)',
      "Define names for built-i ['bztar', 'gztar', 'tar', 'xztar', 'zip', 'zstdtar']",
      '1',
      '',
    ].join('\n'),
  );
});

it('replaces the interpreter on restart', async () => {
  await kernel.run('kept = 1');
  await kernel.page.evaluate(() => window.driver.restart());
  expect((await kernel.run('kept')).traceback).toContain('NameError');
});

it('settles whatever waits for an interpreter that is replaced: a question, a prompt, its run, and a reset in the queue', async () => {
  await kernel.run('import math');
  const settled = await kernel.page.evaluate(async () => {
    const question = window.driver.ask({ kind: 'inspection', namespace: 'chapter', of: [['math', 'sin']] });
    await window.driver.restart();
    const prompted = Promise.withResolvers<undefined>();
    const withdrawn = Promise.withResolvers<string>();
    const request = { mode: 'notebook', source: 'input()', filename: 'c.py', namespace: 'chapter', clock: 1 } as const;
    const run = window.driver.run(
      request,
      () => undefined,
      (_, signal) => {
        signal.addEventListener('abort', () => {
          withdrawn.resolve('withdrawn');
        });
        prompted.resolve(undefined);
        return new Promise(() => undefined);
      },
    );
    const reset = window.driver.reset('chapter');
    await prompted.promise;
    await window.driver.restart();
    await reset;
    return { answer: await question, prompt: await withdrawn.promise, end: await run };
  });
  expect(settled.answer).toBeUndefined();
  expect(settled.prompt).toBe('withdrawn');
  expect(settled.end).toMatchObject({ outcome: 'fault', stateLost: true, fault: { what: 'Python was restarted.' } });
  expect((await kernel.run('1 + 1')).results).toEqual(['2']);
});
