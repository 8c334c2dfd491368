/** A small course whose commands run the readers' kernel: the runtime is the project's, not built again for each course. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { courseOnDisk } from '../unit/chapters/course-on-disk.ts';
import type { DiskCourse } from '../unit/chapters/course-on-disk.ts';

const built = join(import.meta.dirname, '../../.cache');

/** Paths are relative to the course's root. */
export function courseToRun(files: Readonly<Record<string, string>>): DiskCourse {
  mkdirSync(built, { recursive: true });
  const course = courseOnDisk(files);
  symlinkSync(built, join(course.root, '.cache'));
  return course;
}
