/** Reads built HTML with a real parser and changes only the bytes that an edit names: all else stays as it was. */
import { parse, type DefaultTreeAdapterTypes } from 'parse5';

export type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.Node;

export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Every element in document order, those inside `<template>` too. */
export function elementsOf(html: string): Element[] {
  const found: Element[] = [];
  const visit = (node: Node): void => {
    if ('tagName' in node) found.push(node);
    if ('content' in node) visit(node.content);
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parse(html, { sourceCodeLocationInfo: true }));
  return found;
}

export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((attr) => attr.name === name)?.value;
}

/** The text directly inside an element, as the parser sees it (what a browser hashes for an inline script). */
export function textOf(element: Element): string {
  return element.childNodes.map((child) => ('value' in child ? child.value : '')).join('');
}

/** The edit that gives an attribute another value; undefined when the element is implied and has no bytes. */
export function attributeEdit(element: Element, name: string, value: string): Edit | undefined {
  const location = element.sourceCodeLocation?.attrs?.[name];
  if (location === undefined) return undefined;
  const escaped = value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return { start: location.startOffset, end: location.endOffset, text: `${name}="${escaped}"` };
}

/** Applies edits that do not overlap. */
export function splice(html: string, edits: readonly Edit[]): string {
  let result = '';
  let from = 0;
  for (const edit of [...edits].sort((one, other) => one.start - other.start)) {
    result += html.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return result + html.slice(from);
}
