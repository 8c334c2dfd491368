/** Turns what a reader types into what the index is asked: operators named, misspellings mended, small words left out. */
import type { Vocabulary } from './spelling.ts';

/** The index holds words: an operator is looked up by what it is called. */
const OPERATORS: ReadonlyMap<string, string> = new Map([
  ['==', 'equality'],
  ['!=', 'equality'],
  ['+=', 'augmented'],
  ['-=', 'augmented'],
  ['*=', 'augmented'],
  ['+', 'operator'],
  ['-', 'operator'],
  ['*', 'operator'],
  ['?', 'introspection'],
]);

/** Words of a question, not of its subject; the index wants every word of a query in one place. */
const SMALL = new Set(
  'a about an and are as at be between but by can could did do does doing for from get gets had has have how i if in into is it its mean means me my of on or python s should so than that the their then there these this to use used using vs was we were what when where which while who why will with would you your'.split(
    ' ',
  ),
);

function isQuoted(typed: string): boolean {
  return /^\s*["“]/.test(typed);
}

/** Words of a query, each as typed. */
export function wordsOf(query: string): string[] {
  return query.split(/\s+/).filter((word) => word !== '');
}

/** Small words go only when enough is left to search by: a lone `is` or `with` is what the reader asks about. */
function withoutSmallWords(words: readonly string[]): readonly string[] {
  const kept = words.filter((word) => !SMALL.has(word.toLowerCase().replaceAll(/[^a-z]/g, '')) || /[_.()]/.test(word));
  return kept.length > 0 && kept.length < words.length && words.length > 2 ? kept : words;
}

/** A quoted phrase is looked for as it stands. */
export function understand(typed: string, vocabulary: Vocabulary | undefined): string {
  if (isQuoted(typed)) return typed.replaceAll(/[“”]/g, '"').trim();
  const words = wordsOf(typed).map((word) => OPERATORS.get(word) ?? word);
  const mended = words.map((word) => vocabulary?.mend(word) ?? word);
  return withoutSmallWords(mended).join(' ');
}

/**
 * What to ask when nothing holds every word: fewer words, those least telling left out first (the shortest; of
 * equally short ones the last). Undefined when there is nothing left to leave out.
 */
export function loosen(query: string): string | undefined {
  if (isQuoted(query)) return query.replaceAll('"', ' ').trim() || undefined;
  const words = wordsOf(query);
  if (words.length < 2) return undefined;
  const shortest = words.reduce((least, word, at) => (word.length <= (words[least]?.length ?? 0) ? at : least), 0);
  return words.filter((_, at) => at !== shortest).join(' ');
}
