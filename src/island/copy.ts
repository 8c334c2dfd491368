/** Copying: to the clipboard where the browser gives it, else the text is selected and the reader told what to press. */
import { say } from './say.ts';

/** Selects all text of `element`, for a page whose host is not secure and so has no clipboard. */
function select(element: Element): void {
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}

/** As plain text, whatever its colours are. `words` say what was copied. */
export function copyText(cell: HTMLElement, text: string, shown: Element | null, words = 'Copied'): void {
  const selected = (): void => {
    if (shown) select(shown);
    say(cell, 'Selected: press Ctrl+C to copy');
  };
  // Absent on plain http, whatever the types say.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (!clipboard) {
    selected();
    return;
  }
  clipboard.writeText(text).then(() => {
    say(cell, words);
  }, selected);
}

/** The source as it stands in the cell; the highlighted text is the source, character for character. */
export function copySource(cell: HTMLElement): void {
  const code = cell.querySelector('.cell-source code');
  copyText(cell, code?.textContent ?? '', code);
}
