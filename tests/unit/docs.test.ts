/** What README, CONTRIBUTING and docs name is there: each command is a script of package.json, each path and link a file or folder. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const contributing = 'CONTRIBUTING.md';
const documents = ['README.md', contributing, ...globSync('docs/{*,adr/*}.md')];
const matches = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, part = '']) => part);

/** What is in `content/` is the course's own, and so is the test of it (`named-in-docs`). */
const isOfCourse = (file: string): boolean => file.startsWith('content/');

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
  expect(paths.filter((each) => !isOfCourse(each) && !existsSync(each))).toEqual([]);
});

describe(contributing, () => {
  const text = readFileSync(contributing, 'utf8');
  // The names of new files stand in angle brackets, so that `src/compare/<name>.ts` is no path.
  const inProse = matches(text, /`((?:[\w@.-]+\/)+[\w@.-]*|[\w-]+\.(?:md|mjs|json|ts|py))`/g);
  // What git ignores appears when a command has run.
  const ignored = readFileSync('.gitignore', 'utf8')
    .split('\n')
    .filter((line) => line.endsWith('/'));
  const isThere = (each: string): boolean => existsSync(each) || ignored.some((folder) => each.startsWith(folder));
  const inCommands = matches(text, /(?<=\s)((?:src|tests|docs|content)\/[\w./-]+)(?=\s|$|`)/gm);

  test('names only files and folders that are there, from the root of the project', () => {
    expect(inProse.length).toBeGreaterThan(60);
    expect(inCommands.length).toBeGreaterThan(10);
    expect([...inProse, ...inCommands].filter((each) => !isOfCourse(each) && !isThere(each))).toEqual([]);
  });

  test('names only projects of vitest that are there', () => {
    const projects = matches(text, /--project (\w+)/g);
    expect(projects.length).toBeGreaterThan(5);
    expect(projects.filter((project) => !existsSync(`tests/${project}`))).toEqual([]);
  });

  test('is short enough to be read at once', () => {
    expect(text.split('\n').length).toBeLessThanOrEqual(250);
  });
});
