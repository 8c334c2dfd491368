/** Names with their values as a table; a name that has changed is marked with a word. */
import type { ShownName } from '../../protocol/stepping.ts';
import { make } from '../make.ts';

export function namesView(caption: string, names: readonly ShownName[], changed: ReadonlySet<string>): HTMLElement {
  const rows = names.map(({ name, text }) => {
    const head = make('th', '', make('code', '', name));
    head.scope = 'row';
    const value = make('td', '', make('code', '', text));
    if (changed.has(name)) value.append(' ', make('span', 'step-changed', 'changed'));
    return make('tr', changed.has(name) ? 'is-changed' : '', head, value);
  });
  return make('table', 'step-names', make('caption', '', caption), make('tbody', '', ...rows));
}
