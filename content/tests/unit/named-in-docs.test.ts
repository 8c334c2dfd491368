/** The files of `content/` that README, CONTRIBUTING and docs name as examples are there. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { example } from '../../../tests/unit/authoring-example.ts';

const documents = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/{*,adr/*}.md')];

it.each(documents)('%s', (document) => {
  const named = readFileSync(document, 'utf8').matchAll(/`(content\/[a-z0-9_./-]+)`/g);
  const files = [...named].map(([, file = '']) => file);
  // What an author makes by the first example of docs/authoring.md is judged by a test of its own.
  expect(files.filter((file) => !existsSync(file) && !file.startsWith(dirname(example.file)))).toEqual([]);
});
