/**
 * The committed results of whole runs, one for each version of the tests: what the docs are made from, and which test
 * files the rules were written for. Invariant: a module's record names the very text of the tests that it is of.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format } from 'prettier';
import { isOfDistribution } from './distributions.ts';
import { modules } from './modules.ts';
import type { TestResult } from './run-module.ts';

export interface ModuleRecord {
  /** Of the module's files: another hash is another version of the tests. */
  readonly hash: string;
  readonly passed: number;
  /** Every test that did not pass. */
  readonly others: readonly Omit<TestResult, 'seconds'>[];
}

export interface VersionRecord {
  /** Of the tests, for example `3.14.10`. */
  readonly version: string;
  /** Of the kernel's Python. */
  readonly python: string;
  readonly browser: string;
  readonly modules: Readonly<Record<string, ModuleRecord>>;
}

const file = new URL('results.json', import.meta.url);

export const readRecords = (): readonly VersionRecord[] =>
  JSON.parse(readFileSync(file, 'utf8')) as readonly VersionRecord[];

/** In the order of `modules.ts`, whichever was recorded last; without those that are no longer in it. */
export function inOrder(records: VersionRecord['modules']): VersionRecord['modules'] {
  return Object.fromEntries(
    modules.flatMap((module) => {
      const record = records[module];
      return record === undefined ? [] : [[module, record]];
    }),
  );
}

/** Takes the place of the record of the same minor version, or of its modules if it is of the same tests; answers with it. */
export async function writeRecord(record: VersionRecord): Promise<VersionRecord> {
  const minor = (version: string) => version.split('.').slice(0, 2).join('.');
  const before = readRecords();
  const same = before.find(({ version }) => version === record.version);
  const merged = { ...record, modules: inOrder({ ...same?.modules, ...record.modules }) };
  const others = before.filter(({ version }) => minor(version) !== minor(record.version));
  const records = [...others, merged].sort((a, b) => b.version.localeCompare(a.version));
  writeFileSync(file, await format(JSON.stringify(records), { parser: 'json', printWidth: 120 }));
  return merged;
}

/** Of the files in the `test` package, or beside it, that make `module` the tests that they are. */
export function hashOf(folder: string, module: string): string {
  const own = `${module.replaceAll('.', '/')}.py`;
  const shared = isOfDistribution(module) ? join(dirname(own), '__init__.py') : 'lock_tests.py';
  const hash = createHash('sha256');
  for (const name of [own, shared]) hash.update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 16);
}

/** The last line of a traceback, or the reason of a skip: what a reader needs. */
const brief = (why: string): string => (why.trimEnd().split('\n').at(-1) ?? '').slice(0, 200);

export function recordModule(hash: string, results: readonly TestResult[]): ModuleRecord {
  const others = results.filter(({ kind }) => kind !== 'passed');
  return {
    hash,
    passed: results.length - others.length,
    others: others.map(({ test, kind, why }) => ({ test, kind, why: brief(why) })),
  };
}
