/**
 * From what the suites reported, and from the second runs of what had failed, to the verdict on the whole run.
 *
 * Invariant: every first failure is in the verdict, as a failure or as an unstable test; a run with more than `most`
 * unstable tests is red, as is one with a test that failed twice.
 */
import type { Counts, Failing, SuiteReport } from './report.ts';

/** Unstable tests that a green run may have. */
export const most = 5;

/** A test that failed, with its suite. */
export interface First {
  readonly suite: string;
  readonly failing: Failing;
}

export type Second =
  | { readonly state: 'passed'; readonly inside: Counts }
  | { readonly state: 'failed'; readonly whys: readonly string[] }
  /** `reason` in words, why it was not run again. */
  | { readonly state: 'not run'; readonly reason: string };

export interface Tried extends First {
  readonly second: Second;
}

/** A test that failed among all others, and passed alone. */
interface Unstable {
  readonly suite: string;
  readonly test: string;
  readonly firstFailure: readonly string[];
}

export interface Verdict extends Counts {
  readonly failed: number;
  readonly unstable: readonly Unstable[];
  /** Each in words, with both failures. */
  readonly failures: readonly string[];
}

export function firsts(reports: ReadonlyMap<string, SuiteReport>): readonly First[] {
  return [...reports].flatMap(([suite, { failing }]) => failing.map((each) => ({ suite, failing: each })));
}

/** What a command that ran one test again has shown. A run in which nothing passed proves nothing. */
export function secondOf({ passed, skipped, failing }: SuiteReport): Second {
  if (failing.length > 0) return { state: 'failed', whys: failing.flatMap(({ whys }) => whys) };
  if (passed === 0) return { state: 'failed', whys: ['When it was to run again, no test ran.'] };
  return { state: 'passed', inside: { passed, skipped } };
}

/** Why nothing more needs to be run again: the run is red, whatever else would pass. */
export function settled(tried: readonly Tried[]): string | undefined {
  const count = (state: Second['state']): number => tried.filter(({ second }) => second.state === state).length;
  if (count('passed') > most) return `more than ${most} others are unstable, which makes the run red`;
  if (count('failed') > most) return `more than ${most} others failed twice`;
  return undefined;
}

function words({ suite, failing, second }: Tried): string[] {
  const name = `${suite}: ${failing.test}`;
  const first = failing.whys.join('\n');
  switch (second.state) {
    case 'passed':
      return [];
    case 'failed': {
      const again = second.whys.join('\n');
      return [again === first ? `${name}: twice: ${first}` : `${name}: ${first}\n  again, alone: ${again}`];
    }
    case 'not run':
      return failing.whys.map((why) => `${name}: ${why}\n  not run again: ${second.reason}`);
    default:
      return second satisfies never;
  }
}

export function judge(reports: readonly SuiteReport[], tried: readonly Tried[]): Verdict {
  const unstable = tried.flatMap(({ suite, failing, second }) =>
    second.state === 'passed' ? [{ suite, test: failing.test, firstFailure: failing.whys }] : [],
  );
  const tooMany = unstable.length > most;
  const counts = { passed: 0, skipped: 0, failed: 0 };
  for (const { passed, skipped } of reports) {
    counts.passed += passed;
    counts.skipped += skipped;
  }
  for (const { failing, second } of tried) {
    const passes = second.state === 'passed' && !tooMany;
    const { passed, skipped } = passes ? second.inside : failing.inside;
    counts.passed += passed;
    counts.skipped += skipped;
    if (!passes) counts.failed += failing.whys.length;
  }
  const failures = tried.flatMap(words);
  if (tooMany) failures.push(`${unstable.length} tests are unstable, and more than ${most} are too many.`);
  return { ...counts, unstable, failures };
}
