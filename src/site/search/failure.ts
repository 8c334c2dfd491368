/** Says why something did not open, and what the reader can do: all of it, styles too, stands in the page already. */

const reasonOf = (error: unknown): string =>
  navigator.onLine
    ? `Its files could not be loaded (${String(error)}).`
    : 'This device is offline, and it has not been loaded yet.';

/** `what` begins the sentence “… did not open”. With `again`, which tries again, the dialog leads to what can be had. */
export function explain(what: string, error: unknown, again?: () => void): void {
  const dialog = document.createElement('dialog');
  const add = (name: string, text: string): HTMLElement => {
    const made = document.createElement(name);
    made.textContent = text;
    dialog.append(made);
    return made;
  };
  dialog.className = 'outline-dialog';
  dialog.ariaLabel = `${what} did not open`;
  add('button', 'Close').className = 'bar-button';
  const retry = again && add('button', 'Try again');
  if (retry) retry.className = 'bar-button';
  add('h2', dialog.ariaLabel);
  add('p', reasonOf(error));
  add('p', 'Check the connection and try again.');
  // The lists of sections and of chapters that the page has.
  for (const list of again ? document.querySelectorAll('.toc-inline, .outline') : []) {
    const copy = list.cloneNode(true) as Element;
    copy.removeAttribute('id');
    copy.setAttribute('open', '');
    dialog.append(copy);
  }
  dialog.addEventListener('click', ({ target }) => {
    if ((target as Element).closest('a, button')) dialog.close();
    if (target === retry) again?.();
  });
  dialog.addEventListener('close', () => {
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();
}
