/**
 * Compares results with `expected.json`, where each known failure and skip stands with its reason.
 *
 * Invariant: a test that did not pass is expected by a rule or is named; a rule that nothing needed is named too.
 */
import { readFileSync } from 'node:fs';
import type { TestResult } from './run-module.ts';

export interface Rule {
  /** `platform`: what one process without native threads cannot have. `version`: tests of a later patch release.
   * `memory`: more than the browser gives. `defect`: ours. */
  readonly because: 'platform' | 'version' | 'memory' | 'defect';
  readonly reason: string;
  /** How these tests end. */
  readonly kinds: readonly TestResult['kind'][];
  /** Part of the test's name, */
  readonly tests?: readonly string[];
  /** or of the reason that CPython gives for a skip. */
  readonly says?: readonly string[];
  /** These tests are not run: they would end the interpreter. */
  readonly unrun?: true;
  /** It also passes at times: the rule is not missed when it does. */
  readonly sometimes?: true;
}

export interface Judged {
  readonly unexpected: readonly TestResult[];
  readonly unneeded: readonly Rule[];
  readonly known: ReadonlyMap<Rule, readonly TestResult[]>;
}

export function readRules(): readonly Rule[] {
  return JSON.parse(readFileSync(new URL('expected.json', import.meta.url), 'utf8')) as readonly Rule[];
}

function covers(rule: Rule, { test, kind, why }: TestResult): boolean {
  if (!rule.kinds.includes(kind)) return false;
  const named = rule.tests?.some((part) => test.includes(part)) ?? true;
  const said = rule.says?.some((part) => why.includes(part)) ?? true;
  return named && said && (rule.tests !== undefined || rule.says !== undefined);
}

export function judge(rules: readonly Rule[], results: readonly TestResult[]): Judged {
  const known = new Map<Rule, TestResult[]>(rules.map((rule) => [rule, []]));
  const unexpected = results.filter((result) => {
    if (result.kind === 'passed') return false;
    const rule = rules.find((rule) => covers(rule, result));
    if (rule) known.get(rule)?.push(result);
    return rule === undefined;
  });
  const unneeded = rules.filter((rule) => known.get(rule)?.length === 0 && rule.sometimes === undefined);
  return { unexpected, unneeded, known };
}
