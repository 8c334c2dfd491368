/** The solution beside the reader's own code, once that differs from the starter; loaded when the solution is opened. */
import { LiveCell } from '../live/cell.ts';
import { make } from '../make.ts';
import { followCode } from './follow-code.ts';
import { part } from './parts.ts';

/** Made anew at each opening, and while it is open whenever the reader's code has changed. */
export function showComparison(element: HTMLElement, details: Element): void {
  details.querySelector('.solution-diff')?.remove();
  if (!details.hasAttribute('open')) return;
  followCode(element, () => {
    showComparison(element, details);
  });
  const cell = part(element, 'py-cell');
  const solution = details.querySelector('pre.fence code')?.textContent ?? '';
  const place = details.querySelector('pre.fence');
  if (!('live' in cell.dataset) || !place) return;
  const { source, edited } = LiveCell.of(cell);
  if (!edited || source.trim() === solution.trim()) return;
  const box = make('div', 'solution-diff');
  place.before(box);
  import('./solution-diff.ts').then(
    ({ compare }) => {
      compare(box, source, solution);
    },
    () => {
      box.textContent = 'Cannot load the comparison with your code. Check the connection.';
    },
  );
}
