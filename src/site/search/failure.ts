/** Says in a dialog why something did not open, and what the reader can do. Holds no style: a plain `<dialog>` is enough. */

function reasonOf(error: unknown): string {
  if (!navigator.onLine) return 'This device is offline, and it has not been loaded yet.';
  return `Its files could not be loaded (${error instanceof Error ? error.message : String(error)}).`;
}

/** `what` begins the sentence “… did not open”. */
export function explain(what: string, error: unknown): void {
  const dialog = document.createElement('dialog');
  dialog.className = 'search-failure';
  dialog.setAttribute('aria-labelledby', 'search-failure-title');
  const title = document.createElement('h2');
  title.id = 'search-failure-title';
  title.textContent = `${what} did not open`;
  const reason = document.createElement('p');
  reason.textContent = reasonOf(error);
  const mend = document.createElement('p');
  mend.textContent = 'Check the connection and try again. The outline of the course lists every chapter.';
  const close = document.createElement('button');
  close.type = 'button';
  close.textContent = 'Close';
  close.addEventListener('click', () => {
    dialog.close();
  });
  dialog.addEventListener('close', () => {
    dialog.remove();
  });
  dialog.append(title, reason, mend, close);
  document.body.append(dialog);
  dialog.showModal();
}
