/** Long recorded output is folded between its beginning and its end. */
import { expect, it } from 'vitest';
import type { Block } from '../../../src/island/render/block.ts';
import { fold, linesInSight } from '../../../src/site/components/cell/fold.ts';

const block = (kind: Block['kind'], from: number, to: number): Block => ({
  kind,
  lines: Array.from({ length: to - from }, (_, at) => [{ text: `${from + at}\n`, className: '' }]),
  open: [],
});
const texts = (blocks: readonly Block[]): readonly (readonly [string, number])[] =>
  blocks.flatMap(({ kind, lines }) => lines.map((line) => [kind, Number(line[0]?.text)] as const));

it('leaves forty lines as they are', () => {
  const blocks = [block('stdout', 0, 40)];
  expect(fold(blocks)).toEqual({ before: blocks, after: [] });
  expect(linesInSight(fold(blocks))).toBe(40);
});

it('hides the middle of more, over the borders of blocks, and loses no line', () => {
  const blocks = [block('stdout', 0, 10), block('stderr', 10, 48), block('error', 48, 60)];
  const { before, rest, after } = fold(blocks);
  expect(rest?.lines).toBe(30);
  expect(texts([...before, ...(rest?.blocks ?? []), ...after])).toEqual(texts(blocks));
  expect(before.map(({ kind }) => kind)).toEqual(['stdout', 'stderr']);
  expect(texts(after)).toEqual(texts([block('error', 55, 60)]));
  expect(linesInSight(fold(blocks))).toBe(32);
});
