/** Between the field and the index: every query is understood first, and asked again with fewer words when nothing is found. */
import type { Instance } from '@pagefind/component-ui';
import { loosen, understand } from './query.ts';
import type { Vocabulary } from './spelling.ts';
import type { Words } from './words.ts';

export function understandQueries(instance: Instance, words: Words): void {
  const ask = instance.triggerSearch.bind(instance);
  let vocabulary: Vocabulary | undefined;
  let latest = 0;
  const askFor = async (typed: string): Promise<void> => {
    const mine = ++latest;
    // Without its words a query is asked as it was typed.
    const known = await words.enoughFor(typed).catch(() => undefined);
    if (mine !== latest) return;
    vocabulary = known;
    ask(understand(typed, known));
  };
  instance.triggerSearch = (typed) => void askFor(typed);
  instance.on('results', (found) => {
    if (!isEmpty(found) || vocabulary === undefined) return;
    const fewer = loosen(instance.searchTerm, vocabulary);
    // After every listener has shown that nothing was found for this query.
    if (fewer !== undefined)
      queueMicrotask(() => {
        ask(fewer);
      });
  });
}

function isEmpty(found: unknown): boolean {
  return (
    typeof found === 'object' &&
    found !== null &&
    'results' in found &&
    Array.isArray(found.results) &&
    found.results.length === 0
  );
}
