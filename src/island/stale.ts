/**
 * Dims and labels output that does not belong to the code above it.
 *
 * Invariant: nothing moves when a label comes or goes. Of what a page loads for a kept edit this is the smallest part: whose
 * output a cell shows after a run is worked out in `live/`.
 */
import styles from './stale.css?inline';

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets.push(sheet);

export const original = 'From the original code';

/** `words` say what the output belongs to; undefined when it is the code above it. */
export function markStale(cell: HTMLElement, words?: string): void {
  const provenance = cell.querySelector('.cell-provenance');
  cell.querySelector('.cell-stale')?.remove();
  // A cell that was never recorded has neither words nor output.
  const stale = words !== undefined && provenance?.textContent !== '';
  cell.toggleAttribute('data-stale', stale);
  cell.querySelector('.cell-output')?.setAttribute('aria-description', words ?? '');
  if (!stale) return;
  const label = document.createElement('span');
  label.className = 'cell-stale';
  label.textContent = words;
  // In front, from where it is drawn; it takes no room.
  provenance?.prepend(label);
}
