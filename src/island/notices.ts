/**
 * What is told of a kept edit below the code of its cell, and the styles of all that is told there or below the output. Of
 * what a page may load by itself this is a part that few readers need.
 */
import styles from './notice.css?inline';

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets.push(sheet);

export const ofEdits = {
  unreadable: 'What was kept of an earlier edit cannot be read; it was left in the browser’s storage.',
  changed: 'The author has changed this cell since you edited it. This is your text; Reset shows the new one.',
} as const;

/** Until the reader dismisses it. */
export function tellOfEdit(cell: HTMLElement, what: keyof typeof ofEdits): void {
  cell.querySelector('.cell-notice.is-kept')?.remove();
  const notice = document.createElement('p');
  notice.className = 'cell-notice is-kept';
  const dismiss = document.createElement('button');
  dismiss.type = 'button';
  dismiss.textContent = 'Dismiss';
  dismiss.addEventListener('click', () => {
    notice.remove();
  });
  notice.append(ofEdits[what], ' ', dismiss);
  cell.querySelector('.cell-source')?.append(notice);
}
