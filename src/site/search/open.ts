/**
 * Opens search with its button, Ctrl+K (Cmd+K) or `/`. The page carries only this; all else comes when first opened.
 * When it cannot come, a dialog says why.
 */
import { asksForSearch } from './asks.ts';
import { explain } from './failure.ts';

async function open(): Promise<void> {
  try {
    const { openDialog } = await import('./dialog.ts');
    await openDialog();
  } catch (error) {
    explain('Search', error, () => void open());
  }
}

for (const button of document.querySelectorAll('[data-search-open]')) {
  button.addEventListener('click', () => void open());
}

document.addEventListener('keydown', (event) => {
  if (!asksForSearch(event)) return;
  event.preventDefault();
  void open();
});
