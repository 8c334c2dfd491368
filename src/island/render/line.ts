/** One line of a terminal: text is written at a cursor that can go back; never more than `longest` characters or `mostSpans` styles. */
import type { Line, Span } from './block.ts';

const longest = 10_000;
/** Each change of style costs the page an element, and each write into the middle a walk over all of them. */
const mostSpans = 500;

export class TerminalLine {
  #spans: Span[] = [];
  #length = 0;
  #cursor = 0;
  /** Characters that were written past the end. */
  #dropped = 0;

  /** `span.text` holds no control character. */
  write(span: Span): void {
    const room = longest - this.#cursor;
    if (span.text.length > room) {
      this.#dropped += span.text.length - room;
      if (room <= 0) return;
      this.write({ ...span, text: span.text.slice(0, room) });
      return;
    }
    const end = this.#cursor + span.text.length;
    if (this.#cursor === this.#length) this.#append(span);
    else {
      const before = this.#slice(0, this.#cursor);
      const after = this.#slice(end, this.#length);
      const full = before.length + after.length >= mostSpans;
      this.#spans = [...before, full ? { ...span, className: before.at(-1)?.className ?? '' } : span, ...after];
      if (full) this.#spans = merged(this.#spans);
    }
    this.#cursor = end;
    this.#length = Math.max(this.#length, end);
  }

  carriageReturn(): void {
    this.#cursor = 0;
    this.#dropped = 0;
  }

  backspace(): void {
    if (this.#cursor > 0) this.#cursor -= 1;
  }

  /** Erases as `CSI n K` does: 0 from the cursor to the end, 1 from the start to the cursor, 2 all. */
  erase(which: number): void {
    if (which === 0) {
      this.#spans = this.#slice(0, this.#cursor);
      this.#length = this.#cursor;
    } else {
      const end = which === 1 ? this.#cursor : this.#length;
      this.#spans = [{ text: ' '.repeat(this.#cursor), className: '' }, ...this.#slice(end, this.#length)];
      this.#length = Math.max(this.#cursor, which === 1 ? this.#length : 0);
    }
  }

  get spans(): Line {
    const spans = this.#spans.filter((span) => span.text !== '');
    if (this.#dropped > 0) {
      spans.push({ text: ` … ${this.#dropped.toLocaleString('en')} more characters`, className: 'cut' });
    }
    return spans;
  }

  #append(span: Span): void {
    const last = this.#spans.at(-1);
    if (last && (last.className === span.className || this.#spans.length >= mostSpans)) {
      this.#spans[this.#spans.length - 1] = { text: last.text + span.text, className: last.className };
    } else this.#spans.push(span);
  }

  #slice(start: number, end: number): Span[] {
    const cut: Span[] = [];
    let at = 0;
    for (const { text, className } of this.#spans) {
      const part = text.slice(Math.max(0, start - at), Math.max(0, end - at));
      if (part !== '') cut.push({ text: part, className });
      at += text.length;
    }
    return cut;
  }
}

/** Neighbours of one style as one span. */
function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    if (last?.className === span.className) result[result.length - 1] = { ...last, text: last.text + span.text };
    else result.push(span);
  }
  return result;
}
