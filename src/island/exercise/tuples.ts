/** Tuples as Python writes them, taken apart. Invariant: what is no whole tuple is left as it is. */

const openers = '([{';
const closers = ')]}';

/** Each item of a tuple of two or more, as it is written; undefined for any other text. */
export function itemsOf(text: string): readonly string[] | undefined {
  if (!text.startsWith('(') || !text.endsWith(')')) return undefined;
  const items: string[] = [];
  let item = '';
  let depth = 0;
  let quote = '';
  const inner = text.slice(1, -1);
  for (let at = 0; at < inner.length; at += 1) {
    const character = inner.charAt(at);
    if (quote !== '') {
      if (character === '\\') {
        item += character + inner.charAt(at + 1);
        at += 1;
        continue;
      }
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (openers.includes(character)) depth += 1;
    else if (closers.includes(character)) depth -= 1;
    // The first parenthesis was closed before the end: `(a + b) * (c + d)`.
    if (depth < 0) return undefined;
    if (character === ',' && depth === 0 && quote === '') {
      items.push(item.trim());
      item = '';
    } else item += character;
  }
  if (depth !== 0 || quote !== '') return undefined;
  if (item.trim() !== '') items.push(item.trim());
  return items.length > 1 ? items : undefined;
}
