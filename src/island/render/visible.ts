/** Characters that would hide, reorder or break text are named instead of obeyed. */

/** C0 but tab, DEL, C1; marks, embeddings, overrides and isolates of bidirectional text; line and paragraph separators. */
export const unsafeCharacters =
  '[\\x00-\\x08\\x0a-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]';

/** What is shown for a character of `unsafeCharacters`: its control picture, else its code point. */
export function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

const unsafe = new RegExp(unsafeCharacters, 'g');

/** Text out of the sandbox as it may be shown: nothing in it hides or reorders the rest; line breaks stay. */
export const shown = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replace(unsafe, visible))
    .join('\n');
