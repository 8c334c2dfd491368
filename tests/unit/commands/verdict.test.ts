/** From the suites' reports and the second runs of what failed to the verdict on the whole run. */
import { describe, expect, it } from 'vitest';
import { readConformance } from '../../../src/commands/suites/conformance.ts';
import type { SuiteReport } from '../../../src/commands/suites/report.ts';
import {
  firsts,
  judge,
  most,
  secondOf,
  settled,
  type First,
  type Second,
  type Tried,
} from '../../../src/commands/suites/verdict.ts';
import { exactly, readVitest } from '../../../src/commands/suites/vitest.ts';

const none = { passed: 0, skipped: 0 };
const first = (test: string, why = 'AssertionError', inside = none): First => ({
  suite: 'browser',
  failing: { test, whys: [why], inside, again: undefined },
});
const passes: Second = { state: 'passed', inside: { passed: 1, skipped: 0 } };
const fails = (why: string): Second => ({ state: 'failed', whys: [why] });
const browser: SuiteReport = { passed: 10, skipped: 2, failing: [] };
const many = (count: number, second: Second): Tried[] =>
  Array.from({ length: count }, (_, index) => ({ ...first(`t${index}`), second }));

describe('a run', () => {
  it('in which nothing fails is the sum of its suites', () => {
    expect(judge([browser, { ...none, passed: 3, failing: [] }], [])).toEqual({
      passed: 13,
      skipped: 2,
      failed: 0,
      unstable: [],
      failures: [],
    });
  });

  it('stays green with a test that passes the second time, and names it with its first failure', () => {
    const { passed, failed, unstable, failures } = judge([browser], [{ ...first('t', 'too late'), second: passes }]);
    expect([passed, failed, failures]).toEqual([11, 0, []]);
    expect(unstable).toEqual([{ suite: 'browser', test: 't', firstFailure: ['too late'] }]);
  });

  it('is red with a test that fails twice, and tells both failures', () => {
    const { passed, failed, failures } = judge([browser], [{ ...first('t', 'this'), second: fails('that') }]);
    expect([passed, failed]).toEqual([10, 1]);
    expect(failures).toEqual(['browser: t: this\n  again, alone: that']);
  });

  it(`is green with ${most} unstable tests and red with one more, of which none then counts as passed`, () => {
    expect(judge([browser], many(most, passes))).toMatchObject({ passed: 10 + most, failed: 0 });
    const { passed, failed, unstable, failures } = judge([browser], many(most + 1, passes));
    expect([passed, failed, unstable.length]).toEqual([10, most + 1, most + 1]);
    expect(failures).toEqual([`${most + 1} tests are unstable, and more than ${most} are too many.`]);
  });

  it('is red with what was not run again, and says why it was not', () => {
    const { failed, failures } = judge(
      [browser],
      [{ ...first('lint', 'exit code 1'), second: { state: 'not run', reason: 'it is no test' } }],
    );
    expect(failed).toBe(1);
    expect(failures).toEqual(['browser: lint: exit code 1\n  not run again: it is no test']);
  });

  it('runs nothing again once it is red whatever would follow', () => {
    expect(settled([...many(most, passes), ...many(most, fails('no'))])).toBeUndefined();
    expect(settled(many(most + 1, passes))).toContain('unstable');
    expect(settled(many(most + 1, fails('no')))).toContain('failed twice');
  });
});

describe('a second run', () => {
  it('in which no test ran is a failure', () => {
    expect(secondOf({ passed: 0, skipped: 5, failing: [] }).state).toBe('failed');
  });

  it('of a file counts in place of what the first one had of it', () => {
    const file = first('a.test.ts', 'hook failed', { passed: 2, skipped: 3 });
    const again: Second = { state: 'passed', inside: { passed: 5, skipped: 0 } };
    expect(judge([browser], [{ ...file, second: again }])).toMatchObject({ passed: 15, skipped: 2, failed: 0 });
    expect(judge([browser], [{ ...file, second: fails('hook') }])).toMatchObject({ passed: 12, skipped: 5, failed: 1 });
  });
});

describe('a report of vitest', () => {
  const report = (status: string, ...tests: readonly (readonly [string, string])[]) => ({
    testResults: [
      {
        name: '/root/tests/kernel/a.test.ts',
        status,
        message: 'Error: no browser\n    at x.ts:1:1',
        assertionResults: tests.map(([title, status]) => ({
          ancestorTitles: ['of a'],
          title,
          status,
          failureMessages: status === 'failed' ? ['Error: \u001B[31mno\u001B[39m\n    at y.ts:2:2'] : [],
        })),
      },
    ],
  });

  it('names each test that failed with its file and why, and how to run it alone', () => {
    const { passed, skipped, failing } = readVitest(
      'kernel',
      report('failed', ['(b) works?', 'failed'], ['c', 'passed'], ['d', 'pending']),
      '/root',
    );
    expect([passed, skipped]).toEqual([1, 1]);
    expect(failing).toMatchObject([{ test: 'tests/kernel/a.test.ts: of a > (b) works?', whys: ['Error: no'] }]);
    expect(failing[0]?.again?.args.slice(0, 6)).toEqual([
      'run',
      '--project',
      'kernel',
      'tests/kernel/a.test.ts',
      '-t',
      String.raw`^of a > \(b\) works\?$`,
    ]);
  });

  it('has a file that failed outside of its tests run again as a whole', () => {
    const { passed, failing } = readVitest('kernel', report('failed', ['c', 'passed'], ['d', 'pending']), '/root');
    expect(passed).toBe(0);
    expect(failing).toMatchObject([
      { test: 'tests/kernel/a.test.ts', whys: ['Error: no browser'], inside: { passed: 1, skipped: 1 } },
    ]);
    expect(failing[0]?.again?.args).not.toContain('-t');
  });

  it('matches no other test by the name of one', () => {
    expect(new RegExp(exactly('a.b [c]')).test('a.b [c]')).toBe(true);
    expect(new RegExp(exactly('a.b [c]')).test('a.b [c] more')).toBe(false);
    expect(new RegExp(exactly('a.b [c]')).test('axb c')).toBe(false);
  });
});

describe('a summary of CPython’s tests', () => {
  it('has each module with a failure run again by itself, in its own browser', () => {
    const good = { module: 'test_queue', passed: 40, skipped: 1, failures: [] };
    const bad = { module: 'test_thread', passed: 20, skipped: 2, failures: ['unexpected: a', 'unexpected: b'] };
    const options = ['--browser', 'firefox'];
    const report = readConformance('in Firefox', options, { modules: [good, bad], skipped: 0, failures: [] });
    expect([report.passed, report.skipped]).toEqual([40, 1]);
    expect(report.failing).toMatchObject([{ test: 'test_thread', whys: bad.failures, inside: { passed: 20 } }]);
    expect(report.failing[0]?.again?.args.slice(-3)).toEqual([...options, 'test_thread']);
    const [tried] = firsts(new Map([['in Firefox', report]])).map((one) => ({ ...one, second: fails('again') }));
    expect(judge([report], tried ? [tried] : [])).toMatchObject({ passed: 60, failed: 2 });
  });

  it('is red by a failure of the whole run, which no module can be run again for', () => {
    const report = readConformance('conformance', [], { modules: [], skipped: 0, failures: ['No test was found.'] });
    expect(report.failing).toMatchObject([{ whys: ['No test was found.'], again: undefined }]);
  });
});
