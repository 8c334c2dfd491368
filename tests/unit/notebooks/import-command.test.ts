/** `npm run import-notebook` as an author types it: what it writes and says, and that it spoils nothing that is there. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { courseOnDisk, frontmatter, type DiskCourse } from '../chapters/course-on-disk.ts';

let course: DiskCourse;
beforeEach(() => {
  course = courseOnDisk({ 'content/01-here/index.mdx': `${frontmatter(1)}\nText.\n` });
});
afterEach(() => {
  course[Symbol.dispose]();
});

const lesson = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: [
    { cell_type: 'markdown', id: 'a', metadata: {}, source: '# A lesson\n\nAbout it.' },
    { cell_type: 'code', id: 'a', metadata: {}, source: '%time x = 1\nx', execution_count: 1, outputs: [] },
  ],
};

function run(...words: readonly string[]) {
  const command = resolve('src/commands/import-notebook.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...words], {
    cwd: course.root,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const chapters = () => readdirSync(join(course.root, 'content')).filter((name) => /^\d/.test(name));

it('makes the next chapter, and tells what it could not take over', () => {
  writeFileSync(join(course.root, 'My lesson.ipynb'), JSON.stringify(lesson));
  const { status, stdout } = run('My lesson.ipynb');
  expect(status).toBe(0);
  expect(stdout).toContain('content/02-my-lesson: cells: 1, outputs: 1, images: 0');
  expect(stdout).toContain('  cell 2: %time x = 1 is of IPython, and no Python: now a comment\n');
  expect(stdout).toContain('npm run record -- my-lesson');
  expect(readFileSync(join(course.root, 'content/02-my-lesson/index.mdx'), 'utf8')).toContain('title: A lesson');
  expect(existsSync(join(course.root, 'content/02-my-lesson/snapshots/cell-2.json'))).toBe(true);
});

it('takes the address that it is given', () => {
  writeFileSync(join(course.root, 'lesson.ipynb'), JSON.stringify(lesson));
  expect(run('lesson.ipynb', '--as', 'first-threads').status).toBe(0);
  // What is left of `--as second` when npm was given no `--`.
  expect(run('lesson.ipynb', 'second').status).toBe(0);
  expect(chapters()).toEqual(['01-here', '02-first-threads', '03-second']);
});

it.each([
  [['lesson.ipynb', '--as', 'here'], 'the address /here/ is taken by content/01-here\n    Name another: --as here-2\n'],
  [['lesson.ipynb', '--as', '../up'], '--as ../up is no address\n    Give one of lower-case letters'],
  [['lesson.ipynb', '--as', 'runtime'], 'the address /runtime/ is the site’s own\n    Name another'],
  [['lesson.ipynb', '--as'], 'npm run import-notebook'],
  [[], 'npm run import-notebook'],
  [['missing.ipynb'], 'missing.ipynb: no such file\n'],
  [['old.ipynb'], 'old.ipynb: it is of nbformat 3, and 4 is read\n    Convert it: jupyter nbconvert'],
] as const)('writes nothing for %j, and says why', (words, said) => {
  writeFileSync(join(course.root, 'lesson.ipynb'), JSON.stringify(lesson));
  writeFileSync(join(course.root, 'old.ipynb'), '{"nbformat": 3, "worksheets": []}');
  const { status, stderr } = run(...words);
  expect(status).toBe(1);
  expect(stderr).toContain(said);
  expect(chapters()).toEqual(['01-here']);
});
