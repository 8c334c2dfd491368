/** A text as a fence of Markdown, whose marks are longer than any in it. */
export function fence(opening: string, text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  // A first line with a backtick in it would be no fence.
  const marks = (opening.includes('`') ? '~' : '`').repeat(longest + 1);
  return `${marks}${opening}\n${text.replace(/\n$/, '')}\n${marks}`;
}
