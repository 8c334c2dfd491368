/**
 * Asks for all words of a query and, while little was found, for fewer of them.
 *
 * Invariant: what holds more words of the query comes first, and nothing comes twice.
 */
import { loosen } from './query.ts';
import type { Vocabulary } from './spelling.ts';

/** What was found by one wording of a query, the reader's own or a looser one. */
export interface Step<Result> {
  readonly query: string;
  readonly results: readonly Result[];
}

/** From so many results on, a reader chooses among them; with fewer, what was looked for may be called something else. */
const ENOUGH = 5;

/** `id` tells results apart. Of the looser wordings only those that find something more are given. */
export async function findEnough<Result extends { readonly id: string }>(
  query: string,
  vocabulary: Vocabulary,
  search: (query: string) => Promise<readonly Result[]>,
): Promise<readonly [exact: Step<Result>, ...looser: Step<Result>[]]> {
  const exact: Step<Result> = { query, results: await search(query) };
  const looser: Step<Result>[] = [];
  const known = new Set(exact.results.map(({ id }) => id));
  let fewer = loosen(query, vocabulary);
  while (fewer !== undefined && known.size < ENOUGH) {
    const results = (await search(fewer)).filter(({ id }) => !known.has(id));
    for (const { id } of results) known.add(id);
    if (results.length > 0) looser.push({ query: fewer, results });
    fewer = loosen(fewer, vocabulary);
  }
  return [exact, ...looser];
}
