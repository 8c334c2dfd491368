/** Splits what follows a fence's language into words: `flag`, `key=value` and `key="a value"`. */

export interface MetaWord {
  readonly key: string;
  /** Absent for a flag. */
  readonly value?: string;
}

export type MetaResult =
  | { readonly ok: true; readonly words: readonly MetaWord[] }
  /** `rest` is what could not be read. */
  | { readonly ok: false; readonly rest: string };

// In a quoted value a backslash stands for itself, so that regular expressions stay readable; only \" is a quote.
const word = /\s*([^\s="]+)(?:=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*)))?(?=\s|$)/sy;

export function splitMeta(meta: string): MetaResult {
  const words: MetaWord[] = [];
  const text = meta.trim();
  word.lastIndex = 0;
  while (word.lastIndex < text.length) {
    const start = word.lastIndex;
    const match = word.exec(text);
    if (match === null) return { ok: false, rest: text.slice(start).trim() };
    const [whole, key = '', quoted, bare] = match;
    const value = quoted?.replaceAll('\\"', '"') ?? bare;
    words.push(value === undefined ? { key } : { key, value });
    if (whole === '') break;
  }
  return { ok: true, words };
}

/** True when a fence is a cell: `run` is the first word after the language. */
export function isRun(meta: string | null | undefined): boolean {
  return /^\s*run(?:\s|$)/.test(meta ?? '');
}

/** Of the text that was asked for last: a chapter has a hundred fences, and each asks for its own line. */
let split: { readonly text: string; readonly lines: readonly string[] } = { text: '', lines: [''] };

function lineOf(text: string, line: number): string {
  if (split.text !== text) split = { text, lines: text.split(/\r?\n/) };
  return split.lines[line - 1] ?? '';
}

/**
 * The meta string as the author typed it. Markdown's own reading of it has backslash escapes and entities resolved,
 * which would turn the pattern `\\.` into `.`. `start` is where the fence begins, both counted from 1.
 */
export function typedMeta(text: string, start: { readonly line: number; readonly column: number }): string {
  const opening = lineOf(text, start.line).slice(start.column - 1);
  return /^(?:`+|~+)\s*\S+\s*(.*)$/.exec(opening)?.[1] ?? '';
}
