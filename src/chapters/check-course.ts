/** All faults of all chapters in one run: the same for the build, `npm run check` and the recorder. */
import { chainFaults } from './chain.ts';
import type { ContentFault } from './content-fault.ts';
import { inPreparation, readCourseFile } from './course-file.ts';
import { courseFileFaults } from './course-file-faults.ts';
import { importFaults } from './drawings.ts';
import { verdictFaults } from './exercises/verdict-faults.ts';
import { glossaryFaults } from './glossary-faults.ts';
import { addressFaults, linkFaults, linkTargets } from './link-faults.ts';
import { pageAnchors } from './page-anchors.ts';
import { referenceFaults } from './reference-faults.ts';
import { readChapters } from './read-chapters.ts';
import type { Course } from './read-chapters.ts';
import { snapshotFaults } from './snapshot-faults.ts';
import { readSyllabus, syllabusFaults } from './syllabus.ts';

export interface CheckedCourse extends Course {
  readonly faults: readonly ContentFault[];
}

/** `root` is the project's root. */
export function checkCourse(root: string): CheckedCourse {
  const course = readChapters(root);
  const { guide, glossary } = course;
  const file = readCourseFile(root);
  const syllabus = readSyllabus(root);
  const targets = linkTargets(root, course.chapters, pageAnchors(root, course, syllabus, file.data));
  const faults = [
    ...courseFileFaults(file, course.chapters),
    ...course.faults,
    ...addressFaults(course.chapters, targets),
    ...glossaryFaults(glossary, targets.chapters),
    ...syllabusFaults(syllabus, course.chapters, inPreparation(file)),
  ];
  if (guide !== undefined) faults.push(...guide.faults, ...linkFaults(guide, targets), ...importFaults(root, guide));
  for (const chapter of course.chapters) {
    faults.push(...chapter.faults, ...chainFaults(chapter), ...linkFaults(chapter, targets));
    faults.push(...importFaults(root, chapter));
    faults.push(...snapshotFaults(root, chapter), ...referenceFaults(root, chapter), ...verdictFaults(root, chapter));
  }
  return { ...course, faults };
}
