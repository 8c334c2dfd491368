/** Which lines of a wrong prediction are marked as right, by the cell's rule. */
import { expect, it } from 'vitest';
import { predictedLines } from '../../../src/compare/predicted-lines.ts';
import type { CompareRule, Mask } from '../../../src/protocol/cell.ts';

const marks = (rule: CompareRule, expected: string, prediction: string, masks: readonly Mask[] = []): string =>
  predictedLines({ compare: rule, masks }, expected, prediction)
    .map(({ right }) => (right === undefined ? '-' : right ? 'y' : 'n'))
    .join('');

it.each<readonly [CompareRule, string, string, string]>([
  [{ kind: 'exact' }, 'a\nb\nc\n', 'a\nx\nc', 'yny'],
  // A line too few or too many does not make the rest wrong.
  [{ kind: 'exact' }, 'a\nb\nc\n', 'b\nc', 'yy'],
  [{ kind: 'exact' }, 'a\nb\nc\n', 'a\nx\nb\nc', 'ynyy'],
  [{ kind: 'exact' }, 'a\nb\n', 'b\na', 'yn'],
  [{ kind: 'exact' }, 'a\na\nb\n', 'a\nb\na', 'yyn'],
  [{ kind: 'exact' }, 'a\n  b\n', '\na\nb\n\n', 'yn'],
  [{ kind: 'exact' }, '', 'a', 'n'],
  [{ kind: 'unordered' }, 'a\nb\n', 'b\nb', 'yn'],
  [{ kind: 'unordered' }, 'a\nb\n', 'b\nc\na', 'yny'],
  [{ kind: 'actors' }, 'x: 1\ny: 1\nx: 2\n', 'y: 1\nx: 2\nx: 3', 'yyn'],
  [{ kind: 'relation' }, 'same: True\nless: False\n', 'of these\nTrue\nTrue', '-yn'],
  [{ kind: 'shape', pattern: 'a \\d s\\nb \\d s\\n' }, 'a 1 s\nb 2 s\n', 'a 7 s\nb some s\nc', 'ynn'],
  [{ kind: 'shape', pattern: '(?:a|b)\\nc' }, 'a\nc\n', 'b\nd', '--'],
])('under %j of %j: %j is %s', (rule, expected, prediction, result) => {
  expect(marks(rule, expected, prediction)).toBe(result);
});

it('knows the masks of the cell', () => {
  expect(marks({ kind: 'exact' }, 'at 0x7f0012\nb\n', 'at 0x123456\nc', ['address'])).toBe('yn');
});
