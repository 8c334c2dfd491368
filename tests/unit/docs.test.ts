/** What README and docs name is there: each command is a script of package.json, each path and link a file or folder. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const documents = ['README.md', ...globSync('docs/{*,adr/*}.md')];
const matches = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, part = '']) => part);

test('there are documents to look at', () => {
  expect(documents.length).toBeGreaterThan(10);
});

test.each(documents)('%s', (document) => {
  const text = readFileSync(document, 'utf8');
  const commands = matches(text, /npm run (?:-s )?([a-z][a-z:-]*)/g);
  expect(commands.filter((name) => scripts[name] === undefined)).toEqual([]);
  // A link that begins with a dot is an example for authors.
  const links = matches(text, /\]\((?!https?:|#|\/|\.\/)([^)#\s]+)/g);
  expect(links.filter((link) => !existsSync(path.join(path.dirname(document), link)))).toEqual([]);
  // A path with a capital or a star in it is a pattern and names no one file.
  const paths = matches(text, /`((?:src|content|docs|public|tests)\/[a-z0-9_./-]+)`/g);
  expect(paths.filter((each) => !existsSync(each))).toEqual([]);
});
