/**
 * `npm run conformance [-- [--browser B] [--limit S] [--only PART]... [MODULE...]]`: CPython's own tests in the
 * readers' kernel, one fresh kernel for each module; fails on anything that `expected.json` does not expect.
 * `--record` writes the modules' results and `docs/what-is-real.md`; `--quick` and `--summary FILE` are `npm test`'s.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDriver } from '../../src/recorder/driver/open.ts';
import { readMount } from '../../src/recorder/driver/read-mount.ts';
import { describeResults } from './describe.ts';
import { judge, leftOut, readRules } from './judge.ts';
import { modules as all, needed } from './modules.ts';
import { hashOf, readRecords, recordModule, writeRecord, type ModuleRecord } from './record.ts';
import { runModule, type TestResult } from './run-module.ts';
import { findTestPackage } from './test-package.ts';

const docsFile = 'docs/what-is-real.md';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    browser: { type: 'string', default: 'chromium' },
    limit: { type: 'string', default: '150' },
    only: { type: 'string', multiple: true, default: [] },
    quick: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
    summary: { type: 'string' },
  },
});
const browser = options.browser === 'firefox' ? 'firefox' : 'chromium';
if (options.record && (options.quick || options.only.length > 0)) throw new Error('--record is for whole modules.');
const modules = positionals.length > 0 ? positionals : all;
const whole = positionals.length === 0 && options.only.length === 0 && !options.quick;

function summarize(passed: number, failures: readonly string[], skipped: number): void {
  const summary = { passed, failed: failures.length, skipped, failures };
  if (options.summary !== undefined) writeFileSync(options.summary, JSON.stringify(summary));
  if (failures.length > 0) process.exitCode = 1;
}

function line(module: string, results: readonly TestResult[], elapsed: number): string {
  const count = (...kinds: TestResult['kind'][]) =>
    String(results.filter(({ kind }) => kinds.includes(kind)).length).padStart(5);
  const failed = count('failed', 'timed out', 'crashed');
  const seconds = (elapsed / 1000).toFixed(0).padStart(4);
  return `${module.padEnd(42)}${count('passed')} passed${failed} failed${count('skipped')} skipped  ${seconds} s`;
}

async function run(folder: string, version: string): Promise<void> {
  console.log(`Tests of CPython ${version}, in ${browser}`);
  const rules = readRules(version);
  const unrun = rules.filter((rule) => rule.unrun === 'always' || (options.quick && rule.unrun === 'quick'));
  const files = [
    ...(await readMount(folder, '/conformance/lib/test', needed(modules))),
    ...(await readMount(join(import.meta.dirname, 'runner.py'), '/conformance/runner.py')),
  ];
  const results: TestResult[] = [];
  const records: Record<string, ModuleRecord> = {};
  const troubles: string[] = [];
  let unjudged = 0;
  await using driver = await openDriver({ browser, files });
  const { python } = driver.producer;
  /** Rules without a version are for tests of the kernel's own, which the docs tell of. */
  const isOwn = python.split('.')[1] === version.split('.')[1];
  const began = performance.now();
  for (const module of modules) {
    const start = performance.now();
    const reason = leftOut(rules, module);
    if (reason !== undefined) {
      console.log(`${module.padEnd(42)}left out: ${reason}`);
      continue;
    }
    const limits = { test: Number(options.limit), module: 900 };
    const parts = unrun.flatMap((rule) => rule.tests ?? []);
    const found = await runModule(driver, module, limits, options.only, parts);
    console.log(line(module, found, performance.now() - start));
    results.push(...found);
    const hash = hashOf(folder, module);
    records[module] = recordModule(hash, found);
    const recorded = readRecords().find((record) => record.modules[module]?.hash === hash)?.modules[module];
    const { unexpected } = judge(rules, found);
    if (recorded === undefined && !options.record) {
      unjudged += unexpected.length;
      for (const { test, kind } of unexpected)
        console.log(`not judged, its file is of a release not recorded: ${test} ${kind}`);
      continue;
    }
    troubles.push(...unexpected.map(({ test, kind, why }) => `unexpected: ${test} ${kind}\n${why.trimEnd()}`));
    const expected = recorded === undefined ? found.length : recorded.passed + recorded.others.length;
    if (options.only.length === 0 && found.length !== expected)
      troubles.push(`${module}: ${found.length} tests were found, ${expected} are there.`);
  }
  const { known, unneeded } = judge(rules, results);
  if (whole)
    for (const rule of unneeded)
      if (isOwn || rule.of !== undefined) console.log(`\nno longer needed in expected.json: ${rule.reason}`);
  for (const trouble of troubles) console.log(`\n${trouble}`);
  const passed = results.filter(({ kind }) => kind === 'passed').length;
  const expected = [...known.values()].flat().length;
  console.log(`\n${line('all', results, performance.now() - began)}`);
  console.log(
    `${expected} do not pass for a reason in expected.json, ${unjudged} are not judged, ${troubles.length} are unexpected`,
  );
  if (results.length === 0) troubles.push('No test was found.');
  summarize(passed, troubles, expected + unjudged);
  if (!options.record) return;
  const record = await writeRecord({ version, python, browser, modules: records });
  if (isOwn) writeFileSync(docsFile, describeResults(record, rules));
}

const found = findTestPackage();
if (found) await run(found.folder, found.version);
else {
  console.log('Skipped: name the folder of the `test` package of an installed CPython 3.14 or 3.13:');
  console.log("  CPYTHON_TESTS=$(python3.14 -c 'import test; print(test.__path__[0])') npm run conformance");
  summarize(0, [], 1);
  if (options.summary === undefined) process.exitCode = 69;
}
