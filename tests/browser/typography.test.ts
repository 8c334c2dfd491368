/** Prose has typographic marks wherever it comes from: chapters, YAML, attributes, tables of results. Code keeps its own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { elementsOf } from '../../src/build/html.ts';
import { pagesIn } from '../../src/build/pages.ts';

const folder = inject('siteFolder');
const code = /^(?:code|pre|samp|kbd|script|style|title|svg|textarea)$/;
/** The terms of the glossary are looked up by what an author types. */
const names = /^(?:dt|dd)$/;

it.each(await pagesIn(folder))('%s', (page) => {
  const straight: string[] = [];
  const elements = elementsOf(readFileSync(join(folder, page), 'utf8'));
  for (const { tagName, childNodes } of elements) {
    if (code.test(tagName) || names.test(tagName)) continue;
    for (const child of childNodes)
      if ('value' in child && /\p{L}'|"\S/u.test(child.value)) straight.push(`${tagName}: ${child.value.trim()}`);
  }
  // The glossary tells to screen readers which term an explanation is of.
  const told = straight.filter((text) => !/^span: : [\w ']+$/.test(text));
  // Elements inside code are code.
  const inCode = new Set(
    elements.filter(({ tagName }) => code.test(tagName)).flatMap((element) => textsOf(element.childNodes)),
  );
  expect(told.filter((text) => !inCode.has(text.replace(/^\w+: /, '')))).toEqual([]);
});

type Nodes = ReturnType<typeof elementsOf>[number]['childNodes'];

function textsOf(nodes: Nodes): string[] {
  return nodes.flatMap((node) =>
    'value' in node ? [node.value.trim()] : 'childNodes' in node ? textsOf(node.childNodes) : [],
  );
}
