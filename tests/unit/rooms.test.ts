/** The list of rooms is true of the files that are there, and the table in docs/architecture.md is the list's. */
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { matchesGlob } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rooms, type Room } from '../../rooms.mjs';
import { filesOf, quickTests, roomOf, suiteOf } from '../../src/commands/quick/belonging.ts';
import { tableInDocs, withTable } from '../../src/commands/quick/rooms-table.ts';
import { vitestProjects } from '../../src/commands/suites/projects.ts';

const testFiles = globSync('{tests,content/tests}/**/*.test.ts').map((file) => file.replaceAll('\\', '/'));
const tested = (room: Room): readonly (readonly [suite: string, patterns: readonly string[]])[] =>
  Object.entries(room.tests);
/** A suite may be named before it is there, and a course may have no tests of its own. */
const isThere = (pattern: string): boolean => existsSync(/^(?:content\/)?tests\/\w+/.exec(pattern)?.[0] ?? '');

describe('a room', () => {
  it('has each file of the project', () => {
    const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' })
      .trim()
      .split('\n');
    expect(files.length).toBeGreaterThan(300);
    expect(files.filter((file) => roomOf(file) === undefined)).toEqual([]);
  });

  it.each(rooms.map((room) => [room.name, room] as const))('%s names files and tests that are there', (_, room) => {
    expect(room.files.filter((pattern) => globSync(pattern).length === 0)).toEqual([]);
    for (const [suite, patterns] of tested(room)) {
      expect(patterns.filter((pattern) => !pattern.replace(/^content\//, '').startsWith(`tests/${suite}/`))).toEqual(
        [],
      );
      expect(patterns.filter((pattern) => isThere(pattern) && filesOf(pattern).length === 0)).toEqual([]);
    }
    const own = globSync(room.files as string[]).map((file) => file.replaceAll('\\', '/'));
    const changed = room.quick.map((line) => line.changed);
    expect(changed.filter((pattern) => !own.some((file) => matchesGlob(file, pattern)))).toEqual([]);
    const run = room.quick.flatMap((line) => line.run);
    expect(run.filter((file) => !testFiles.includes(file))).toEqual([]);
  });

  it('imports rooms that are there and, but for the order of reading, above it', () => {
    const names = rooms.map(({ name }) => name);
    const below = rooms.flatMap(({ name, imports }, place) =>
      typeof imports === 'string'
        ? []
        : imports
            .filter((other) => !names.slice(0, place).includes(other.replace(/\/.*/, '')))
            .map((other) => [name, other]),
    );
    expect(below).toEqual([]);
  });

  it('has every test file', () => {
    const patterns = rooms.flatMap((room) => tested(room).flatMap(([, own]) => own));
    expect(testFiles.filter((file) => !patterns.some((pattern) => matchesGlob(file, pattern)))).toEqual([]);
  });

  it('names only suites that vitest has', () => {
    const suites = new Set(testFiles.map(suiteOf));
    expect([...suites].filter((suite) => suite === undefined || !vitestProjects().includes(suite))).toEqual([]);
  });
});

describe('the choice for a changed file', () => {
  const chosen = (file: string): readonly string[] => {
    const room = roomOf(file);
    if (room === undefined) throw new Error(`no room has ${file}`);
    return quickTests(room, file);
  };

  it('is of the line that names it, of all such lines, and else of the line for the rest', () => {
    expect(chosen('src/island/live/replay.ts')).toEqual(['tests/browser/cell-replay.test.ts']);
    expect(chosen('src/island/editor/keep-edit.ts')).toContain('tests/browser/editor-saved.test.ts');
    expect(chosen('src/island/editor/keep-edit.ts')).toContain('tests/browser/editor-keys.test.ts');
    expect(chosen('src/island/menu.ts')).toEqual(['tests/browser/cell-run.test.ts', 'tests/browser/cell-keys.test.ts']);
  });

  it('has at most four files of the slow suites for any one file, so that it stays quick', () => {
    const files = globSync('{src,content,docs,tests}/**/*.*').map((file) => file.replaceAll('\\', '/'));
    expect(files.filter((file) => new Set(chosen(file)).size > 4)).toEqual([]);
  });

  it('has something for every file of the kernel, the session, the island and the site', () => {
    const files = globSync('src/{kernel,session,island,site,pages}/**/*.{ts,py,astro,css}');
    expect(files.length).toBeGreaterThan(200);
    expect(files.filter((file) => chosen(file.replaceAll('\\', '/')).length === 0)).toEqual([]);
  });
});

it('is a line of the table in docs/architecture.md (mend: npm run rooms)', () => {
  const text = readFileSync(tableInDocs, 'utf8');
  expect(text.split('\n')).toEqual(withTable(text).split('\n'));
});
