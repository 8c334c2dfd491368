/** Has a cell of the playground run in the way that came with its code, and says so below the code. */
import type { CellData } from '../../protocol/cell.ts';
import type { LiveCell } from '../live/cell.ts';
import { make, makeButton } from '../make.ts';
import '../notices.ts';
import { toldConditions } from './conditions.ts';
import type { Way } from './workspace.ts';

/** What the cell of an element was built with. */
const built = new WeakMap<HTMLElement, { readonly data: CellData; readonly name: string }>();

/** `drop` makes it run as usual. */
export function showWay(target: LiveCell, { name, conditions }: Way, drop: () => void): void {
  const { element } = target;
  const label = element.querySelector('.cell-name');
  const own = built.get(element) ?? {
    data: JSON.parse(element.dataset['cell'] ?? '') as CellData,
    name: label?.textContent ?? '',
  };
  built.set(element, own);
  const options = { ...own.data.cell.options, ...(name !== undefined && { name }), ...conditions };
  element.dataset['cell'] = JSON.stringify({ ...own.data, cell: { ...own.data.cell, options } } satisfies CellData);
  if (label) {
    label.textContent = name ?? own.name;
    label.classList.toggle('is-file', options.name !== undefined);
  }
  element.dispatchEvent(new Event('options'));
  element.querySelector('.is-way')?.remove();
  const words = toldConditions(conditions);
  if (words === undefined) return;
  const button = makeButton('Run as usual', () => {
    drop();
    element.querySelector<HTMLElement>('.cm-content, pre.code')?.focus();
  });
  element.querySelector('.cell-source')?.append(make('div', 'cell-notice is-way', `${words} `, button));
}
