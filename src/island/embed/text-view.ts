/** What a cell in the page of another site shows until its frame has come, and when that cannot come: name, text, a note. */
import type { EmbeddedProgram } from '../../protocol/embed.ts';
import { make } from '../make.ts';

export class TextView {
  readonly element: HTMLElement;
  readonly #note = make('p', 'note');

  constructor(name: string, program: EmbeddedProgram) {
    const head = make('div', program.name === undefined ? 'name' : 'name is-file', name);
    const text = make('pre', 'text', program.source);
    text.tabIndex = 0;
    text.role = 'group';
    text.ariaLabel = `Code of ${name}`;
    this.#note.role = 'status';
    this.element = make('div', 'card', head, text, this.#note);
  }

  note(...words: readonly (string | Node)[]): void {
    this.#note.replaceChildren(...words);
  }
}
