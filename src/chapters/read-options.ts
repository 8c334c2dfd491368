/** The words of a fence to typed values: each option at most once, each known, each with a value it can read. */
import type { Mask, NetworkConditions } from '../protocol/cell.ts';
import type { ContentFault } from './content-fault.ts';
import type { MetaWord } from './meta.ts';
import { readNetwork } from './network-option.ts';
import * as read from './option-values.ts';
import { didYouMean } from './suggest.ts';

/** What an author wrote, before defaults: only the options that were given and understood. */
export interface OptionValues {
  id?: string;
  name?: string;
  title?: string;
  script?: true;
  after?: string;
  expect?: true;
  native?: string;
  compare?: read.CompareKind;
  band?: { readonly low: number; readonly high: number };
  shape?: string;
  mask?: readonly Mask[];
  clock?: number;
  net?: NetworkConditions;
  labels?: true;
  timeline?: true;
  schedule?: string;
  timeout?: number;
  packages?: readonly string[];
  stdin?: readonly string[];
  lines?: true;
}

type MakeFault = (what: string, mend: string) => ContentFault;

const readers: {
  readonly [K in keyof Required<OptionValues>]: 'flag' | ((text: string) => read.Value<NonNullable<OptionValues[K]>>);
} = {
  id: read.readId,
  name: read.readFileName,
  title: read.readText,
  script: 'flag',
  after: read.readId,
  expect: read.readExpect,
  native: read.readText,
  compare: read.readCompare,
  band: read.readBand,
  shape: read.readShape,
  mask: read.readMasks,
  clock: read.readClock,
  net: readNetwork,
  labels: 'flag',
  timeline: 'flag',
  schedule: read.readSchedule,
  timeout: read.readTimeout,
  packages: read.readPackages,
  stdin: read.readStdin,
  lines: 'flag',
};

const optionNames = Object.keys(readers);

function isOption(key: string): key is keyof OptionValues {
  return Object.hasOwn(readers, key);
}

/** Stores one option; the table of readers ties the value's type to the field. */
function store(
  values: OptionValues,
  key: keyof OptionValues,
  text: string | undefined,
  fault: MakeFault,
): ContentFault | undefined {
  const reader = readers[key];
  if (reader === 'flag') {
    if (text !== undefined) return fault(`${key} takes no value`, `Write ${key} alone.`);
    Object.assign(values, { [key]: true });
    return undefined;
  }
  if (text === undefined) return fault(`${key} needs a value`, `Write ${key}=….`);
  const result = reader(text);
  if (!result.ok) return fault(`cannot use ${key}="${text}"`, `Write ${result.expected}.`);
  Object.assign(values, { [key]: result.value });
  return undefined;
}

export function readOptions(
  words: readonly MetaWord[],
  fault: MakeFault,
): { values: OptionValues; unread: ReadonlySet<string>; faults: ContentFault[] } {
  const values: OptionValues = {};
  const faults: ContentFault[] = [];
  const seen = new Set<string>();
  const unread = new Set<string>();
  for (const { key, value } of words) {
    if (key === 'run' && value === undefined && !seen.has('run')) {
      seen.add('run');
    } else if (seen.has(key)) {
      faults.push(fault(`${key} is given twice`, `Keep one ${key}.`));
    } else if (!isOption(key)) {
      seen.add(key);
      faults.push(
        fault(
          `unknown cell option “${key}”`,
          `${didYouMean(key, optionNames)}The options are ${optionNames.join(', ')}.`,
        ),
      );
    } else {
      seen.add(key);
      const problem = store(values, key, value, fault);
      if (problem === undefined) continue;
      unread.add(key);
      faults.push(problem);
    }
  }
  if (!seen.has('id'))
    faults.push(fault('the cell has no id', 'Add id=…: it names the cell on the page and its snapshot.'));
  return { values, unread, faults };
}
