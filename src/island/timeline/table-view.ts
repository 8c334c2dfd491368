/** The table of a timeline's intervals: from a wait a link leads to the row of its waker, and from there back. */
import { columns, longestRows, milliseconds, mostRows, partsOf, type Row } from '../../timeline/table.ts';
import { make } from '../make.ts';
import { withCode } from './words.ts';
import { stopWhileScrolling } from '../tab-stop.ts';

export function tableView(rows: readonly Row[], prefix: string): HTMLElement {
  const shown = longestRows(rows, mostRows);
  const places = new Map(shown.map((row) => [rows.indexOf(row), row]));
  const id = (row: number): string => `${prefix}-row-${row}`;

  /** To a row that is shown; the words alone for another. */
  const link = (words: string, row: number | undefined): (string | Node)[] => {
    if (row === undefined || !places.has(row)) return withCode(words);
    const anchor = make('a', '', ...withCode(words));
    anchor.href = `#${id(row)}`;
    anchor.addEventListener('click', (event) => {
      event.preventDefault();
      const to = document.getElementById(id(row));
      to?.focus({ preventScroll: true });
      to?.scrollIntoView({ block: 'center' });
    });
    return [anchor];
  };

  const what = (row: Row): (string | Node)[] =>
    partsOf(row, rows)
      .map(({ words, to }) => link(words, to))
      .flatMap((part, index) => (index === 0 ? part : [', ', ...part]));

  const head = make('tr', '');
  for (const words of columns) head.append(Object.assign(make('th', '', words), { scope: 'col' }));
  const body = [...places].map(([place, row]) => {
    const line = make(
      'tr',
      '',
      make('td', 'timeline-number', milliseconds(row.from)),
      make('td', 'timeline-number', milliseconds(row.length)),
      make('td', '', row.lane),
      make('td', '', row.state),
      make('td', '', ...what(row)),
    );
    line.id = id(place);
    line.tabIndex = -1;
    return line;
  });
  const table = make('table', '', make('thead', '', head), make('tbody', '', ...body));
  const box = make('div', 'timeline-table', table);
  stopWhileScrolling(box);
  box.setAttribute('role', 'region');
  box.setAttribute('aria-label', 'Intervals of all threads');
  const rest = rows.length - shown.length;
  if (rest > 0) box.prepend(make('p', 'timeline-note', `${rest} shorter intervals are left out.`));
  return box;
}
