/** A modal dialog of the reader's: named by its heading, closed by its button, by Escape and by a click beside it. */

/** An element with a class and content. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  ...children: readonly (string | Node)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  if (className !== '') element.className = className;
  element.append(...children);
  return element;
}

export function button(words: string, act: () => void, className = 'reader-button'): HTMLButtonElement {
  const made = make('button', className, words);
  made.type = 'button';
  made.addEventListener('click', act);
  return made;
}

/** Opened at once; focus goes back to where it was when it closes. Undefined while one of this name is open. */
export function openDialog(title: string, ...content: readonly Node[]): HTMLDialogElement | undefined {
  const id = `dialog-${title.toLowerCase().replaceAll(' ', '-')}`;
  if (document.getElementById(id) || document.querySelector('dialog[open]')) return undefined;
  const heading = make('h2', '', title);
  heading.id = id;
  const dialog = make('dialog', 'reader-dialog');
  dialog.setAttribute('aria-labelledby', id);
  const close = button('Close', () => {
    dialog.close();
  });
  dialog.append(make('div', 'reader-head', heading, close), ...content);
  // A click beside the dialog lands on the dialog itself: its content covers the rest.
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close();
  });
  dialog.addEventListener('close', () => {
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
