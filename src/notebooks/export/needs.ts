/** What a cell needs of the machine that it runs on natively, and what is other there than on the course's page. */
import type { Cell } from '../../protocol/cell.ts';
import { packagesImported } from '../../chapters/needs/package-needs.ts';

/** Distributions from PyPI. */
export const packagesOf = ({ source, options }: Cell): readonly string[] =>
  options.packages.length > 0 ? options.packages : packagesImported(source);

/** Sentences for a reader; none where the cell runs as it does on the page. */
export function notesOn(cell: Cell): readonly string[] {
  const { native, clock, net, schedule, stdin } = cell.options;
  const packages = packagesOf(cell);
  return [
    ...(packages.length > 0 ? [`Needs ${packages.join(', ')} from PyPI.`] : []),
    ...(native === undefined ? [] : [`On the course’s page this shows its recorded output only: ${native}.`]),
    ...(clock === 1
      ? []
      : [`On the course’s page its clocks run ${clock} times as fast; here it takes as long as it says.`]),
    ...(net === undefined
      ? []
      : ['On the course’s page its network is slowed or disturbed; here it is as good as your machine’s.']),
    ...(schedule === undefined
      ? []
      : ['On the course’s page its threads take turns as one schedule says; here they take turns as it happens.']),
    ...(stdin === undefined
      ? []
      : [
          stdin.length === 0
            ? 'It was recorded with an input that had ended.'
            : `It was recorded with this input: ${stdin.map((line) => `\`${line}\``).join(', ')}.`,
        ]),
  ];
}
