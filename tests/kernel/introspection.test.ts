/** `name?` shows what IPython shows, without what depends on the machine. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openKernelPage, type KernelPage } from './page.ts';

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
});
afterAll(() => kernel[Symbol.asyncDispose]());

it('shows a class by its constructor and its docstrings', async () => {
  const { events, results } = await kernel.run('import threading\nthreading.Thread?');
  expect(events).toMatchObject([{ type: 'result', introspection: true }]);
  const [text = ''] = results;
  expect(text).toContain(
    [
      'Init signature:',
      'threading.Thread(',
      '    group=None,',
      '    target=None,',
      '    name=None,',
      '    args=(),',
      '    kwargs=None,',
      '    *,',
      '    daemon=None,',
      '    context=None,',
      ')',
      'Docstring:',
      'A class that represents a thread of control.',
    ].join('\n'),
  );
  expect(text).toContain('Init docstring:\nThis constructor should always be called with keyword arguments.');
  expect(text).toMatch(/\nType:\s+type$/);
  expect(text).not.toMatch(/^(File|Subclasses):/m);
});

it('shows functions, methods, builtins and values, and says what is not there', async () => {
  const { results, stdout } = await kernel.run(
    [
      'def double(n: int = 2) -> int:',
      '    "Twice n."',
      '    return 2 * n',
      'double?',
      'len?',
      'word = "hi"',
      'word.upper?',
      'word?',
      'missing.name?',
    ].join('\n'),
  );
  expect(results[0]).toBe('Signature: double(n: int = 2) -> int\nDocstring: Twice n.\nType:      function');
  expect(results[1]).toBe(
    'Signature: len(obj, /)\nDocstring: Return the number of items in a container.\nType:      builtin_function_or_method',
  );
  expect(results[2]).toContain('Signature: word.upper()');
  expect(results[3]).toMatch(/^Type: +str\nString form: hi\nLength: +2\n/);
  expect(stdout).toBe('Object `missing.name` not found.\n');
});

it('leaves a question mark inside a string alone, and reports the error of a cell that is wrong anyway', async () => {
  expect((await kernel.run('"""\nlen?\n"""')).results).toEqual(["'\\nlen?\\n'"]);
  const wrong = await kernel.run('len?\nx = (');
  expect(wrong.traceback).toContain('SyntaxError');
  expect(wrong.results).toEqual([]);
});
