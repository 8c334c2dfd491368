/** Parses a chapter with the very parser that the build uses, and tells a syntax error by its line. */
import { mdxToJs, mdxToMdast } from 'satteri';
import type { Features, MdastNode } from 'satteri';
import { contentFault } from './content-fault.ts';
import type { ContentFault } from './content-fault.ts';

/** What the build must switch on too: `## Heading {#anchor}`, and quotes but no dashes changed (`--check` stays). */
export const markdownFeatures = {
  headingAttributes: true,
  smartPunctuation: { quotes: true, dashes: false, ellipses: false },
} satisfies Features;

export type ParseResult =
  { readonly ok: true; readonly tree: MdastNode } | { readonly ok: false; readonly fault: ContentFault };

/** Sätteri begins its messages with `line:column: ` and ends them with a code in parentheses. */
function syntaxFault(file: string, error: unknown): ContentFault {
  const message = error instanceof Error ? error.message : String(error);
  const match = /^(\d+):(\d+): (.*?)(?: \(mdx[\w:-]+\))?$/s.exec(message);
  const [, line = '1', column, text = message] = match ?? [];
  const at = column === undefined ? '' : ` at column ${column}`;
  return contentFault(
    { file, line: Number(line) },
    `not valid MDX${at}: ${text}`,
    'In prose, write \\{ for a brace and \\< for a sign that opens a tag; close every component. A heading’s {#id} comes last in its line.',
  );
}

export function parseMdx(file: string, text: string): ParseResult {
  try {
    const tree = mdxToMdast(text, { features: markdownFeatures });
    // The tree alone does not check import and export lines.
    mdxToJs(text, { features: markdownFeatures });
    return { ok: true, tree };
  } catch (error) {
    return { ok: false, fault: syntaxFault(file, error) };
  }
}

export function lineOf(node: MdastNode): number {
  return node.position?.start.line ?? 1;
}

/** Calls `visit` with `node` and all below it, in document order. */
export function walk(node: MdastNode, visit: (node: MdastNode) => void): void {
  visit(node);
  if ('children' in node) for (const child of node.children) walk(child, visit);
}

/** The text of a node without its markup. */
export function textOf(node: MdastNode): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}
