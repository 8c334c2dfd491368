/** Suites that vitest runs: the command, and its report in JSON read as ours. */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Failing, SuiteReport } from './report.ts';
import type { Step } from './step.ts';
import { fault, resultsFolder } from './step.ts';

/** What is read of vitest's report. */
export interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
}

/** An error's message without its stack. */
const brief = (text: string): string => (stripVTControlCharacters(text).split('\n    at ', 1)[0] ?? '').slice(0, 400);

/** `-t` takes a regular expression. */
export const exactly = (name: string): string => `^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`;

let runs = 0;

/** A project of `vitest.config.ts`, or the part of it that `chosen` names: files, `-t` and a pattern. */
export function vitestStep(project: string, chosen: readonly string[] = [], verb: 'run' | 'related' = 'run'): Step {
  runs += 1;
  const file = join(resultsFolder, `${project}${chosen.length === 0 ? '' : `-${runs}`}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  return {
    name: project,
    command: 'vitest',
    args: [verb, ...(verb === 'related' ? ['--run'] : []), '--project', project, ...chosen, ...reporters],
    read: (code, said) => {
      if (!existsSync(file)) return fault(`It did not come to its end (exit code ${code}):\n${said}`);
      const report = readVitest(project, JSON.parse(readFileSync(file, 'utf8')) as VitestReport, process.cwd());
      if (code === 0 || report.failing.length > 0) return report;
      const { failing } = fault(`No test failed, and the exit code is ${code}:\n${said}`);
      return { ...report, failing };
    },
  };
}

/** `root` is what the names of files are told from. */
export function readVitest(project: string, { testResults }: VitestReport, root: string): SuiteReport {
  const counts = { passed: 0, skipped: 0 };
  const failing: Failing[] = [];
  for (const { name, status, message, assertionResults } of testResults) {
    const file = relative(root, name);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    const passed = assertionResults.filter((test) => test.status === 'passed').length;
    const inside = { passed, skipped: assertionResults.length - passed - failed.length };
    if (failed.length === 0 && status === 'failed') {
      const whys = [brief(message ?? '') || 'The file failed, and none of its tests.'] as const;
      failing.push({ test: file, whys: [whys[0]], inside, again: vitestStep(project, [file]) });
      continue;
    }
    counts.passed += inside.passed;
    counts.skipped += inside.skipped;
    for (const { ancestorTitles, title, failureMessages } of failed) {
      // As vitest itself puts a name together, for its output and for `-t`.
      const fullName = [...ancestorTitles, title].join(' > ');
      failing.push({
        test: `${file}: ${fullName}`,
        whys: [brief(failureMessages?.[0] ?? '')],
        inside: { passed: 0, skipped: 0 },
        again: only(vitestStep(project, [file, '-t', exactly(fullName)])),
      });
    }
  }
  return { ...counts, failing };
}

/** The other tests of the file, which the pattern leaves out, are no skipped tests. */
function only(step: Step): Step {
  return { ...step, read: (code, said) => ({ ...step.read(code, said), skipped: 0 }) };
}
