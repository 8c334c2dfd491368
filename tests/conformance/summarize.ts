/**
 * The recorded result of a whole run by area, for the page of what is real: how many tests pass, and why others do not.
 *
 * Invariant: each test of the record is counted in one area, once.
 */
import type { AreaResults, TestResults } from '../../src/site/reference/test-results.ts';
import { areas } from './areas.ts';
import { judge, type Rule } from './judge.ts';
import { about } from './modules.ts';
import type { VersionRecord } from './record.ts';
import type { TestResult } from './run-module.ts';

const notRun = ({ kind }: Pick<TestResult, 'kind'>): boolean => kind === 'skipped';

/** Of what is ours to mend before what a browser lacks, and what fails before what is skipped. */
const order: readonly Rule['because'][] = ['defect', 'platform', 'version', 'slow'];

function reasonsOf(rules: readonly Rule[], others: VersionRecord['modules'][string]['others']): AreaResults['reasons'] {
  const { known } = judge(rules, others);
  return [...known]
    .filter(([, tests]) => tests.length > 0)
    .map(([{ because, reason }, tests]) => {
      const skipped = tests.filter(notRun).length;
      return { because, reason, failed: tests.length - skipped, skipped };
    })
    .sort(
      (a, b) => order.indexOf(a.because) - order.indexOf(b.because) || b.failed - a.failed || b.skipped - a.skipped,
    );
}

export function summarizeResults(record: VersionRecord, rules: readonly Rule[]): TestResults {
  const recorded = Object.entries(record.modules);
  return {
    tests: record.version,
    python: record.python,
    browser: record.browser,
    areas: areas.map(({ id, title, modules }) => {
      const own = recorded.filter(([module]) => modules.test(module));
      return {
        id,
        title,
        modules: own.map(([module, { passed, others }]) => {
          const skipped = others.filter(notRun).length;
          return { name: module, about: about[module] ?? '', passed, failed: others.length - skipped, skipped };
        }),
        reasons: reasonsOf(
          rules,
          own.flatMap(([, { others }]) => others),
        ),
      };
    }),
  };
}
