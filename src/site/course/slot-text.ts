/** The plain text of rendered inline HTML, as an author wrote it: no tags, no entities. */
import { parseFragment } from 'parse5';
import type { DefaultTreeAdapterTypes } from 'parse5';

const textOf = (node: DefaultTreeAdapterTypes.ChildNode): string => {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
};

export function slotText(html: string): string {
  return parseFragment(html).childNodes.map(textOf).join('').trim();
}
