/**
 * A small offer at the lower edge of the page: one button that goes somewhere, one that closes it.
 *
 * Invariant: at most one stands there, and nothing of the page moves by it.
 */
import { make } from '../../island/make.ts';
import styles from './chip.css?inline';

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets.push(sheet);

let shown: HTMLElement | undefined;

export function closeChip(): void {
  shown?.remove();
  shown = undefined;
}

export function showChip(words: string, go: () => void): void {
  closeChip();
  const button = (className: string, text: string, act: () => void): HTMLButtonElement => {
    const made = make('button', className, text);
    made.type = 'button';
    made.addEventListener('click', () => {
      closeChip();
      act();
    });
    return made;
  };
  const close = button('chip-close', '×', () => undefined);
  close.ariaLabel = 'Close';
  shown = make('div', 'place-chip', button('chip-go', words, go), close);
  // First in the text: who uses the keyboard comes to it before the chapter.
  document.getElementById('main')?.prepend(shown);
}
