/** What a cell says about itself: its name, who recorded it and when, and what a reader may expect of another run. */
import { conditionWords } from '../../../island/render/condition-words.ts';
import type { Cell, CompareRule } from '../../../protocol/cell.ts';
import type { Producer, Snapshot } from '../../../protocol/snapshot.ts';
import { typographic } from '../../../island/render/typographic.ts';

export const cellName = ({ id, options }: Cell): string => options.name ?? typographic(options.title ?? id);

const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

function producerWords(producer: Producer): string {
  switch (producer.kind) {
    case 'browser':
      return `CPython ${producer.python} (Pyodide ${producer.pyodide})`;
    case 'native': {
      const cores = `${producer.cores} ${producer.cores === 1 ? 'core' : 'cores'}`;
      return `native CPython ${producer.python} (${producer.platform}, ${cores})`;
    }
    case 'notebook':
      return `CPython ${producer.python}`;
    default:
      return producer satisfies never;
  }
}

/** What native CPython does with the same cell; undefined where that is not recorded. */
const referenceWords = (reference: Snapshot | undefined): string | undefined =>
  reference?.producer.kind === 'native'
    ? `native CPython ${reference.producer.python} (${reference.producer.platform}) agrees`
    : undefined;

/** For example "Recorded with CPython 3.14.2 (Pyodide 314.0.7), 22 Nov 2026". */
export const recordedWords = ({ producer, recorded }: Snapshot): string =>
  `${producer.kind === 'notebook' ? 'Taken over from a notebook of' : 'Recorded with'} ${producerWords(producer)}, ${date.format(new Date(recorded))}`;

/** What the comparison of a repeated run with the recorded one means to a reader. */
function compareWords(rule: CompareRule): string {
  switch (rule.kind) {
    case 'exact':
      return 'every run prints this';
    case 'error':
      return 'every run ends in this error';
    case 'actors':
      return 'each actor prints these lines in this order; how they interleave may differ';
    case 'unordered':
      return 'every run prints these lines, in any order';
    case 'relation':
      return 'every run finds the same True and False';
    case 'band':
      return 'every run prints this, in about the same time';
    case 'shape':
      return 'every run prints this form; its values differ';
    case 'recorded-only':
      return 'another run may print something else';
    default:
      return rule satisfies never;
  }
}

/** The line under the output of a cell; `reference` is what native CPython prints, where that is recorded. */
export function originWords(
  { options }: Cell,
  snapshot: Snapshot | undefined,
  reference: Snapshot | undefined,
): string {
  const printed = snapshot && snapshot.events.length > 0;
  return [
    snapshot && recordedWords(snapshot),
    // Nobody has run again what came with a notebook, so nothing is promised of another run.
    printed && snapshot.producer.kind !== 'notebook' && compareWords(options.compare),
    printed && referenceWords(reference),
    ...conditionWords(options),
  ]
    .filter((words) => typeof words === 'string')
    .join('; ');
}
