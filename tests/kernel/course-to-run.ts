/** A small course whose commands run the readers' kernel: the runtime is the project's, not built again for each course. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { courseOnDisk } from '../unit/chapters/course-on-disk.ts';
import type { DiskCourse } from '../unit/chapters/course-on-disk.ts';

const built = join(import.meta.dirname, '../../.cache');

/** Paths are relative to the course's root. */
export function courseToRun(files: Readonly<Record<string, string>>): DiskCourse {
  const course = courseOnDisk(files);
  mkdirSync(join(course.root, '.cache'));
  // What is known to pass is each course's own.
  for (const part of ['runtime', 'driver']) {
    mkdirSync(join(built, part), { recursive: true });
    symlinkSync(join(built, part), join(course.root, '.cache', part));
  }
  return course;
}
