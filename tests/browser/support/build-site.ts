/**
 * Builds the site of the small course that the engine's tests have (`tests/course`) once for a run of a suite, or of all
 * suites, into a folder of its own; test files get its path injected.
 */
import { rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { provideSite } from './built-site.ts';
import { copyTestCourse, testCourse } from './project-copy.ts';

export default function setup(to: TestProject): (() => void) | undefined {
  return provideSite(to, { name: 'site', courseRoot: testCourse }, (build) => {
    const root = copyTestCourse('course-for-tests');
    try {
      return build(root);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
}
