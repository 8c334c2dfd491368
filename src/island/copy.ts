/** Copying: to the clipboard where the browser gives it, else the text is selected and the reader told what to press. */
import { say } from './say.ts';

/** What is copied, and the words that say so. */
export type Copied = readonly [text: string, words: string];

/**
 * As plain text, whatever its colours are. `shown` is where the text stands in the cell.
 *
 * The text may come later, but the clipboard is asked at once: WebKit opens it only in the turn of the press itself.
 */
export function copy(cell: HTMLElement, copied: Promise<Copied>, shown: Element | null): void {
  const write = async (): Promise<void> => {
    // The clipboard is absent on plain http, and a browser of before 2024 may lack the item: both throw here.
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': copied.then(([text]) => text) })]);
    say(cell, (await copied)[1]);
  };
  write().catch(() => {
    if (shown) getSelection()?.selectAllChildren(shown);
    say(cell, 'Selected: press Ctrl+C to copy');
  });
}
