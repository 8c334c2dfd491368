/** Compares what a reader says that a cell will print with what it prints, by the cell's own rule. Runs in the page. */
import type { CellOptions } from '../protocol/cell.ts';
import { byActor, matchesShape, sortedLines, truthsOf } from './canonical.ts';
import { maskParts } from './masks.ts';

/** How a reader writes output down: blank lines around it and blanks at the ends of lines do not count. */
export function tidy(text: string): string {
  const body = text
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/^\n+|\n+$/g, '');
  return body === '' ? '' : `${body}\n`;
}

type Rules = Pick<CellOptions, 'compare' | 'masks'>;

function canonical({ compare }: Rules, text: string): string {
  switch (compare.kind) {
    case 'unordered':
      return sortedLines(text);
    case 'actors':
      return [...byActor(text).entries()]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, lines]) => lines)
        .join('\n');
    case 'relation':
      return truthsOf(text);
    // Those are about more than the text, which is all that a prediction has.
    case 'exact':
    case 'error':
    case 'band':
    case 'shape':
    case 'recorded-only':
      return text;
    default:
      return compare satisfies never;
  }
}

/** What no two runs share, under labels. */
export function masked({ masks }: Pick<CellOptions, 'masks'>, text: string): string {
  return maskParts({ stdout: text, stderr: '', result: '', error: '', exit: '' }, masks).stdout;
}

const form = (rules: Rules, text: string): string => canonical(rules, masked(rules, tidy(text)));

/** `expected` as `printedText` of src/protocol gives it. */
export function isPredicted(rules: Rules, expected: string, prediction: string): boolean {
  if (rules.compare.kind === 'shape') return matchesShape(rules.compare.pattern, tidy(prediction));
  return form(rules, expected) === form(rules, prediction);
}
