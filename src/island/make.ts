/** Makes elements. Text never becomes markup. */

/** An element with a class and text. */
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

/** A button with these words that calls `act` when it is pressed. */
export function makeButton(words: string, act: () => void): HTMLButtonElement {
  const button = make('button', '', words);
  button.type = 'button';
  button.addEventListener('click', act);
  return button;
}
