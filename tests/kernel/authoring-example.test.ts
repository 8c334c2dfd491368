/** The first example of docs/authoring.md, followed to the letter: written, recorded, checked. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { example } from '../unit/authoring-example.ts';
import { courseToRun } from './course-to-run.ts';

it('is recorded by its command into its file, and the check finds no fault', () => {
  using course = courseToRun({ [example.file]: example.text });
  const command = (script: string, ...words: readonly string[]) =>
    spawnSync(process.execPath, [join(import.meta.dirname, '../..', script), ...words], {
      cwd: course.root,
      encoding: 'utf8',
    });
  const recorded = command('src/recorder/main.ts', example.target);
  expect(recorded.stdout).toContain('recorded: 1');
  expect(recorded.status).toBe(0);
  expect(existsSync(join(course.root, example.snapshot))).toBe(true);
  const checked = command('src/commands/check.ts');
  expect(checked.stdout).toContain('chapters: 1, cells: 1, faults: 0');
  expect(checked.status).toBe(0);
});
