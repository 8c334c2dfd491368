/** All faults of all chapters in one run: the same for the build, `npm run check` and the recorder. */
import { chainFaults } from './chain.ts';
import type { ContentFault } from './content-fault.ts';
import { verdictFaults } from './exercises/verdict-faults.ts';
import { linkFaults, linkTargets } from './link-faults.ts';
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
  const targets = linkTargets(root, course.chapters);
  const faults = [...course.faults, ...syllabusFaults(readSyllabus(root), course.chapters)];
  for (const chapter of course.chapters) {
    faults.push(...chapter.faults, ...chainFaults(chapter), ...linkFaults(chapter, targets));
    faults.push(...snapshotFaults(root, chapter), ...referenceFaults(root, chapter), ...verdictFaults(root, chapter));
  }
  return { chapters: course.chapters, faults };
}
