/** Errors as CPython 3.14 prints them, with the reader's lines and none of ours. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openKernelPage, type KernelPage } from './page.ts';

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
});
afterAll(() => kernel[Symbol.asyncDispose]());

it('shows the lines of the cell, with the carets and the colours of CPython', async () => {
  const { traceback, events, end } = await kernel.run(
    'def share(total, parts):\n    return total / parts\n\nshare(1, 0)',
    {
      filename: 'share.py',
    },
  );
  expect(traceback).toBe(
    [
      'Traceback (most recent call last):',
      '  File "share.py", line 4, in <module>',
      '    share(1, 0)',
      '    ~~~~~^^^^^^',
      '  File "share.py", line 2, in share',
      '    return total / parts',
      '           ~~~~~~^~~~~~~',
      'ZeroDivisionError: division by zero',
      '',
    ].join('\n'),
  );
  expect(events.at(-1)).toMatchObject({ type: 'error', name: 'ZeroDivisionError', message: 'division by zero' });
  expect(JSON.stringify(events)).toContain('\\u001b[1;35mZeroDivisionError\\u001b[0m');
  expect(end.outcome).toBe('error');
});

it('shows causes, contexts and groups without our frames', async () => {
  const { traceback } = await kernel.run(
    [
      'import asyncio',
      'async def fail(n):',
      '    raise ValueError(n)',
      'try:',
      '    async with asyncio.TaskGroup() as group:',
      '        group.create_task(fail(1))',
      '        group.create_task(fail(2))',
      'except ExceptionGroup as error:',
      '    raise RuntimeError("both") from error',
    ].join('\n'),
  );
  expect(traceback).toContain('| ExceptionGroup: unhandled errors in a TaskGroup (2 sub-exceptions)');
  expect(traceback).toContain('The above exception was the direct cause of the following exception:');
  expect(traceback.trimEnd().split('\n').at(-1)).toBe('RuntimeError: both');
  expect(traceback).not.toMatch(/_kernel|pyodide/);
});

it('leaves a StopIteration what it is', async () => {
  const { traceback, events } = await kernel.run('it = iter([1])\nnext(it)\nnext(it)', { filename: 'drain.py' });
  expect(events.at(-1)).toMatchObject({ type: 'error', name: 'StopIteration', message: '' });
  expect(traceback).toBe(
    'Traceback (most recent call last):\n  File "drain.py", line 3, in <module>\n    next(it)\n    ~~~~^^^^\nStopIteration\n',
  );
});

it('prints a SyntaxError as CPython does, and runs nothing of the cell', async () => {
  const unclosed = await kernel.run('print("before")\nx = (1,\n', { filename: 'broken.py' });
  expect(unclosed.traceback).toBe(
    '  File "broken.py", line 2\n    x = (1,\n        ^\nSyntaxError: \'(\' was never closed\n',
  );
  expect(unclosed.stdout).toBe('');
  const outside = await kernel.run('print("before")\nreturn 5', { filename: 'broken.py' });
  expect(outside.traceback).toBe(
    '  File "broken.py", line 2\n    return 5\n    ^^^^^^^^\nSyntaxError: \'return\' outside function\n',
  );
  expect(outside.stdout).toBe('');
});

it('survives an exception whose __str__ raises, and a repr that raises', async () => {
  const str = await kernel.run('class E(Exception):\n    def __str__(self): 1 / 0\nraise E');
  expect(str.traceback).toContain('E: <exception str() failed>');
  const repr = await kernel.run('class R:\n    def __repr__(self): raise KeyError("no")\nR()');
  expect(repr.traceback).toContain("KeyError: 'no'");
  expect(repr.traceback).not.toContain('_kernel');
});

it('ends endless recursion with RecursionError and goes on', async () => {
  const { traceback } = await kernel.run('def down(n): return down(n + 1)\ndown(0)');
  expect(traceback).toMatch(
    /\[Previous line repeated \d+ more times\]\nRecursionError: maximum recursion depth exceeded/,
  );
  expect((await kernel.run('1')).results).toEqual(['1']);
});

it('shows the source of a function from another cell', async () => {
  await kernel.run('def fail():\n    raise LookupError("there")', { filename: 'first.py' });
  const { traceback } = await kernel.run('fail()', { filename: 'second.py' });
  expect(traceback).toContain('  File "second.py", line 1, in <module>\n    fail()');
  expect(traceback).toContain('  File "first.py", line 2, in fail\n    raise LookupError("there")');
});

it('reports exits by their code, and keeps the interpreter', async () => {
  const zero = await kernel.run('import sys\nsys.exit()');
  expect(zero.end.outcome).toBe('exited');
  expect(zero.events).toMatchObject([{ type: 'exit', code: 0 }]);
  const words = await kernel.run('raise SystemExit("no input")');
  expect(words.stderr).toBe('no input\n');
  expect(words.events.at(-1)).toMatchObject({ type: 'exit', code: 1 });
  expect((await kernel.run('sys.exit(300)')).events.at(-1)).toMatchObject({ code: 300 & 255 });
});

it('refuses asyncio.run, because a loop is running, and says that the coroutine was never awaited', async () => {
  const { traceback, stderr, results } = await kernel.run(
    'import asyncio\nasync def main(): return 1\nasyncio.run(main())',
  );
  expect(traceback).toMatch(/RuntimeError: asyncio\.run\(\) cannot be called from a running event loop\n$/);
  expect(traceback).not.toMatch(/_kernel|pyodide/);
  expect(stderr).toBe(
    "<sys>:0: RuntimeWarning: coroutine 'main' was never awaited\n" +
      'RuntimeWarning: Enable tracemalloc to get the object allocation traceback\n',
  );
  expect(results).toEqual([]);
  expect((await kernel.run('await main()')).results).toEqual(['1']);
});

it('shows warnings on standard error with the line of the cell', async () => {
  const { stderr } = await kernel.run('async def never(): pass\nnever()\nprint()', { filename: 'warn.py' });
  expect(stderr).toContain("warn.py:2: RuntimeWarning: coroutine 'never' was never awaited\n  never()\n");
});

it('gives end of input to a program that reads', async () => {
  expect((await kernel.run('input()')).traceback).toContain('EOFError: EOF when reading a line');
});
