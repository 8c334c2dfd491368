/** What an author may get wrong with a component, and what the build then says. */
import { describe, expect, it } from 'vitest';
import { parseGlossary } from '../../../src/chapters/glossary.ts';
import { pythonAddress } from '../../../src/chapters/python-names/address.ts';
import { readChapter } from '../../../src/chapters/read-chapter.ts';

const glossary = parseGlossary('- term: iterator\n  also: [iterators]\n  definition: One.\n');

const head = `---
title: T
summary: S
order: 2
module: 1
outcomes: [One]
updated: 2026-11-22
---

`;

function faultsOf(body: string): readonly string[] {
  const place = { folder: '02-t', slug: 't', file: 'content/02-t/index.mdx' };
  return readChapter(place, head + body, glossary.entries).faults.map(
    ({ line, what, mend }) => `${line - 9}: ${what} | ${mend}`,
  );
}

describe('components of a chapter', () => {
  it.each([
    '<Aside type="version" since="3.14">New.</Aside>',
    '<Term>Iterators</Term> and <Term name="iterator">those</Term>',
    '<Api name="threading.Thread.join" /> <Api name="keyword:yield" /> <Api name="opcode:YIELD_VALUE" />',
    '<Columns>\n<Column title="A">\n\na\n\n</Column>\n<Column title="B">\n\nb\n\n</Column>\n</Columns>',
    '<Figure caption="C" alt="A">\n<svg viewBox="0 0 1 1"></svg>\n</Figure>',
    'import Drawing from "./drawing.svg"\n\n<Drawing />',
  ])('%j has no fault', (body) => {
    expect(faultsOf(body)).toEqual([]);
  });

  it.each([
    ['<Aside type="notes">x</Aside>', 'unknown type “notes”', 'Did you mean “note”?'],
    ['<Aside since="3.14">x</Aside>', 'since= on an Aside', 'type="version"'],
    ['<Figure caption="C">\n<svg viewBox="0 0 1 1"></svg>\n</Figure>', 'Figure without alt', '<Figure alt="…">'],
    ['<Details sumary="x">\n\ny\n\n</Details>', 'Details has no “sumary”', 'Did you mean “summary”?'],
    ['<Columns>\n<Column title="A">\n\na\n\n</Column>\n</Columns>', 'exactly two Column', 'compares two things'],
    ['<Asside>x</Asside>', 'no component “Asside”', 'Did you mean “Aside”?'],
    [
      '<Api name="threading.Thread.joint" />',
      'no documentation that the course knows has “threading.Thread.joint”',
      'Did you mean “threading.Thread.join”?',
    ],
    ['<Term>iterater</Term>', 'the glossary has no “iterater”', 'Did you mean “iterator”?'],
  ])('%j is told with its mend', (body, what, mend) => {
    const told = faultsOf(body).join('\n');
    expect(told).toContain('1: ');
    expect(told).toContain(what);
    expect(told).toContain(mend);
  });

  it('tells every fault of a chapter in one run', () => {
    expect(faultsOf('<Api name="nope.nope" />\n\n<Term>nope</Term>\n\n<Tab />')).toHaveLength(3);
  });
});

describe('the glossary', () => {
  it('tells a form that two entries claim, with its line', () => {
    const { faults } = parseGlossary(
      '- term: fiber\n  definition: A.\n- term: green thread\n  also: [Fiber]\n  definition: B.\n',
    );
    expect(faults.map(({ line, what }) => [line, what])).toEqual([[3, '“Fiber” already means “fiber”']]);
  });

  it('tells an unknown key', () => {
    expect(parseGlossary('- term: a\n  definitoin: b\n').faults.length).toBeGreaterThan(0);
  });
});

describe('addresses in Python’s documentation', () => {
  it.each([
    ['threading.Thread.join', 'library/threading.html#threading.Thread.join'],
    ['queue', 'library/queue.html#module-queue'],
    ['asyncio.run', 'library/asyncio-runner.html#asyncio.run'],
    ['object.__iter__', 'reference/datamodel.html#object.__iter__'],
    ['keyword:yield', 'reference/simple_stmts.html#yield'],
    ['opcode:YIELD_VALUE', 'library/dis.html#opcode-YIELD_VALUE'],
  ])('%s is at %s', (name, address) => {
    expect(pythonAddress(name)).toBe(`https://docs.python.org/3.14/${address}`);
  });
});
