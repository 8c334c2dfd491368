/** Reads the value of each cell option; a value that is not understood becomes a sentence that says what would be. */
import { readName } from '../schedules/schedule-name.ts';
import { distributions, normalName } from '../packages/distributions.ts';
import type { CompareRule, Mask } from '../protocol/cell.ts';

export type Value<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly expected: string };

const good = <T>(value: T): Value<T> => ({ ok: true, value });
const bad = (expected: string): Value<never> => ({ ok: false, expected });

export type CompareKind = CompareRule['kind'];

/** An object and not a list: then the compiler misses a comparator that an author could not choose. */
const comparators: Readonly<Record<CompareKind, true>> = {
  exact: true,
  error: true,
  actors: true,
  unordered: true,
  relation: true,
  band: true,
  shape: true,
  'recorded-only': true,
};
const compareKinds = Object.keys(comparators) as CompareKind[];

const maskNames: readonly string[] = ['id', 'counter', 'duration'] satisfies Mask[];

const maxTimeout = 600;
const maxClock = 1000;

function number(text: string): number {
  return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : NaN;
}

function list(text: string): string[] {
  return text.split(',').map((item) => item.trim());
}

function hasDuplicates(items: readonly string[]): boolean {
  return new Set(items).size < items.length;
}

/** Also the id of the element on the page, and the name of the snapshot's file. */
export function readId(text: string): Value<string> {
  return /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(text) && text.length <= 60
    ? good(text)
    : bad('lower-case letters, digits and single hyphens, beginning with a letter, as in id=drain-it');
}

export function readFileName(text: string): Value<string> {
  return /^[A-Za-z_][\w.-]*\.py$/.test(text) ? good(text) : bad('a file name that ends in .py, as in name=drain.py');
}

export function readText(text: string): Value<string> {
  return text.trim() === '' ? bad('some words in double quotes') : good(text.trim());
}

export function readExpect(text: string): Value<true> {
  return text === 'error' ? good(true) : bad('expect=error, the only thing that can be expected');
}

export function readCompare(text: string): Value<CompareKind> {
  const kind = compareKinds.find((known) => known === text);
  return kind === undefined ? bad(`one of ${compareKinds.join(', ')}`) : good(kind);
}

export function readBand(text: string): Value<{ readonly low: number; readonly high: number }> {
  const [low = NaN, high = NaN, ...more] = text.split('..').map(number);
  return more.length === 0 && low < high
    ? good({ low, high })
    : bad('the lowest and the highest ratio to the recorded duration, as in band=0.5..2');
}

export function readShape(text: string): Value<string> {
  try {
    new RegExp(text, 'su');
  } catch (error) {
    return bad(`a JavaScript regular expression in double quotes (${error instanceof Error ? error.message : 'bad'})`);
  }
  return text === '' ? bad('a JavaScript regular expression in double quotes') : good(text);
}

export function readMasks(text: string): Value<readonly Mask[]> {
  const names = list(text);
  const masks: Mask[] = [];
  for (const name of names) {
    if (name === 'address') return bad('id, counter or duration: addresses are always masked');
    if (name !== 'id' && name !== 'counter' && name !== 'duration') return bad(`some of ${maskNames.join(', ')}`);
    masks.push(name);
  }
  return hasDuplicates(names) ? bad('each mask once') : good(masks);
}

export function readClock(text: string): Value<number> {
  const factor = number(text);
  return factor > 1 && factor <= maxClock
    ? good(factor)
    : bad(`a number over 1, at most ${maxClock}, as in clock=10; leave it out for real time`);
}

export function readTimeout(text: string): Value<number> {
  const seconds = number(text);
  return seconds > 0 && seconds <= maxTimeout
    ? good(seconds)
    : bad(`seconds over 0, at most ${maxTimeout}, as in timeout=5`);
}

export function readPackages(text: string): Value<readonly string[]> {
  const names = list(text).map(normalName);
  if (!names.every((name) => /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(name))) {
    return bad('names of distributions between commas, as in packages=trio,attrs');
  }
  if (!names.every((name) => Object.hasOwn(distributions, name))) {
    return bad(`some of ${Object.keys(distributions).join(', ')}; docs/packages.md says how to add one`);
  }
  return hasDuplicates(names) ? bad('each package once') : good(names);
}

/** `\n` ends a line, `\t` is a tab, `\\` a backslash; nothing at all is the end of input at once. */
export function readStdin(text: string): Value<readonly string[]> {
  if (!/^(?:[^\\\r\n]|\\[nt\\])*$/.test(text)) {
    return bad('lines with \\n between them, as in stdin="Ada\\n36"; \\t is a tab and \\\\ a backslash');
  }
  if (text === '') return good([]);
  const meant: Readonly<Record<string, string>> = { '\\n': '\n', '\\t': '\t', '\\\\': '\\' };
  return good(text.replace(/\\[nt\\]/g, (escape) => meant[escape] ?? escape).split('\n'));
}

export function readSchedule(text: string): Value<string> {
  return readName(text) === undefined
    ? bad('the name of a schedule, as `npm run python -- --explore FILE` and the page print it')
    : good(text);
}
