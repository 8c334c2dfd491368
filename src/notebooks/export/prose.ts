/**
 * The Markdown of a part of a chapter: its own text, with only those places changed that MDX or the site would have to read.
 */
import type { MdastNode } from 'satteri';
import { dirname, join } from 'node:path';
import { attributeOf, isElement } from '../../chapters/exercises/components.ts';
import { documentedAt } from '../../chapters/python-names/documented-at.ts';
import { bracketed } from '../bracketed.ts';
import { imageAddress } from './drawing.ts';
import { linkFrom } from './links.ts';
import type { Source } from './source.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

export function spanOf(node: MdastNode): Span {
  const { start, end } = node.position ?? {};
  if (start?.offset === undefined || end?.offset === undefined) throw new TypeError(`a ${node.type} without a place`);
  return { start: start.offset, end: end.offset };
}

function childrenOf(node: MdastNode): readonly MdastNode[] {
  return 'children' in node ? node.children : [];
}

/** What stands inside a node, as Markdown; '' when nothing does. */
function inside(source: Source, node: MdastNode): string {
  const children = childrenOf(node);
  const [first, last] = [children[0], children.at(-1)];
  if (first === undefined || last === undefined) return '';
  return changed(source, { start: spanOf(first).start, end: spanOf(last).end }, children);
}

function apiLink(source: Source, node: MdastNode, name: string): string {
  const shown = inside(source, node) || `\`${name.replace(/^(?:keyword|opcode):/u, '')}\``;
  const address = documentedAt(name);
  return address === undefined ? shown : `[${shown}](${address})`;
}

/** What is written in place of a node; undefined for one that stays as it is, but for what is inside. */
function replacement(source: Source, node: MdastNode): string | undefined {
  if (isElement(node)) {
    if (node.name === 'Term') return inside(source, node);
    if (node.name === 'Api') return apiLink(source, node, attributeOf(node, 'name') ?? '');
    // A component that has no form of its own in a notebook: what is in it.
    return /^[A-Z]/.test(node.name ?? '') ? inside(source, node) : undefined;
  }
  switch (node.type) {
    case 'link': {
      const address = linkFrom(source, node.url);
      if (address === node.url) return undefined;
      const shown = inside(source, node);
      return address === undefined ? shown : `[${shown}](${address})`;
    }
    case 'image': {
      const file = node.url.startsWith('/')
        ? join('public', node.url)
        : join(dirname(source.chapter.file), decodeURI(node.url));
      const address = imageAddress(source.root, file);
      return address === undefined ? undefined : `![${bracketed(node.alt ?? '')}](${address})`;
    }
    case 'mdxTextExpression':
    case 'mdxFlowExpression': {
      const literal = /^\s*(["'`])(.*)\1\s*$/s.exec(node.value)?.[2];
      return literal ?? (node.value.trim().startsWith('/*') ? '' : `\`${node.value.trim()}\``);
    }
    case 'heading': {
      const text = changed(source, spanOf(node), childrenOf(node));
      return text.replace(/\s*\{#[^}]*\}\s*$/, '');
    }
    case 'mdxjsEsm':
      return '';
    default:
      return undefined;
  }
}

/** The text of `span` with what `nodes` need changed in it. */
function changed(source: Source, span: Span, nodes: readonly MdastNode[]): string {
  let text = '';
  let at = span.start;
  const visit = (node: MdastNode): void => {
    const { start, end } = spanOf(node);
    const written = replacement(source, node);
    if (written === undefined) {
      childrenOf(node).forEach(visit);
      return;
    }
    text += source.text.slice(at, start) + written;
    at = end;
  };
  nodes.forEach(visit);
  return text + source.text.slice(at, span.end);
}

/** `nodes` follow each other in the chapter. */
export function markdownOf(source: Source, nodes: readonly MdastNode[]): string {
  const [first, last] = [nodes[0], nodes.at(-1)];
  if (first === undefined || last === undefined) return '';
  return changed(source, { start: spanOf(first).start, end: spanOf(last).end }, nodes).trim();
}
