/**
 * Compares results with `expected.json`, where each known failure and skip stands with its reason.
 *
 * Invariant: a test that did not pass is expected by a rule or is named; a rule that nothing needed is named too.
 */
import { readFileSync } from 'node:fs';
import type { TestResult } from './run-module.ts';

export interface Rule {
  /** `platform`: what one process without native threads cannot have. `version`: tests of another release than the
   * kernel's. `slow`: left out of `npm test` only. `defect`: ours. */
  readonly because: 'platform' | 'version' | 'slow' | 'defect';
  readonly reason: string;
  /** How these tests end. */
  readonly kinds: readonly TestResult['kind'][];
  /** Part of the test's name, */
  readonly tests?: readonly string[];
  /** or of the reason that CPython gives for a skip. */
  readonly says?: readonly string[];
  /** For this minor version of the tests only. */
  readonly of?: string;
  /** These tests are not run: they would end the interpreter, or (`quick`) take the time of all others in `npm test`. */
  readonly unrun?: 'always' | 'quick';
  /** It also passes at times: the rule is not missed when it does. */
  readonly sometimes?: true;
}

type Outcome = Pick<TestResult, 'test' | 'kind' | 'why'>;

export interface Judged<Result extends Outcome> {
  readonly unexpected: readonly Result[];
  readonly unneeded: readonly Rule[];
  readonly known: ReadonlyMap<Rule, readonly Result[]>;
}

/** The rules for tests of a `version`, as `3.14.10`. */
export function readRules(version: string): readonly Rule[] {
  const rules = JSON.parse(readFileSync(new URL('expected.json', import.meta.url), 'utf8')) as readonly Rule[];
  return rules.filter(({ of }) => of === undefined || version === of || version.startsWith(`${of}.`));
}

const leavesOut = (rule: Rule, module: string): boolean =>
  rule.unrun === 'always' && rule.tests?.includes(`${module}.`) === true;

/** Why none of `module` is run. */
export const leftOut = (rules: readonly Rule[], module: string): string | undefined =>
  rules.find((rule) => leavesOut(rule, module))?.reason;

/** Those of `modules` of which nothing is run, by the rule that says why. */
export function allLeftOut(rules: readonly Rule[], modules: readonly string[]): ReadonlyMap<Rule, readonly string[]> {
  const found = rules.map((rule) => [rule, modules.filter((module) => leavesOut(rule, module))] as const);
  return new Map(found.filter(([, left]) => left.length > 0));
}

function covers(rule: Rule, { test, kind, why }: Outcome): boolean {
  if (!rule.kinds.includes(kind)) return false;
  const named = rule.tests?.some((part) => test.includes(part)) ?? true;
  const said = rule.says?.some((part) => why.includes(part)) ?? true;
  return named && said && (rule.tests !== undefined || rule.says !== undefined);
}

export function judge<Result extends Outcome>(rules: readonly Rule[], results: readonly Result[]): Judged<Result> {
  const known = new Map<Rule, Result[]>(rules.map((rule) => [rule, []]));
  const unexpected = results.filter((result) => {
    if (result.kind === 'passed') return false;
    const rule = rules.find((rule) => covers(rule, result));
    if (rule) known.get(rule)?.push(result);
    return rule === undefined;
  });
  const unneeded = rules.filter(
    (rule) => known.get(rule)?.length === 0 && rule.sometimes === undefined && rule.unrun !== 'quick',
  );
  return { unexpected, unneeded, known };
}
