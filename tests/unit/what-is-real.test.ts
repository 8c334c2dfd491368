/** The page of what is real is what the recorded conformance run says, and every result in it has its reason. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeResults } from '../conformance/describe.ts';
import { isOfDistribution } from '../conformance/distributions.ts';
import { judge, leftOut, readRules } from '../conformance/judge.ts';
import { modules, startsMany } from '../conformance/modules.ts';
import { readRecords } from '../conformance/record.ts';

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

it('docs/what-is-real.md is written from them', () => {
  const own = records.find(({ version, python }) => version.split('.')[1] === python.split('.')[1]);
  if (own === undefined) throw new Error('No run with the tests of the kernel’s own version is recorded.');
  expect(readFileSync('docs/what-is-real.md', 'utf8')).toBe(describeResults(own, readRules(own.version)));
});
