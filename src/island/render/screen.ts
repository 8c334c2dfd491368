/**
 * Turns the text of one stream into finished lines and an open one, as a terminal without cursor addressing would.
 *
 * Carriage return, backspace and "erase in line" work; colours become classes; titles, hyperlinks and cursor movement
 * are dropped; every other control character is made visible. Text may be cut anywhere between two writes.
 */
import type { Line } from './block.ts';
import { TerminalLine } from './line.ts';
import { Sgr } from './sgr.ts';
import { unsafeCharacters, visible } from './visible.ts';

const special = new RegExp(
  `\\x1b\\[([0-?]*)[ -/]*([@-~])|\\x1b\\][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)|${unsafeCharacters}`,
  'g',
);
/** The start of an escape sequence of bearable length, or half of a surrogate pair, whose rest has not come yet. */
const unfinished = /(?:\x1b(?:\[[0-?]{0,500}[ -/]{0,20}|\][^\x07\x1b]{0,2000}\x1b?)?|[\ud800-\udbff])$/;

export class Screen {
  readonly #commit: (line: Line) => void;
  readonly #sgr = new Sgr();
  #line = new TerminalLine();
  #pending = '';

  /** `commit` gets each finished line, its newline included. */
  constructor(commit: (line: Line) => void) {
    this.#commit = commit;
  }

  write(text: string): void {
    const all = this.#pending + text;
    this.#pending = unfinished.exec(all)?.[0] ?? '';
    this.#put(this.#pending === '' ? all : all.slice(0, -this.#pending.length));
  }

  /** Shows what was held back as incomplete; returns the open line. */
  end(): Line {
    const rest = this.#pending;
    this.#pending = '';
    this.#put(rest);
    return this.open;
  }

  get open(): Line {
    return this.#line.spans;
  }

  #put(text: string): void {
    let from = 0;
    for (const match of text.matchAll(special)) {
      this.#plain(text.slice(from, match.index));
      from = match.index + match[0].length;
      this.#obey(match[0], match[1] ?? '', match[2]);
    }
    this.#plain(text.slice(from));
  }

  #plain(text: string): void {
    if (text !== '') this.#line.write({ text: text.toWellFormed(), className: this.#sgr.className });
  }

  #obey(sequence: string, parameters: string, final: string | undefined): void {
    if (sequence === '\n') {
      this.#commit([...this.#line.spans, { text: '\n', className: '' }]);
      this.#line = new TerminalLine();
    } else if (sequence === '\r') this.#line.carriageReturn();
    else if (sequence === '\b') this.#line.backspace();
    else if (final === 'm') this.#sgr.apply(parameters);
    else if (final === 'K') this.#line.erase(Number(parameters) || 0);
    else if (sequence.length === 1) this.#line.write({ text: visible(sequence), className: 'ctl' });
  }
}
