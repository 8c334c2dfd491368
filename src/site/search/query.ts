/** Turns what a reader types into what the index is asked: operators named, misspellings mended, small words left out. */
import { OPERATORS } from './operators.ts';
import type { Vocabulary } from './spelling.ts';

/**
 * Words of a question, not of its subject; the index wants every word of a query in one place. Python's own words (`for`,
 * `is`, `with`, `from` and their like) are subjects here.
 */
const SMALL = new Set(
  'a about an are be been but by can could did do does doing gets had has have how i into it its mean means me my of on should so than that the their then there these this to use used using vs was we were what when where which who why will would you your'.split(
    ' ',
  ),
);

function isQuoted(typed: string): boolean {
  return /^\s*["“]/.test(typed);
}

/** Words of a query, each as typed. */
function wordsOf(query: string): string[] {
  return query.split(/\s+/).filter((word) => word !== '');
}

function isSmall(word: string): boolean {
  return SMALL.has(word.toLowerCase().replaceAll(/[^a-z]/g, '')) && !/[_.()]/.test(word);
}

/** Small words go when something is left to search by: a lone `does` is what the reader asks about. */
function withoutSmallWords(words: readonly string[]): readonly string[] {
  const kept = words.filter((word) => !isSmall(word));
  return kept.length > 0 ? kept : words;
}

/** Beside two other words an operator is left out: the words say more than its name, which the text may not use. */
function withOperatorsNamed(words: readonly string[]): readonly string[] {
  const others = words.filter((word) => !OPERATORS.has(word));
  return others.length > 1 ? others : words.map((word) => OPERATORS.get(word) ?? word);
}

/** The words that the index is asked for, not mended yet. */
export function subjectOf(typed: string): readonly string[] {
  return withOperatorsNamed(withoutSmallWords(wordsOf(typed)));
}

/** A quoted phrase is looked for as it stands. */
export function understand(typed: string, vocabulary: Vocabulary | undefined): string {
  if (isQuoted(typed)) return typed.replaceAll(/[“”]/g, '"').trim();
  return subjectOf(typed)
    .map((word) => vocabulary?.mend(word) ?? word)
    .join(' ');
}

/**
 * What to ask when little holds every word: fewer words, those that the course uses least left out first (of equally
 * used ones the shortest). Undefined when there is nothing left to leave out.
 */
export function loosen(query: string, vocabulary: Vocabulary): string | undefined {
  if (isQuoted(query)) return query.replaceAll('"', ' ').trim() || undefined;
  const words = wordsOf(query);
  if (words.length < 2) return undefined;
  const worth = words.map((word) => vocabulary.count(word) + word.length / 100);
  const least = worth.indexOf(Math.min(...worth));
  return words.filter((_, at) => at !== least).join(' ');
}
