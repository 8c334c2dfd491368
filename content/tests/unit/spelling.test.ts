/**
 * The prose of the course is spelled as British English or with a word of `content/words.txt`. Code, in fences or in a
 * line, is not prose.
 */
import dictionary from 'dictionary-en-gb';
import nspell from 'nspell';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { readCourseFile } from '../../../src/chapters/course-file.ts';
import { lineOf, parseMdx, walk } from '../../../src/chapters/markdown.ts';
import { readSyllabus } from '../../../src/chapters/syllabus.ts';
import { readChapters } from '../../../src/chapters/read-chapters.ts';

const root = resolve(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const spelling = nspell(Buffer.from(dictionary.aff), Buffer.from(dictionary.dic));
const ours = read('content/words.txt')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
for (const word of ours) spelling.add(word);

/** Attributes of components that a reader reads. */
const readable = new Set(['alt', 'caption', 'label', 'title', 'summary']);

function misspelled(text: string): string[] {
  // A name of the language in a heading or an attribute stands without backticks.
  const prose = text.replaceAll(/`[^`]*`|https?:\S+|\S*[_/()=.]\S+/gu, ' ').replaceAll('’', "'");
  const words = (prose.match(/[\p{L}\d][\p{L}\d'-]*/gu) ?? []).flatMap((word) => word.split('-'));
  return words
    .map((word) => word.replace(/^'+|'+$/gu, '').replace(/'s$/u, ''))
    .filter((word) => word.length > 1 && !/\d/u.test(word) && !spelling.correct(word));
}

const { chapters } = readChapters(root);

it('reads the chapters', () => {
  expect(chapters.length).toBeGreaterThan(5);
});

it.each([...chapters.map(({ file }) => file), 'content/guide.mdx', 'content/what-is-real.mdx'])('%s', (file) => {
  const text = read(file);
  const front = /^---\n([\s\S]*?)\n---\n/u.exec(text);
  const faults: string[] = [];
  const look = (words: string, line: number): void => {
    faults.push(...misspelled(words).map((word) => `${file}:${line}: ${word}`));
  };
  const { title, summary, outcomes } = (parse(front?.[1] ?? '{}') ?? {}) as Record<string, string | string[]>;
  for (const words of [title, summary, outcomes].flat()) look(words ?? '', 1);
  // The same number of lines, so that faults are told where they stand.
  const parsed = parseMdx(
    file,
    text.replace(front?.[0] ?? '', (all) => '\n'.repeat(all.split('\n').length - 1)),
  );
  if (!parsed.ok) throw new Error(parsed.fault.what);
  walk(parsed.tree, (node) => {
    if (node.type === 'text') look(node.value, lineOf(node));
    if (node.type !== 'mdxJsxFlowElement' && node.type !== 'mdxJsxTextElement') return;
    for (const each of node.attributes)
      if (each.type === 'mdxJsxAttribute' && readable.has(each.name) && typeof each.value === 'string')
        look(each.value, lineOf(node));
  });
  expect(faults).toEqual([]);
});

it('content/glossary.yaml', () => {
  const terms = parse(read('content/glossary.yaml')) as readonly { term: string; definition: string }[];
  expect(terms.flatMap(({ term, definition }) => misspelled(`${term} ${definition}`))).toEqual([]);
});

it('content/course.yaml', () => {
  const { data } = readCourseFile(root);
  const texts = data?.parts.flatMap(({ title, aim }) => [title, aim ?? '']) ?? [];
  expect(
    [data?.title, data?.subtitle, data?.description, data?.lead, ...texts].flatMap((text) => misspelled(text ?? '')),
  ).toEqual([]);
});

it('content/syllabus.yaml', () => {
  const { lead, parts } = readSyllabus(root);
  const texts = parts.flatMap(({ title, entries }) => [title, ...entries.map(({ text }) => text)]);
  expect([lead, ...texts].flatMap(misspelled)).toEqual([]);
});

it('has no word of our own that the dictionary knows, or that stands there twice', () => {
  const plain = nspell(Buffer.from(dictionary.aff), Buffer.from(dictionary.dic));
  expect(ours.filter((word, at) => plain.correct(word) || ours.indexOf(word) !== at)).toEqual([]);
});
