/** The program that a teacher wrote into an element: its attributes, and its text without what only indents it in the page. */
import type { EmbeddedProgram } from '../../protocol/embed.ts';
import { nameFault } from '../playground/file-names.ts';

/** Without empty lines around it, and without the indentation that all its lines share. */
export function dedent(text: string): string {
  const lines = text
    .replaceAll('\r\n', '\n')
    .replace(/^(?:[^\S\n]*\n)+/, '')
    .trimEnd()
    .split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0] ?? '');
  const [first = '', ...rest] = indents;
  const shared = rest.reduce((prefix, indent) => {
    let length = 0;
    while (length < prefix.length && prefix[length] === indent[length]) length += 1;
    return prefix.slice(0, length);
  }, first);
  return lines.map((line) => (line.trim() === '' ? '' : line.slice(shared.length))).join('\n');
}

/** `<script type="text/python">`, else `<template>`, else the text of the element. */
export function writtenIn(element: Element): string {
  const script = element.querySelector('script[type="text/python"]');
  const template = element.querySelector('template');
  return dedent(script?.textContent ?? template?.content.textContent ?? element.textContent);
}

/** What the attributes say of a program; a value that says nothing, or cannot be, is as if it were not there. */
export function saidOf(element: Element): Omit<EmbeddedProgram, 'source'> {
  const said = (name: string): string | undefined => element.getAttribute(name)?.trim() || undefined;
  const [name, title, clock] = [said('name'), said('title'), Number(said('clock'))];
  const fault = name === undefined ? undefined : nameFault(name);
  if (fault !== undefined) console.warn(`py-cell: name="${name}" has no effect. ${fault}`);
  return {
    mode: said('mode') === 'notebook' ? 'notebook' : 'script',
    ...(name !== undefined && fault === undefined && { name }),
    ...(title !== undefined && { title: title.slice(0, 200) }),
    ...(clock > 1 && { clock: Math.min(clock, 1000) }),
    ...(element.hasAttribute('timeline') && { timeline: true }),
  };
}
