/** What a cell prints and what its last expression is worth, in the order and at the time it happened. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKernelPage, type KernelPage } from './page.ts';

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
});
afterAll(() => kernel[Symbol.asyncDispose]());

describe('what a cell prints', () => {
  it('keeps the order of standard output, standard error and result', async () => {
    const { events, end } = await kernel.run(
      'import sys\nprint("one")\nprint("two", file=sys.stderr)\nprint("three", end="")\n40 + 2',
    );
    // What one stream got in a row may come in several pieces, as time goes between two of them.
    const pieces: [string, string][] = [];
    for (const event of events) {
      const text = 'text' in event ? event.text : '';
      const last = pieces.at(-1);
      if (last?.[0] === event.type) last[1] += text;
      else pieces.push([event.type, text]);
    }
    expect(pieces).toEqual([
      ['stdout', 'one\n'],
      ['stderr', 'two\n'],
      ['stdout', 'three'],
      ['result', '42'],
    ]);
    expect(end.outcome).toBe('ok');
  });

  it('shows a line while the cell still runs', async () => {
    const seen = await kernel.page.evaluate(async () => {
      const { promise, resolve } = Promise.withResolvers<string>();
      const source = 'import asyncio\nprint("first")\nawait asyncio.Event().wait()';
      const request = { mode: 'notebook', source, filename: 'c.py', namespace: 'n', argv: [], clock: 1 } as const;
      const run = window.driver.run(request, (batch) => {
        resolve(batch.map((event) => ('text' in event ? event.text : '')).join(''));
      });
      const text = await promise;
      await window.driver.stop();
      await run;
      return text;
    });
    expect(seen).toBe('first\n');
  });

  it('shows a flushed part of a line before a computation that never yields', async () => {
    const { events } = await kernel.run(
      'import time\nprint("part", end="", flush=True)\nt = time.perf_counter()\n' +
        'while time.perf_counter() - t < 0.2: pass\nprint(" whole")',
    );
    expect(events.map((event) => 'text' in event && event.text)).toEqual(['part', ' whole\n']);
    const [part, whole] = events;
    expect(whole && part && whole.at - part.at).toBeGreaterThan(0.15);
  });

  it('passes bytes, and characters written in two halves', async () => {
    const { stdout } = await kernel.run(
      'import sys, os\nsys.stdout.buffer.write("π".encode()[:1])\nsys.stdout.buffer.write("π".encode()[1:])\nos.write(1, b"!\\n");',
    );
    expect(stdout).toBe('π!\n');
  });

  it('escapes lone surrogates where CPython does, and refuses them where CPython does', async () => {
    const shown = await kernel.run('import sys\nprint("\\ud800", file=sys.stderr)\n"\\ud800"');
    expect(shown.stderr).toBe('\\ud800\n');
    expect(shown.results).toEqual(["'\\ud800'"]);
    const refused = await kernel.run('print("\\ud800")');
    expect(refused.traceback).toContain("UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800'");
    const result = await kernel.run('class R:\n    def __repr__(self): return "\\udfff"\nR()');
    expect(result.results).toEqual(['\\udfff']);
  });

  it('caps an endless print, says so once, and leaves the page responsive until it is stopped', async () => {
    const { notes, characters, ticks, end } = await kernel.page.evaluate(async () => {
      const source = 'while True: print("x" * 200)';
      const request = { mode: 'notebook', source, filename: 'c.py', namespace: 'n', argv: [], clock: 1 } as const;
      const { promise: capped, resolve } = Promise.withResolvers<undefined>();
      const notes: string[] = [];
      let characters = 0;
      const run = window.driver.run(request, (batch) => {
        for (const event of batch) {
          if (event.type === 'stdout') characters += event.text.length;
          if (event.type === 'stderr') {
            notes.push(event.text);
            resolve(undefined);
          }
        }
      });
      await capped;
      // Ticks of the page's own clock while the loop goes on printing.
      let ticks = 0;
      while (ticks < 20) {
        await new Promise((done) => setTimeout(done));
        ticks += 1;
      }
      await window.driver.stop();
      return { notes, characters, ticks, end: await run };
    });
    expect(characters).toBe(4 << 20);
    expect(notes).toEqual(['\n[The rest is not shown: this run printed more than 4 million characters.]\n']);
    expect(ticks).toBe(20);
    expect(end).toMatchObject({ outcome: 'interrupted' });
  });

  it('passes a megabyte in one line and a hundred thousand lines whole', async () => {
    const line = await kernel.run('print("y" * 1_000_000)');
    expect(line.stdout.length).toBe(1_000_001);
    const lines = await kernel.run('for i in range(100_000): print(i)');
    expect(lines.stdout.split('\n').length).toBe(100_001);
    expect(lines.stdout.endsWith('99999\n')).toBe(true);
  });
});

describe('the last expression', () => {
  it('is shown by its repr, and kept as _', async () => {
    expect((await kernel.run('"text"')).results).toEqual(["'text'"]);
    expect((await kernel.run('_ + "!"')).results).toEqual(["'text!'"]);
  });

  it('is not shown when it is None, an assignment, inside a block, or ends in a semicolon', async () => {
    for (const source of ['None', 'x = 1', 'if True:\n    5', '5;', '5 ;  # silent', '']) {
      expect((await kernel.run(source)).results, source).toEqual([]);
    }
    expect((await kernel.run('5  # ; is in the comment')).results).toEqual(['5']);
  });

  it('goes through a sys.displayhook of the reader', async () => {
    const { stdout, results } = await kernel.run(
      'import sys\nold = sys.displayhook\nsys.displayhook = lambda value: print("hook", value)\n7',
    );
    expect(stdout).toBe('hook 7\n');
    expect(results).toEqual([]);
    await kernel.run('sys.displayhook = old');
  });

  it('compiles statement by statement: equal constants of two statements are two objects', async () => {
    expect((await kernel.run('a = 1234\nb = 1234\na is b')).results).toEqual(['False']);
  });
});

describe('await at top level', () => {
  it('works in statements, expressions, loops and comprehensions', async () => {
    const { stdout, results } = await kernel.run(
      [
        'import asyncio',
        'async def numbers():',
        '    for i in range(3):',
        '        await asyncio.sleep(0)',
        '        yield i',
        'async for n in numbers(): print(n)',
        'print([n async for n in numbers()])',
        'await asyncio.sleep(0, "done")',
      ].join('\n'),
    );
    expect(stdout).toBe('0\n1\n2\n[0, 1, 2]\n');
    expect(results).toEqual(["'done'"]);
  });

  it('keeps context variables and __future__ features from cell to cell', async () => {
    await kernel.run('import contextvars\nv = contextvars.ContextVar("v")\nv.set(3);', { namespace: 'context' });
    expect((await kernel.run('v.get()', { namespace: 'context' })).results).toEqual(['3']);
    await kernel.run('from __future__ import annotations', { namespace: 'context' });
    const { results } = await kernel.run('def f(a: nowhere): pass\nf.__annotations__', { namespace: 'context' });
    expect(results).toEqual(["{'a': 'nowhere'}"]);
  });

  it('lets a task that a cell left behind print during a later cell', async () => {
    await kernel.run(
      'import asyncio\ngo = asyncio.Event()\nasync def late():\n    await go.wait()\n    print("late")\nt = asyncio.create_task(late())',
    );
    expect((await kernel.run('go.set()\nawait t')).stdout).toBe('late\n');
  });
});
