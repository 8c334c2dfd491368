/** What counts as the prediction of a cell's output, by the cell's rule. */
import { describe, expect, it } from 'vitest';
import { isPredicted } from '../../../src/compare/prediction.ts';
import { printedText } from '../../../src/protocol/printed-text.ts';
import type { CompareRule, Mask } from '../../../src/protocol/cell.ts';

const agrees = (rule: CompareRule, expected: string, prediction: string, masks: readonly Mask[] = ['address']) =>
  isPredicted({ compare: rule, masks }, expected, prediction);

describe('a prediction', () => {
  it.each<readonly [CompareRule, string, string, boolean]>([
    [{ kind: 'exact' }, 'a\n  b\n', 'a\n  b', true],
    [{ kind: 'exact' }, 'a\nb\n', '\n\na  \r\nb\r\n\n', true],
    [{ kind: 'exact' }, 'a\n  b\n', 'a\nb', false],
    [{ kind: 'exact' }, 'a\nb\n', 'b\na', false],
    [{ kind: 'exact' }, 'a\n', '', false],
    [{ kind: 'error' }, 'TypeError: no\n', 'TypeError: no', true],
    [{ kind: 'error' }, 'TypeError: no\n', 'ValueError: no', false],
    [{ kind: 'unordered' }, 'a\nb\n', 'b\na', true],
    [{ kind: 'unordered' }, 'a\nb\n', 'b\nb', false],
    [{ kind: 'actors' }, 'x: 1\ny: 1\nx: 2\n', 'y: 1\nx: 1\nx: 2', true],
    [{ kind: 'actors' }, 'x: 1\ny: 1\nx: 2\n', 'y: 1\nx: 2\nx: 1', false],
    [{ kind: 'relation' }, 'same: True\nless: False\n', 'True False', true],
    [{ kind: 'relation' }, 'same: True\nless: False\n', 'False True', false],
    [{ kind: 'shape', pattern: '\\d+ s' }, '12 s\n', '7 s', true],
    [{ kind: 'shape', pattern: '\\d+ s' }, '12 s\n', 'some s', false],
    [{ kind: 'band', low: 1, high: 2 }, 'a\n', 'a', true],
  ])('under %j of %j: %j is %s', (rule, expected, prediction, result) => {
    expect(agrees(rule, expected, prediction)).toBe(result);
  });

  it('knows the masks of the cell', () => {
    expect(agrees({ kind: 'exact' }, '<object at 0x7f0012>\n', '<object at 0x123456>')).toBe(true);
    expect(agrees({ kind: 'exact' }, 'Thread-3\n', 'Thread-1')).toBe(false);
    expect(agrees({ kind: 'exact' }, 'Thread-3\n', 'Thread-1', ['address', 'counter'])).toBe(true);
  });
});

it('what a cell prints has the last line of a traceback, a result, and an exit code that is not 0', () => {
  const events = [
    { type: 'stdout', at: 0, text: 'a\n' },
    { type: 'stderr', at: 0, text: 'b\n' },
    { type: 'result', at: 0, text: '3' },
    { type: 'error', at: 0, name: 'KeyError', message: "'k'", traceback: 'Traceback…' },
    { type: 'error', at: 0, name: 'StopIteration', message: '', traceback: 'Traceback…' },
    { type: 'exit', at: 0, code: 1 },
  ] as const;
  expect(printedText(events)).toBe("a\nb\n3\nKeyError: 'k'\nStopIteration\nExit code 1\n");
  expect(printedText([{ type: 'exit', at: 0, code: 0 }])).toBe('');
});
