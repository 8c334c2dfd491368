/**
 * When the dialog closes: at Escape, but not while a list that narrows the search is open, which then closes first; and when a
 * reader goes to a result, which may be on the page that it covers.
 */
import type { PagefindModal } from '@pagefind/component-ui';

export function closeInTime(modal: PagefindModal): void {
  modal.addEventListener(
    'keydown',
    (event) => {
      const list = event.key === 'Escape' && modal.querySelector<HTMLElement>('[role=combobox][aria-expanded=true]');
      if (!list) return;
      event.preventDefault();
      event.stopPropagation();
      list.click();
    },
    // The dialog takes the key before anything in it can.
    { capture: true },
  );
  modal.addEventListener('click', (event) => {
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
    if (!elsewhere && event.target instanceof Element && event.target.closest('a')) modal.close();
  });
}
