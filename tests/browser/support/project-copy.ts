/** A copy of the project in a folder of its own, without its course: for builds of another. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { courseFile } from '../../unit/chapters/course-on-disk.ts';

export const project = path.resolve(import.meta.dirname, '../../..');

const parts = [
  'astro.config.mjs',
  'site.config.ts',
  'package.json',
  'tsconfig.json',
  'public',
  'src',
  '.cache/runtime',
];

/** The folder whose `content/` is the small course of these tests. */
export const testCourse = path.join(project, 'tests/course');

/** The new project's root; whoever asks for it removes it. */
export function copyProject(name: string): string {
  const root = mkdtempSync(path.join(tmpdir(), `${name}-`));
  for (const part of parts) {
    const from = path.join(project, part);
    if (existsSync(from)) cpSync(from, path.join(root, part), { recursive: true, force: true });
  }
  mkdirSync(path.join(root, 'content'), { recursive: true });
  writeFileSync(path.join(root, 'content/course.yaml'), courseFile);
  writeFileSync(
    path.join(root, 'content/glossary.yaml'),
    '- term: generator\n  definition: A function that can pause.\n',
  );
  symlinkSync(path.join(project, 'node_modules'), path.join(root, 'node_modules'));
  return root;
}

/** A copy with the small course of these tests, whose site they look at, and with what a page tells of CPython's tests. */
export function copyTestCourse(name: string): string {
  const root = copyProject(name);
  cpSync(path.join(project, 'docs/what-is-real.json'), path.join(root, 'docs/what-is-real.json'), { recursive: true });
  cpSync(path.join(testCourse, 'content'), path.join(root, 'content'), { recursive: true, force: true });
  return root;
}
