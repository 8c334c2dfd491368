/**
 * A small offer at the lower edge of the page: one button that goes somewhere, one that closes it. It gives way when the
 * reader goes on without it.
 *
 * Invariant: at most one stands there, nothing of the page moves by it, and it never goes while it has the focus.
 */
import { make } from '../../island/make.ts';
import styles from './chip.css?inline';

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets.push(sheet);

/** What a reader acts with; a click on prose or on white is none. */
const acting = 'a, button, summary, label, input, textarea, select, pre, [contenteditable]';

let shown: HTMLElement | undefined;
let watching: AbortController | undefined;

export function closeChip(): void {
  watching?.abort();
  shown?.remove();
  shown = undefined;
}

/** Closes the chip once the reader has read on for a screen, or does something else. */
function giveWay(chip: HTMLElement): void {
  const from = scrollY;
  let isLeft = false;
  const leave = (): void => {
    isLeft = true;
    if (!chip.matches(':focus-within')) closeChip();
  };
  watching = new AbortController();
  const { signal } = watching;
  addEventListener(
    'scroll',
    () => {
      if (Math.abs(scrollY - from) > innerHeight) leave();
    },
    { passive: true, signal },
  );
  addEventListener(
    'click',
    ({ target }) => {
      if (target instanceof Element && !chip.contains(target) && target.closest(acting)) leave();
    },
    { signal },
  );
  addEventListener('input', leave, { signal });
  chip.addEventListener('focusout', ({ relatedTarget }) => {
    if (isLeft && !chip.contains(relatedTarget as Node | null)) closeChip();
  });
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
  giveWay(shown);
}
