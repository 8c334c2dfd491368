/** Builds the site of the course in `content/` once for a run of the suite `site`; test files get its path injected. */
import type { TestProject } from 'vitest/node';
import { provideSite } from './built-site.ts';
import { project } from './project-copy.ts';

export default function setup(to: TestProject): (() => void) | undefined {
  return provideSite(to, { name: 'course', courseRoot: project }, (build) => build(project));
}
