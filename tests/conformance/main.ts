/**
 * `npm run conformance [-- [--browser B] [--limit S] [--only PART]... [MODULE...]]`: CPython's own tests, and those of
 * distributions from PyPI, in the readers' kernel, one fresh kernel for each module; fails on anything that `expected.json` does not expect.
 * `--record` writes the modules' results, `docs/what-is-real.md` and `docs/what-is-real.json`; `--quick` (without the
 * modules that are run by hand alone) and `--summary FILE` are `npm test`'s.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ConformanceSummary } from '../../src/commands/suites/conformance.ts';
import type { MountedFile } from '../../src/protocol/to-sandbox.ts';
import { openDriver } from '../../src/recorder/driver/open.ts';
import { readMount } from '../../src/recorder/driver/read-mount.ts';
import { distributionFiles, findDistributions, isOfDistribution, isQuick } from './distributions.ts';
import { judge, leftOut, readRules } from './judge.ts';
import { modules as all, needed, startsMany } from './modules.ts';
import { hashOf, readRecords, recordModule, writeRecord, type ModuleRecord } from './record.ts';
import { runModule, type TestResult } from './run-module.ts';
import { findTestPackage } from './test-package.ts';
import { writeDocs } from './write-docs.ts';

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
const chosen =
  positionals.length > 0
    ? positionals
    : all.filter((module) => !options.quick || (isQuick(module) && !startsMany.has(module)));
const distributions = chosen.some(isOfDistribution) ? await findDistributions() : undefined;
const modules = chosen.filter((module) => !isOfDistribution(module) || distributions !== undefined);
const whole = positionals.length === 0 && options.only.length === 0 && !options.quick;

function summarize(summary: ConformanceSummary): void {
  if (options.summary !== undefined) writeFileSync(options.summary, JSON.stringify(summary));
  const failures = [...summary.modules.flatMap((module) => module.failures), ...summary.failures];
  if (failures.length > 0) process.exitCode = 1;
}

function line(module: string, results: readonly TestResult[], elapsed: number): string {
  const count = (...kinds: TestResult['kind'][]) =>
    String(results.filter(({ kind }) => kinds.includes(kind)).length).padStart(5);
  const failed = count('failed', 'timed out', 'crashed');
  const seconds = (elapsed / 1000).toFixed(0).padStart(4);
  return `${module.padEnd(42)}${count('passed')} passed${failed} failed${count('skipped')} skipped  ${seconds} s`;
}

/** CPython's own, with what `added/` has for the end of some that a page could not import. */
async function testFiles(folder: string, chosen: readonly string[]): Promise<readonly MountedFile[]> {
  const path = '/lib/python3.14/lib-dynload/test';
  const files = await readMount(folder, path, needed(chosen));
  const added = await readMount(join(import.meta.dirname, 'added'), path);
  return files.map((file) => {
    const more = added.find((one) => one.path === file.path);
    return more ? { path: file.path, content: Buffer.concat([file.content, more.content]) } : file;
  });
}

async function run(folder: string, version: string): Promise<void> {
  console.log(`Tests of CPython ${version}, in ${browser}`);
  const rules = readRules(version);
  const unrun = rules.filter((rule) => rule.unrun === 'always' || (options.quick && rule.unrun === 'quick'));
  const files = [
    ...(await testFiles(folder, modules)),
    ...(await readMount(join(import.meta.dirname, 'runner'), '/conformance/runner')),
    ...(distributions === undefined ? [] : await distributionFiles(distributions, '/conformance')),
  ];
  const results: TestResult[] = [];
  const records: Record<string, ModuleRecord> = {};
  const judged: ConformanceSummary['modules'][number][] = [];
  let unjudged = 0;
  await using resources = new AsyncDisposableStack();
  const open = async () => resources.use(await openDriver({ browser, files }));
  let driver = await open();
  const { python } = driver.producer;
  /** Rules without a version are for tests of the kernel's own, which the docs tell of. */
  const isOwn = python.split('.')[1] === version.split('.')[1];
  const began = performance.now();
  for (const module of modules) {
    // What a distribution's tests say depends on the kernel's Python, not on the release of CPython's tests; those that start
    // many processes are recorded for the kernel's own release.
    if ((isOfDistribution(module) || startsMany.has(module)) && !isOwn) continue;
    const start = performance.now();
    const reason = leftOut(rules, module);
    if (reason !== undefined) {
      console.log(`${module.padEnd(42)}left out: ${reason}`);
      continue;
    }
    const limits = { test: Number(options.limit), module: 900 };
    const parts = unrun.flatMap((rule) => rule.tests ?? []);
    let found: TestResult[];
    try {
      found = await runModule(driver, module, limits, options.only, parts, !options.quick);
    } catch (error) {
      // The browser itself is gone: the module has failed, and the next one gets another.
      const failure = `${module}: the browser failed: ${error instanceof Error ? error.message : String(error)}`;
      console.log(failure);
      judged.push({ module, passed: 0, skipped: 0, failures: [failure] });
      driver = await open();
      continue;
    }
    console.log(line(module, found, performance.now() - start));
    results.push(...found);
    const hash = hashOf(isOfDistribution(module) && distributions !== undefined ? distributions : folder, module);
    records[module] = recordModule(hash, found);
    const recorded = readRecords().find((record) => record.modules[module]?.hash === hash)?.modules[module];
    const { unexpected, known } = judge(rules, found);
    const passed = found.filter(({ kind }) => kind === 'passed').length;
    const reasoned = [...known.values()].flat().length;
    if (recorded === undefined && !options.record) {
      unjudged += unexpected.length;
      for (const { test, kind, why } of unexpected)
        console.log(`not judged, its file is of a release not recorded: ${test} ${kind}\n${why.trimEnd()}`);
      judged.push({ module, passed, skipped: reasoned + unexpected.length, failures: [] });
      continue;
    }
    const failures = unexpected.map(({ test, kind, why }) => `unexpected: ${test} ${kind}\n${why.trimEnd()}`);
    const expected = recorded === undefined ? found.length : recorded.passed + recorded.others.length;
    if (options.only.length === 0 && found.length !== expected)
      failures.push(`${module}: ${found.length} tests were found, ${expected} are there.`);
    judged.push({ module, passed, skipped: reasoned, failures });
  }
  const { known, unneeded } = judge(rules, results);
  if (whole)
    for (const rule of unneeded)
      if (isOwn || rule.of !== undefined) console.log(`\nno longer needed in expected.json: ${rule.reason}`);
  const troubles = judged.flatMap(({ failures }) => failures);
  for (const trouble of troubles) console.log(`\n${trouble}`);
  const expected = [...known.values()].flat().length;
  console.log(`\n${line('all', results, performance.now() - began)}`);
  console.log(
    `${expected} do not pass for a reason in expected.json, ${unjudged} are not judged, ${troubles.length} are unexpected`,
  );
  const failures = results.length === 0 && troubles.length === 0 ? ['No test was found.'] : [];
  summarize({ modules: judged, skipped: 0, failures });
  if (!options.record) return;
  const record = await writeRecord({ version, python, browser, modules: records });
  if (isOwn) await writeDocs(record, rules);
}

const found = findTestPackage();
if (found) await run(found.folder, found.version);
else {
  console.log('Skipped: name the folder of the `test` package of an installed CPython 3.14 or 3.13:');
  console.log("  CPYTHON_TESTS=$(python3.14 -c 'import test; print(test.__path__[0])') npm run conformance");
  summarize({ modules: [], skipped: 1, failures: [] });
  if (options.summary === undefined) process.exitCode = 69;
}
