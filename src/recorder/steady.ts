/** Whether two runs of a cell, one after the other, agree by its own rule: what differs at once will differ for every reader. */
import type { Cell, CompareRule, Mask } from '../protocol/cell.ts';
import { compareRuns } from '../compare/compare.ts';
import type { CellRun } from './runner.ts';

interface Rule {
  /** As an author writes it. */
  readonly words: string;
  readonly compare: CompareRule;
  readonly masks: readonly Mask[];
}

/** What an author can choose in place of `exact`, the strictest first. */
const looser: readonly Rule[] = [
  ...(['id', 'counter', 'duration'] as const).map((mask): Rule => ({
    words: `mask=${mask}`,
    compare: { kind: 'exact' },
    masks: [mask],
  })),
  ...(['actors', 'unordered', 'relation'] as const).map((kind): Rule => ({
    words: `compare=${kind}`,
    compare: { kind },
    masks: [],
  })),
];

/** Why the cell is not recorded, in lines for a terminal; undefined when the runs agree. */
export function unsteady({ options }: Cell, first: CellRun, second: CellRun): string | undefined {
  const run = ({ events, end }: CellRun) => ({ events, duration: end.outcome === 'fault' ? 0 : end.duration });
  const differs = compareRuns(options, run(first), run(second));
  if (differs === undefined) return undefined;
  const head = `Two runs, one after the other, differ by compare=${options.compare.kind}:\n${differs}\n`;
  if (options.compare.kind !== 'exact')
    return `${head}Choose a rule that holds for every run (docs/authoring.md, “How runs are compared”).`;
  const holds = looser
    .filter(({ compare, masks }) => {
      const rule = { compare, masks: [...options.masks, ...masks] };
      // A rule must hold for each run alone, too: compare=relation wants a True or a False.
      return [first, second].every((other) => compareRuns(rule, run(first), run(other)) === undefined);
    })
    .map(({ words }) => words);
  const choice =
    holds.length === 0
      ? 'None of the masks and orders makes them the same.'
      : `These hold for both runs: ${holds.join(', ')}.`;
  return `${head}Print what is the same in every run: an order that is forced, a ratio in place of seconds. ${choice}`;
}
