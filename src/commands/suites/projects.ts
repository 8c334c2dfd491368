/** The suites that vitest has, read from its configuration: a new one is run without being named a second time. */
import config from '../../../vitest.config.ts';

export function vitestProjects(): readonly string[] {
  const projects = config.test?.projects ?? [];
  return projects.flatMap((project) =>
    typeof project === 'object' && 'test' in project && typeof project.test.name === 'string'
      ? [project.test.name]
      : [],
  );
}
