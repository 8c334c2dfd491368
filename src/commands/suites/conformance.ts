/** CPython's own tests as a suite: what fails is a module, and a module is run again by itself. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SuiteReport } from './report.ts';
import type { Step } from './step.ts';
import { fault, resultsFolder } from './step.ts';

/** What `tests/conformance/main.ts --summary FILE` writes. */
export interface ConformanceSummary {
  readonly modules: readonly {
    readonly module: string;
    readonly passed: number;
    /** What does not pass for a reason in expected.json, and what is not judged. */
    readonly skipped: number;
    /** What nobody expects, each in words. */
    readonly failures: readonly string[];
  }[];
  /** Of the run as a whole. */
  readonly skipped: number;
  readonly failures: readonly string[];
}

let runs = 0;

/** Without `modules` it is all of them. */
export function conformanceStep(name: string, options: readonly string[], modules: readonly string[] = []): Step {
  runs += 1;
  const file = join(resultsFolder, `${name.replaceAll(' ', '-')}-${runs}.json`);
  return {
    name,
    command: 'node',
    args: ['tests/conformance/main.ts', '--quick', '--summary', file, ...options, ...modules],
    read: (code, said) => {
      if (!existsSync(file)) return fault(`It did not come to its end (exit code ${code}):\n${said}`);
      const report = readConformance(name, options, JSON.parse(readFileSync(file, 'utf8')) as ConformanceSummary);
      if (code === 0 || report.failing.length > 0) return report;
      const { failing } = fault(`No test failed, and the exit code is ${code}:\n${said}`);
      return { ...report, failing };
    },
  };
}

/** `name` and `options` are those of the step. */
export function readConformance(
  name: string,
  options: readonly string[],
  { modules, skipped, failures }: ConformanceSummary,
): SuiteReport {
  const good = modules.filter((module) => module.failures.length === 0);
  const failing = modules.flatMap(({ module, failures: [first, ...more], passed, skipped }) =>
    first === undefined
      ? []
      : [
          {
            test: module,
            whys: [first, ...more] as const,
            inside: { passed, skipped },
            again: conformanceStep(name, options, [module]),
          },
        ],
  );
  return {
    passed: good.reduce((sum, module) => sum + module.passed, 0),
    skipped: good.reduce((sum, module) => sum + module.skipped, skipped),
    failing: [...failing, ...failures.flatMap((why) => fault(why).failing)],
  };
}
