/** The first example of docs/authoring.md agrees with itself. */
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { folderParts, readChapters } from '../../src/chapters/read-chapters.ts';
import { checkCourse } from '../../src/chapters/check-course.ts';
import { formatFaults } from '../../src/chapters/content-fault.ts';
import { courseOnDisk } from './chapters/course-on-disk.ts';
import { example } from './authoring-example.ts';

const folder = dirname(example.file).replace('content/', '');
const parts = folderParts(folder);

it('names one folder, one address and one snapshot', () => {
  expect(example.address).toBe(`/${parts?.slug ?? ''}/`);
  expect(example.shown).toBe(example.address);
  expect(example.target).toBe(parts?.slug);
  using course = courseOnDisk({ [example.file]: example.text });
  const [chapter] = readChapters(course.root).chapters;
  expect(chapter?.cells.map(({ cell }) => `content/${folder}/snapshots/${cell.id}.json`)).toEqual([example.snapshot]);
});

it('has one fault until it is recorded: that it is not', () => {
  using course = courseOnDisk({ [example.file]: example.text });
  const { faults } = checkCourse(course.root);
  expect(formatFaults(faults)).toMatch(/^content\/\S+: “first-thread-cell” has no recorded output\n.*$/);
});
