/** Output as plain data: the one tree from which the build makes HTML and the page makes elements. */

/** A line of a cell's code, as a traceback names it. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** Text of one style. `className` is '' for plain text. The text is safe to show: no control or bidi character is left in it. */
export interface Span {
  readonly text: string;
  readonly className: string;
  /** Spans of one place share the object. */
  readonly place?: Place;
}

/** One line, its newline included when the program wrote one. */
export type Line = readonly Span[];

export type BlockKind = 'stdout' | 'stderr' | 'result' | 'error' | 'exit';

/** Adjacent events of one kind. Only `open` changes; `lines` only grows, except in a tail. */
export interface Block {
  readonly kind: BlockKind;
  readonly lines: Line[];
  /** The line that is still being written. */
  open: Line;
}

/** The word that tells a block apart beside its mark; '' where none is needed. */
export const blockWord: Readonly<Record<BlockKind, string>> = {
  stdout: '',
  stderr: 'stderr',
  result: 'result',
  error: 'error',
  exit: '',
};

/** Lines as the fewest spans. */
export function flatten(lines: readonly Line[]): Span[] {
  const spans: Span[] = [];
  let text = '';
  let className = '';
  let place: Place | undefined;
  const flush = (): void => {
    if (text !== '') spans.push(place ? { text, className, place } : { text, className });
    text = '';
  };
  for (const line of lines) {
    for (const span of line) {
      if (span.className !== className || span.place !== place) flush();
      className = span.className;
      place = span.place;
      text += span.text;
    }
  }
  flush();
  return spans;
}
