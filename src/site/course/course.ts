/** What `content/course.yaml` says, read once in a build, and again when it is saved while authors write; a faulty one ends the build. */
import { formatFaults } from '../../chapters/content-fault.ts';
import { courseFile, parseCourseFile } from '../../chapters/course-file.ts';
import type { CourseData } from '../../chapters/course-file.ts';

/** Vite knows by this that the pages depend on it. */
const files = import.meta.glob<string>('/content/course.yaml', { query: '?raw', import: 'default', eager: true });

function read(): CourseData {
  const { data, faults } = parseCourseFile(files[`/${courseFile}`] ?? '');
  if (data === undefined) throw new Error(formatFaults(faults));
  return data;
}

export const course = read();

/** Title and subtitle in one line. */
export const fullTitle = course.subtitle === undefined ? course.title : `${course.title}: ${course.subtitle}`;

/** What stands above a module's chapters; undefined where there is none of this number. */
export function moduleTitle(number: number | undefined): string | undefined {
  const title = number === undefined ? undefined : course.modules[number - 1];
  return title === undefined ? undefined : `Module ${number}: ${title}`;
}
