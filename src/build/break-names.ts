/**
 * Where a name that is too long for a phone's line may go on in the next: after a dot, an underscore, or before a capital, as in
 * `multiprocessing.Process`. Without these places it would be broken anywhere.
 *
 * Invariant: the text stays as it is, character for character.
 */
import type { DefaultTreeAdapterTypes } from 'parse5';
import type { Edit, Element } from './html.ts';

const HEADINGS = new Set(['h1', 'h2', 'h3', 'h4', 'dt']);
const PLACES = /(?<=\w[._])(?=[A-Za-z])|(?<=[a-z])(?=[A-Z])/g;

/** Shorter ones fit into a line of a phone: of a heading, and of code in a sentence. */
const LONG_IN_HEADING = /[\w.]{20,}/g;
const LONG_IN_SENTENCE = /[\w.]{30,}/g;

type Node = DefaultTreeAdapterTypes.ParentNode | DefaultTreeAdapterTypes.ChildNode;

/** A table scrolls in its box, as code of several lines does: a name in it is never broken. */
function longIn(node: Node, around: RegExp | undefined): RegExp | undefined {
  if (!('tagName' in node)) return around;
  if (HEADINGS.has(node.tagName)) return LONG_IN_HEADING;
  return node.tagName === 'code' ? (around ?? LONG_IN_SENTENCE) : around;
}

function* editsIn(html: string, node: Node, around?: RegExp): Generator<Edit> {
  if ('tagName' in node && ['pre', 'table', 'svg', 'template'].includes(node.tagName)) return;
  const at = node.sourceCodeLocation;
  if ('value' in node && around && at) {
    const text = html.slice(at.startOffset, at.endOffset);
    const broken = text.replaceAll(around, (name) => name.replaceAll(PLACES, '<wbr>'));
    if (broken !== text) yield { start: at.startOffset, end: at.endOffset, text: broken };
  }
  const long = longIn(node, around);
  if ('childNodes' in node) for (const child of node.childNodes) yield* editsIn(html, child, long);
}

/** `html` is what `elements` were parsed from. */
export function breakNames(html: string, elements: readonly Element[]): readonly Edit[] {
  const body = elements.find(({ tagName }) => tagName === 'body');
  return body ? [...editsIn(html, body)] : [];
}
