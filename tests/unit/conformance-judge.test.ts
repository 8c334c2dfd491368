/** How results of CPython's tests are held against the rules of `expected.json`. */
import { describe, expect, it } from 'vitest';
import { judge, readRules, type Rule } from '../conformance/judge.ts';
import { inOrder } from '../conformance/record.ts';

const rule: Rule = { because: 'platform', kinds: ['skipped'], says: ['no fork'], reason: 'There is no fork.' };
const result = (test: string, kind: 'passed' | 'failed' | 'skipped', why = '') => ({ test, kind, why });

describe('a test', () => {
  it('that fails without a rule is unexpected', () => {
    const failed = result('test.a', 'failed', 'AssertionError');
    expect(judge([rule], [failed, result('test.b', 'skipped', 'no fork')]).unexpected).toEqual([failed]);
  });

  it('that fails where a rule expects a skip is unexpected', () => {
    expect(judge([rule], [result('test.a', 'failed', 'no fork')]).unexpected).toHaveLength(1);
  });

  it('that is skipped for a reason no rule names is unexpected', () => {
    expect(judge([rule], [result('test.a', 'skipped', 'no mood')]).unexpected).toHaveLength(1);
  });

  it('that passes needs no rule', () => {
    expect(judge([], [result('test.a', 'passed')]).unexpected).toEqual([]);
  });
});

describe('a rule', () => {
  it('that no result needs is named, unless it holds at times only', () => {
    const sometimes: Rule = { ...rule, sometimes: true };
    expect(judge([rule, sometimes], []).unneeded).toEqual([rule]);
  });

  it('of one version holds for that version’s tests only', () => {
    const of = (version: string) => readRules(version).filter((rule) => rule.of !== undefined).length;
    expect(of('3.13.5')).toBeGreaterThan(0);
    expect(of('3.14.10')).toBe(0);
  });
});

it('keeps records in the order of the list, also of a module that is recorded later by itself', () => {
  const record = { hash: '', passed: 1, others: [] };
  const recorded = inOrder({ test_queue: record, test_gone: record, test_thread: record });
  expect(Object.keys(recorded)).toEqual(['test_thread', 'test_queue']);
});
