/** What search reads of a built page: words that a reader sees as prose, and names in code; never recorded output. */
import { attribute, type Element } from './html.ts';

const SILENT = new Set(['script', 'style', 'template', 'svg', 'button', 'noscript', 'math']);
const INLINE = new Set([
  'a',
  'abbr',
  'b',
  'code',
  'dfn',
  'em',
  'i',
  'kbd',
  'mark',
  'q',
  's',
  'samp',
  'small',
  'span',
  'strong',
  'sub',
  'sup',
  'u',
  'var',
  'wbr',
]);

export function isInline(element: Element): boolean {
  return INLINE.has(element.tagName) && !isSilent(element);
}

export function isSilent(element: Element): boolean {
  return (
    SILENT.has(element.tagName) ||
    attribute(element, 'data-pagefind-ignore') !== undefined ||
    attribute(element, 'aria-hidden') === 'true'
  );
}

export function hasClass(element: Element, name: string): boolean {
  return (attribute(element, 'class') ?? '').split(/\s+/).includes(name);
}

/** The words inside an element; white space stands between blocks, so that words of two paragraphs do not run together. */
export function wordsOf(element: Element): string {
  let text = '';
  const visit = (node: Element): void => {
    for (const child of node.childNodes) {
      if ('value' in child) text += child.value;
      if (!('tagName' in child) || isSilent(child)) continue;
      const block = !isInline(child);
      if (block) text += ' ';
      visit(child);
      if (block) text += ' ';
    }
  };
  visit(element);
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** Keywords tell nothing about a cell; those that a chapter is about (`yield`, `await`) are in its prose. */
const COMMON = new Set(
  'and as assert break class continue def del elif else except False finally for from global if import in is lambda None nonlocal not or pass print raise return self True try while with'.split(
    ' ',
  ),
);

/** Names in Python source, dotted ones whole, in order, each once: what a reader types who knows an API. */
export function namesIn(source: string): string[] {
  const code = source.replaceAll(/#.*$|"""[\s\S]*?"""|'[^'\n]*'|"[^"\n]*"/gm, ' ');
  const names = code.match(/[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/g) ?? [];
  return [...new Set(names)].filter((name) => name.length > 2 && !COMMON.has(name));
}

/** The last line of a recorded traceback: the message that a reader pastes. */
export function errorIn(traceback: string): string | undefined {
  return traceback
    .trim()
    .split('\n')
    .findLast((line) => /^[A-Za-z_][\w.]*(?::|$)/.test(line));
}
