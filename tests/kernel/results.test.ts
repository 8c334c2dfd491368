/** The value of a cell's last expression is shown as `repr` has it, up to a thousand items of each container. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openKernelPage, type KernelPage } from './page.ts';

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
});
afterAll(() => kernel[Symbol.asyncDispose]());

const numbers = (count: number) => Array.from({ length: count }, (_, number) => String(number)).join(', ');

it.each([
  ['list(range(1000))', `[${numbers(1000)}]`],
  ['list(range(100_000))', `[${numbers(1000)}, ...]\n[99,000 more items; print(_) shows all]`],
  ['tuple(range(1001))', `(${numbers(1000)}, ...)\n[1 more items; print(_) shows all]`],
  ['({"a": list(range(1002))},)', `({'a': [${numbers(1000)}, ...]},)\n[2 more items; print(_) shows all]`],
  ['"x" * 2000', `'${'x'.repeat(2000)}'`],
  ['a = [1]; a.append(a); a', '[1, [...]]'],
  ['a = list(range(999)); a += [a, 5]; a', `[${numbers(999)}, [...], ...]\n[1 more items; print(_) shows all]`],
  ['class Own(list):\n    def __repr__(self): return f"{len(self)} of mine"\nOwn(range(5000))', '5000 of mine'],
  [
    'import collections\ncollections.deque(range(2000), 1500)',
    `deque([${Array.from({ length: 1000 }, (_, n) => n + 500).join(', ')}, ...], maxlen=1500)\n[500 more items; print(_) shows all]`,
  ],
])('%s', async (source, shown) => {
  const { results } = await kernel.run(source);
  expect(results).toEqual([shown]);
});

it('keeps the whole value, and print shows all of it', async () => {
  await kernel.run('list(range(2000))');
  const { stdout } = await kernel.run('print(len(_)); print(_)');
  expect(stdout).toBe(`2000\n[${numbers(2000)}]\n`);
});
