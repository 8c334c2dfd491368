/** Options that exclude each other, have no effect or read wrongly: each is a fault, so that what is written counts. */
import type { ContentFault } from './content-fault.ts';
import type { OptionValues } from './read-options.ts';

type MakeFault = (what: string, mend: string) => ContentFault;

interface Rule {
  /** The options it is about: when one of them could not be read, that is told and this is not. */
  readonly about: readonly (keyof OptionValues)[];
  readonly broken: (values: OptionValues) => boolean;
  readonly what: string;
  readonly mend: string;
}

const rules: readonly Rule[] = [
  {
    about: ['script', 'after'],
    broken: ({ script, after }) => script === true && after !== undefined,
    what: 'a script continues no cell: it is a program of its own',
    mend: 'Remove after=, or remove script to make it a notebook cell.',
  },
  {
    about: ['name', 'title'],
    broken: ({ name, title }) => name !== undefined && title !== undefined,
    what: 'title= has no effect beside name=: the tab shows the file name',
    mend: 'Keep one of them.',
  },
  {
    about: ['native', 'clock'],
    broken: ({ native, clock }) => native !== undefined && clock !== undefined,
    what: 'clock= has no effect on a native cell: native CPython keeps real time',
    mend: 'Remove clock=.',
  },
  {
    about: ['native', 'net'],
    broken: ({ native, net }) => native !== undefined && net !== undefined,
    what: 'net= has no effect on a native cell: it is the network of the page’s own processes',
    mend: 'Remove net=.',
  },
  {
    about: ['native', 'labels'],
    broken: ({ native, labels }) => native !== undefined && labels === true,
    what: 'labels has no effect on a native cell: they are numbers of the page’s own processes',
    mend: 'Remove labels.',
  },
  {
    about: ['native', 'timeline'],
    broken: ({ native, timeline }) => native !== undefined && timeline === true,
    what: 'timeline has no effect on a native cell: it is recorded by the page’s own threads',
    mend: 'Remove timeline.',
  },
  {
    about: ['native', 'packages'],
    broken: ({ native, packages }) => native !== undefined && packages !== undefined,
    what: 'packages= has no effect on a native cell: it imports what its interpreter has installed',
    mend: 'Remove packages=.',
  },
  {
    about: ['native', 'stdin'],
    broken: ({ native, stdin }) => native !== undefined && stdin !== undefined,
    what: 'stdin= has no effect on a native cell: its standard input is empty',
    mend: 'Remove stdin=.',
  },
  {
    about: ['native'],
    broken: ({ native }) => native?.endsWith('.') === true,
    what: 'native= ends in a period: the page writes “Recorded only: ”, the reason, and the period',
    mend: 'Give the reason as a clause, such as native="it starts processes".',
  },
  {
    about: ['schedule', 'script', 'native'],
    broken: ({ schedule, script, native }) => schedule !== undefined && (script !== true || native !== undefined),
    what: 'schedule= is for a program of the page: it has an interpreter of its own, whose threads take turns as the schedule says',
    mend: 'Write script beside it and no native=, or remove schedule=.',
  },
  {
    about: ['schedule', 'stdin', 'net', 'clock'],
    broken: ({ schedule, stdin, net, clock }) =>
      schedule !== undefined && (stdin !== undefined || net !== undefined || clock !== undefined),
    what: 'stdin=, net= and clock= have no effect beside schedule=: the run has no input, no network, and a time of its own',
    mend: 'Remove them, or schedule=.',
  },
  {
    about: ['schedule', 'timeline'],
    broken: ({ schedule, timeline }) => schedule !== undefined && timeline === true,
    what: 'timeline has no effect beside schedule=: under a schedule, computing takes no time',
    mend: 'Remove one of them.',
  },
  {
    about: ['compare', 'band'],
    broken: ({ compare, band }) => band !== undefined && compare !== 'band',
    what: 'band= has no effect without compare=band',
    mend: 'Add compare=band, or remove band=.',
  },
  {
    about: ['compare', 'band'],
    broken: ({ compare, band }) => compare === 'band' && band === undefined,
    what: 'compare=band needs its limits',
    mend: 'Add band=LOW..HIGH, as ratios to the recorded duration: band=0.5..2.',
  },
  {
    about: ['compare', 'shape'],
    broken: ({ compare, shape }) => shape !== undefined && compare !== 'shape',
    what: 'shape= has no effect without compare=shape',
    mend: 'Add compare=shape, or remove shape=.',
  },
  {
    about: ['compare', 'shape'],
    broken: ({ compare, shape }) => compare === 'shape' && shape === undefined,
    what: 'compare=shape needs its pattern',
    mend: 'Add shape="…", a regular expression that the whole standard output matches.',
  },
  {
    about: ['compare', 'expect'],
    broken: ({ compare, expect }) => compare === 'error' && expect === undefined,
    what: 'compare=error compares nothing when no error is expected',
    mend: 'Add expect=error, or choose another compare=.',
  },
  {
    about: ['compare', 'expect'],
    broken: ({ compare, expect }) => compare === 'relation' && expect === true,
    what: 'compare=relation is for cells that print True and False; one that ends with an error is compared by it',
    mend: 'Write compare=error, or remove expect=error.',
  },
  {
    about: ['compare', 'mask'],
    broken: ({ compare, mask }) =>
      mask !== undefined && (compare === 'relation' || compare === 'shape' || compare === 'recorded-only'),
    what: 'mask= has no effect with this compare=: it does not compare text with text',
    mend: 'Remove mask=.',
  },
  {
    about: ['id', 'after'],
    broken: ({ id, after }) => id !== undefined && id === after,
    what: 'the cell continues itself',
    mend: 'Name an earlier cell in after=, or remove it.',
  },
];

/** `unread` names the options that were given with a value that could not be read. */
export function contradictions(values: OptionValues, unread: ReadonlySet<string>, fault: MakeFault): ContentFault[] {
  return rules
    .filter((rule) => !rule.about.some((key) => unread.has(key)) && rule.broken(values))
    .map(({ what, mend }) => fault(what, mend));
}
