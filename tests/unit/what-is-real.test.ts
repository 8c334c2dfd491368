/** The page of what is real is what the recorded conformance run says, and every result in it has its reason. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { countWords, total } from '../../src/site/reference/test-results.ts';
import { areas } from '../conformance/areas.ts';
import { describeResults } from '../conformance/describe.ts';
import { isOfDistribution } from '../conformance/distributions.ts';
import { judge, leftOut, readRules, type Rule } from '../conformance/judge.ts';
import { modules, startsMany } from '../conformance/modules.ts';
import { readRecords } from '../conformance/record.ts';
import { summarizeResults } from '../conformance/summarize.ts';

const records = readRecords();

describe.each(records.map((record) => [record.version, record] as const))(
  'the tests of CPython %s',
  (version, record) => {
    it('are recorded for every module that is not left out', () => {
      const rules = readRules(version);
      // The suites of distributions are recorded with the tests of the kernel's own release.
      const isOwn = version.split('.')[1] === record.python.split('.')[1];
      const expected = modules.filter((module) => isOwn || !(isOfDistribution(module) || startsMany.has(module)));
      expect(Object.keys(record.modules)).toEqual(expected.filter((module) => leftOut(rules, module) === undefined));
    });

    it('have a reason for each that does not pass', () => {
      const others = Object.values(record.modules).flatMap((module) => module.others);
      expect(judge(readRules(version), others).unexpected).toEqual([]);
    });
  },
);

const own = records.find(({ version, python }) => version.split('.')[1] === python.split('.')[1]);
if (own === undefined) throw new Error('No run with the tests of the kernel’s own version is recorded.');
const summary = summarizeResults(own, readRules(own.version));

it('docs/what-is-real.md is written from them', () => {
  expect(readFileSync('docs/what-is-real.md', 'utf8')).toBe(describeResults(own, readRules(own.version)));
});

it('docs/what-is-real.json is written from them', () => {
  expect(JSON.parse(readFileSync('docs/what-is-real.json', 'utf8'))).toEqual(summary);
});

describe('the summary by area', () => {
  it('has each module in one area', () => {
    expect(summary.areas.flatMap((area) => area.modules.map(({ name }) => name)).sort()).toEqual(
      Object.keys(own.modules).sort(),
    );
    for (const module of modules)
      expect([module, areas.filter((area) => area.modules.test(module)).map(({ id }) => id)]).toEqual([
        module,
        [expect.any(String)],
      ]);
  });

  it('says what each module is about', () => {
    const silent = summary.areas.flatMap((area) => area.modules).filter(({ about }) => about === '');
    expect(silent).toEqual([]);
  });

  it.each(summary.areas.map((area) => [area.title, area] as const))(
    'gives a reason for each test of %s that fails or is skipped, once',
    (_, area) => {
      const { failed, skipped } = total(area.modules);
      expect(total(area.reasons.map((reason) => ({ ...reason, passed: 0 })))).toEqual({ passed: 0, failed, skipped });
    },
  );

  it('counts a test that timed out or crashed as failed, and names our own faults first', () => {
    const rule = (because: Rule['because'], test: string): Rule => ({
      because,
      reason: `Why ${test}.`,
      kinds: ['failed', 'timed out', 'crashed', 'skipped'],
      tests: [test],
    });
    const others = [
      { test: 'test.test_queue.A.test_platform', kind: 'skipped', why: '' },
      { test: 'test.test_queue.A.test_slow', kind: 'timed out', why: '' },
      { test: 'test.test_queue.A.test_dead', kind: 'crashed', why: '' },
      { test: 'test.test_queue.A.test_wrong', kind: 'failed', why: '' },
    ] as const;
    const record = { ...own, modules: { test_queue: { hash: '', passed: 5, others } } };
    const rules = [rule('platform', 'test_platform'), rule('version', 'test_slow'), rule('defect', 'test_')];
    const [threads, pools] = summarizeResults(record, rules).areas;
    expect(threads?.modules).toMatchObject([{ name: 'test_queue', passed: 5, failed: 3, skipped: 1 }]);
    expect(threads?.reasons).toEqual([
      { because: 'defect', reason: 'Why test_.', failed: 2, skipped: 0 },
      { because: 'platform', reason: 'Why test_platform.', failed: 0, skipped: 1 },
      { because: 'version', reason: 'Why test_slow.', failed: 1, skipped: 0 },
    ]);
    expect(pools).toMatchObject({ id: 'pools', modules: [], reasons: [] });
  });
});

it('counts are told in words, without those that are zero', () => {
  expect(countWords({ passed: 1256, failed: 30, skipped: 76 })).toBe('1,256 passed, 30 failed, 76 skipped');
  expect(countWords({ passed: 7, failed: 0, skipped: 0 })).toBe('7 passed');
});
