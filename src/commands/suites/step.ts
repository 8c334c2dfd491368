/** One command of a run of suites, and what it says of itself. */
import { join } from 'node:path';
import { root } from '../install.mjs';
import type { Again, SuiteReport } from './report.ts';

export interface Step extends Again {
  readonly name: string;
}

/** Where suites leave their reports; emptied at the beginning of a run. `npm run quick` has a folder of its own in it. */
export const resultsFolder: string = join(root, process.env['RESULTS_FOLDER'] ?? 'test-results');

/** A failure that is no test's, and that no test can be run again for. */
export function fault(why: string): SuiteReport {
  return {
    passed: 0,
    skipped: 0,
    failing: [{ test: 'outside of its tests', whys: [why], inside: { passed: 0, skipped: 0 }, again: undefined }],
  };
}

/** A command that is right or wrong as a whole. */
export function checkStep(name: string, command: string, args: readonly string[]): Step {
  return {
    name,
    command,
    args,
    read: (code, said) =>
      code === 0 ? { passed: 1, skipped: 0, failing: [] } : fault(`It ended with exit code ${code}:\n${said}`),
  };
}

export const scriptStep = (name: string, script: string): Step => checkStep(name, 'npm', ['run', '--silent', script]);
