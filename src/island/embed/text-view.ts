/** What a cell in the page of another site shows until its frame has come, and when that cannot come: name, text, a note. */
import { make } from '../make.ts';

export class TextView {
  readonly element = make('div', 'card');
  readonly #name = make('div', 'name');
  readonly #text = make('pre', 'text');
  readonly #note = make('p', 'note');

  constructor() {
    this.#note.hidden = true;
    this.#text.tabIndex = 0;
    this.#text.role = 'group';
    this.#note.role = 'status';
    this.element.append(this.#name, this.#text, this.#note);
  }

  show(name: string, text: string): void {
    this.#name.textContent = name;
    this.#text.ariaLabel = `Code of ${name}`;
    this.#text.textContent = text;
  }

  note(...words: readonly (string | Node)[]): void {
    this.#note.replaceChildren(...words);
    this.#note.hidden = false;
  }
}
