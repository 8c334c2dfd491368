/** Small screens: the outline is moved into a modal dialog and back, so that the page has it once. */

const dialog = document.querySelector<HTMLDialogElement>('[data-outline-dialog]');
const home = document.querySelector('[data-outline-home]');
const outline = document.getElementById('outline');

if (dialog && home && outline) {
  dialog.addEventListener('close', () => {
    home.append(outline);
  });
  // A click beside the dialog lands on the dialog itself: its content covers the rest.
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  // Where the outline has a column of its own.
  addEventListener('resize', () => {
    const openers = document.querySelectorAll('[data-outline-open]');
    if (![...openers].some((opener) => opener.checkVisibility())) dialog.close();
  });
}

export function openOutline(): void {
  if (!dialog || !outline || dialog.open) return;
  dialog.append(outline);
  dialog.showModal();
  outline.querySelector('[aria-current]')?.scrollIntoView({ block: 'center' });
}
