/**
 * The field under a cell's output in which a reader types what the program reads.
 *
 * Invariant: it stands while the program waits and goes when the run is over; lines reach the program in the order in
 * which they were typed or pasted; it takes the focus only from within its own cell.
 */
import type { OnInput } from '../../session/contract.ts';
import type { LiveCell } from './cell.ts';
import styles from './input-field.css?inline';

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets.push(sheet);

/** How long it stays when a line was taken, in milliseconds: a program that asks again finds it where it was. */
const stay = 400;

let fields = 0;

function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(tag), properties);
}

/** What a terminal would show of `prompt`: no colours, no control characters, not what `\r` wrote over. */
const plain = (prompt: string): string =>
  prompt
    .replace(/\x1b\[[0-?]*[ -/]*[@-~]/g, '')
    .replace(/^.*\r(?=.)/s, '')
    .replace(/[\0-\x1f\x7f]/g, '')
    .trim();

export class InputField {
  readonly #cell: LiveCell;
  readonly #form = element('form', { className: 'cell-input' });
  readonly #label = element('label', { className: 'cell-prompt' });
  readonly #field = element('input', { autocomplete: 'off', spellcheck: false, autocapitalize: 'off' });
  /** Whole lines that were typed ahead. */
  #lines: string[] = [];
  #answer: ((text: string | null) => void) | undefined;
  #timer: number | undefined;

  constructor(cell: LiveCell) {
    this.#cell = cell;
    fields += 1;
    this.#field.id = `input-${fields}`;
    this.#label.htmlFor = this.#field.id;
    const enter = element('button', { type: 'submit', textContent: 'Enter' });
    const end = element('button', { type: 'button', textContent: 'End of input' });
    end.addEventListener('click', () => {
      this.#end();
    });
    this.#form.append(this.#label, this.#field, enter, end);
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#type(`${this.#field.value}\n`);
    });
    this.#field.addEventListener('keydown', (event) => {
      // Enter that is still held since it pressed Run is no line.
      if (event.key === 'Enter' && event.repeat) event.preventDefault();
      if (event.key !== 'd' || !event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (this.#field.value === '') this.#end();
    });
    this.#field.addEventListener('paste', (event) => {
      const pasted = (event.clipboardData?.getData('text/plain') ?? '').replace(/\r\n?/g, '\n');
      if (!pasted.includes('\n')) return;
      event.preventDefault();
      const { value, selectionStart, selectionEnd } = this.#field;
      this.#type(value.slice(0, selectionStart ?? value.length) + pasted + value.slice(selectionEnd ?? value.length));
    });
  }

  /** Asks the reader, unless a line was typed ahead. */
  readonly ask: OnInput = ({ prompt, secret }, withdrawn) => {
    const { promise, resolve } = Promise.withResolvers<string | null>();
    const ahead = this.#lines.shift();
    if (ahead !== undefined) return Promise.resolve(ahead);
    this.#answer = resolve;
    this.#field.type = secret ? 'password' : 'text';
    this.#label.textContent = plain(prompt) || (secret ? 'Password' : 'Input');
    this.#show();
    withdrawn.addEventListener('abort', () => {
      if (this.#answer !== resolve) return;
      this.#answer = undefined;
      this.remove();
    });
    return promise;
  };

  /** Whether the program waits for the reader. */
  get waits(): boolean {
    return this.#answer !== undefined;
  }

  remove(): void {
    clearTimeout(this.#timer);
    // Not to Run, where the next Enter of a reader who types on would start the cell again.
    if (this.#form.contains(document.activeElement)) this.#cell.output.focus({ preventScroll: true });
    this.#form.remove();
    this.#field.value = '';
    this.#lines = [];
  }

  #show(): void {
    clearTimeout(this.#timer);
    if (this.#form.isConnected) return;
    const inside = this.#cell.element.contains(document.activeElement);
    this.#cell.output.after(this.#form);
    if (inside) this.#field.focus();
  }

  /** Takes whole lines off `text`; what follows the last of them stays in the field. */
  #type(text: string): void {
    const lines = text.split(/(?<=\n)/);
    this.#field.value = text.endsWith('\n') ? '' : (lines.pop() ?? '');
    this.#lines.push(...lines);
    const first = this.#answer && this.#lines.shift();
    if (first !== undefined) this.#give(first);
  }

  #end(): void {
    if (this.#answer) this.#give(null);
  }

  #give(text: string | null): void {
    this.#answer?.(text);
    this.#answer = undefined;
    this.#timer = window.setTimeout(() => {
      if (this.#field.value === '' && this.#lines.length === 0) this.remove();
    }, stay);
  }
}
