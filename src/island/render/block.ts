/** Output as plain data: the one tree from which the build makes HTML and the page makes elements. */

/** Text of one style. `className` is '' for plain text. The text is safe to show: no control or bidi character is left in it. */
export interface Span {
  readonly text: string;
  readonly className: string;
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
  const flush = (): void => {
    if (text !== '') spans.push({ text, className });
    text = '';
  };
  for (const line of lines) {
    for (const span of line) {
      if (span.className !== className) flush();
      className = span.className;
      text += span.text;
    }
  }
  flush();
  return spans;
}
