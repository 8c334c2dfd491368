/**
 * Which lines of a wrong prediction are right, by the cell's own rule. Runs in the page.
 *
 * Invariant: nothing of the expected text can be read from the answer but what the reader has written already.
 */
import type { CellOptions } from '../protocol/cell.ts';
import { actorOf, linesOf, truthsOf } from './canonical.ts';
import { masked, tidy } from './prediction.ts';

export interface PredictedLine {
  readonly text: string;
  /** Absent for a line that the rule does not look at. */
  readonly right?: boolean;
}

/** For each of `mine` whether it belongs to the longest run of lines that both have in the same order. */
function inSameOrder(mine: readonly string[], expected: readonly string[]): readonly boolean[] {
  // lengths[i][j]: of the longest common run of what follows `i` in mine and `j` in expected.
  const lengths = Array.from({ length: mine.length + 1 }, () => new Array<number>(expected.length + 1).fill(0));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = mine.length - 1; i >= 0; i -= 1)
    for (let j = expected.length - 1; j >= 0; j -= 1) {
      const row = lengths[i];
      if (row) row[j] = mine[i] === expected[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  let next = 0;
  return mine.map((line, i) => {
    // Taken as soon as nothing is lost by it, so that what stands first counts.
    const best = at(i, next);
    const found = expected.findIndex((other, j) => j >= next && other === line && at(i + 1, j + 1) + 1 === best);
    if (found < 0) return false;
    next = found + 1;
    return true;
  });
}

function inAnyOrder(mine: readonly string[], expected: readonly string[]): readonly boolean[] {
  const left = [...expected];
  return mine.map((line) => {
    const found = left.indexOf(line);
    if (found >= 0) left.splice(found, 1);
    return found >= 0;
  });
}

function byActor(mine: readonly string[], expected: readonly string[]): readonly boolean[] {
  const of = (actor: string, lines: readonly string[]) => lines.filter((line) => actorOf(line) === actor);
  const marks = new Map(
    [...new Set(mine.map(actorOf))].map((actor) => [actor, inSameOrder(of(actor, mine), of(actor, expected)).values()]),
  );
  return mine.map((line) => marks.get(actorOf(line))?.next().value === true);
}

/** The nth True or False of one text against the nth of the other. */
function byTruth(mine: readonly string[], expected: string): readonly (boolean | undefined)[] {
  const left = linesOf(truthsOf(expected)).values();
  return mine.map((line) => {
    const words = linesOf(truthsOf(line)).map((word) => word === left.next().value);
    return words.length === 0 ? undefined : words.every(Boolean);
  });
}

/** Of a pattern whose lines stand alone; of any other no line can be judged without the rest. */
function byPattern(mine: readonly string[], pattern: string): readonly (boolean | undefined)[] {
  if (/[(|]/u.test(pattern)) return mine.map(() => undefined);
  const lines = pattern.split('\\n').filter((line) => line !== '');
  return mine.map((line, place) => new RegExp(`^(?:${lines[place] ?? '(?!)'})$`, 'su').test(line));
}

type Rules = Pick<CellOptions, 'compare' | 'masks'>;

function marks({ compare }: Rules, mine: readonly string[], expected: string): readonly (boolean | undefined)[] {
  switch (compare.kind) {
    case 'unordered':
      return inAnyOrder(mine, linesOf(expected));
    case 'actors':
      return byActor(mine, linesOf(expected));
    case 'relation':
      return byTruth(mine, expected);
    case 'shape':
      return byPattern(mine, compare.pattern);
    case 'exact':
    case 'error':
    case 'band':
    case 'recorded-only':
      return inSameOrder(mine, linesOf(expected));
    default:
      return compare satisfies never;
  }
}

/** `expected` as `printedText` of src/protocol gives it. */
export function predictedLines(rules: Rules, expected: string, prediction: string): readonly PredictedLine[] {
  const text = tidy(prediction);
  const judged = marks(rules, linesOf(masked(rules, text)), masked(rules, tidy(expected)));
  return linesOf(text).map((line, place) => {
    const right = judged[place];
    return { text: line, ...(right !== undefined && { right }) };
  });
}
