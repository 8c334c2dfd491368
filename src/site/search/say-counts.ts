/** How many results there are, in the summary and to whoever listens: those that hold the whole query, and those that hold less. */
import type { Instance } from '@pagefind/component-ui';
import type { Answer, Counted } from './course-index.ts';

const results = (count: number): string =>
  count === 0 ? 'No results' : `${count} ${count === 1 ? 'result' : 'results'}`;

export function countsInWords([exact, ...looser]: readonly Counted[]): string {
  if (exact === undefined) return '';
  const whole = `${results(exact.count)} for ${exact.query}`;
  const more = looser.filter(({ count }) => count > 0).map(({ query, count }) => `${count} for ${query}`);
  return [whole, ...more].join('; ');
}

const COUNTS: ReadonlySet<string> = new Set(['zero_results', 'one_result', 'many_results']);

/** What the index last answered; undefined before it has. */
export function answerOf({ searchResult }: Instance): Answer | undefined {
  return 'counted' in searchResult ? (searchResult as Answer) : undefined;
}

/** Pagefind's elements take their words from their instance, and would call all of them results for the whole query. */
export function sayCounts(instance: Instance): void {
  const translate = instance.translate.bind(instance);
  instance.translate = (key, replacements) => {
    const answer = COUNTS.has(key) ? answerOf(instance) : undefined;
    return answer ? countsInWords(answer.counted) : translate(key, replacements);
  };
}
