/** Says why something did not open, and what the reader can do: all of it, styles too, stands in the page already. */

const reasonOf = (error: unknown): string =>
  navigator.onLine
    ? `Its files could not be loaded (${String(error)}).`
    : 'This device is offline, and it has not been loaded yet.';

interface Ways {
  /** Tries again. */
  readonly again?: (() => void) | undefined;
  /** Whether to lead to what the page lists: its sections, the chapters, the indexes. */
  readonly lists?: boolean;
}

/** Opens a dialog of a title and paragraphs. */
export function tell(title: string, paragraphs: readonly (readonly (string | Node)[])[], { again, lists }: Ways): void {
  const dialog = document.createElement('dialog');
  const add = (name: string, ...content: readonly (string | Node)[]): HTMLElement => {
    const made = document.createElement(name);
    made.append(...content);
    dialog.append(made);
    return made;
  };
  dialog.className = 'outline-dialog';
  dialog.ariaLabel = title;
  add('button', 'Close').className = 'bar-button';
  const retry = again && add('button', 'Try again');
  if (retry) retry.className = 'bar-button';
  add('h2', title);
  for (const paragraph of paragraphs) add('p', ...paragraph);
  for (const list of lists ? document.querySelectorAll('.toc-inline, .outline') : []) {
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

/** `what` begins the sentence “… did not open”. With `again`, which tries again, the dialog leads to what can be had. */
export function explain(what: string, error: unknown, again?: () => void): void {
  tell(`${what} did not open`, [[reasonOf(error)], ['Check the connection and try again.']], {
    again,
    lists: again !== undefined,
  });
}
