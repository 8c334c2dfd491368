/** Between the field and the index: every query is understood before it is asked. */
import type { Instance } from '@pagefind/component-ui';
import { understand } from './query.ts';
import type { Words } from './words.ts';

export function understandQueries(instance: Instance, words: Words): void {
  const ask = instance.triggerSearch.bind(instance);
  let latest = 0;
  const askFor = async (typed: string): Promise<void> => {
    const mine = ++latest;
    // Without its words a query is asked as it was typed.
    const known = await words.enoughFor(typed).catch(() => undefined);
    if (mine === latest) ask(understand(typed, known));
  };
  instance.triggerSearch = (typed) => void askFor(typed);
}
