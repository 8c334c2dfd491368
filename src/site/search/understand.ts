/** Between the field and the index: every query is understood first, and asked again with fewer words when nothing is found. */
import type { Instance } from '@pagefind/component-ui';
import { loosen, understand } from './query.ts';
import type { Vocabulary } from './spelling.ts';

export function understandQueries(instance: Instance, vocabulary: Vocabulary): void {
  const ask = instance.triggerSearch.bind(instance);
  instance.triggerSearch = (typed) => {
    ask(understand(typed, vocabulary));
  };
  instance.on('results', (found) => {
    if (!isEmpty(found)) return;
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
