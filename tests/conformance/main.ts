/**
 * `npm run conformance [-- [--browser B] [--limit S] [--only PART]... [MODULE...]]`: CPython's own tests in the
 * readers' kernel, one fresh kernel for each module; fails on anything that `expected.json` does not expect.
 * `npm run conformance -- --docs` writes `docs/what-is-real.md` from the last run of all modules.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDriver } from '../../src/recorder/driver/open.ts';
import { readMount } from '../../src/recorder/driver/read-mount.ts';
import { describeResults, type Results } from './describe.ts';
import { judge, readRules } from './judge.ts';
import { modules as all, needed } from './modules.ts';
import { runModule, type TestResult } from './run-module.ts';

const resultsFile = '.cache/conformance/results.json';
const docsFile = 'docs/what-is-real.md';

function testPackage(): string {
  const folder = process.env['CPYTHON_TESTS'];
  if (folder !== undefined && existsSync(join(folder, 'lock_tests.py'))) return folder;
  const mend = `Name the folder of the \`test\` package of an installed CPython 3.14:
  CPYTHON_TESTS=/usr/lib/python3.14/test npm run conformance
Debian has it in libpython3.14-testsuite; an interpreter from python.org, pyenv or uv has it at
  python3.14 -c 'import test; print(test.__path__[0])'`;
  const what =
    folder === undefined ? 'CPYTHON_TESTS is not set.' : `CPYTHON_TESTS=${folder}: no \`test\` package there.`;
  console.error(`${what} ${mend}`);
  process.exit(69);
}

function line(module: string, results: readonly TestResult[]): string {
  const count = (...kinds: TestResult['kind'][]) =>
    String(results.filter(({ kind }) => kinds.includes(kind)).length).padStart(5);
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0).toFixed(0);
  const failed = count('failed', 'timed out', 'crashed');
  return `${module.padEnd(42)}${count('passed')} passed${failed} failed${count('skipped')} skipped  ${seconds.padStart(4)} s`;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      browser: { type: 'string', default: 'chromium' },
      limit: { type: 'string', default: '60' },
      only: { type: 'string', multiple: true, default: [] },
    },
  });
  const browser = values.browser === 'firefox' ? 'firefox' : 'chromium';
  const folder = testPackage();
  const modules = positionals.length > 0 ? positionals : all;
  const files = [
    ...(await readMount(folder, '/conformance/lib/test', needed(modules))),
    ...(await readMount(join(import.meta.dirname, 'runner.py'), '/conformance/runner.py')),
  ];
  const rules = readRules();
  const unrun = rules.flatMap((rule) => (rule.unrun ? (rule.tests ?? []) : []));
  const byModule: Record<string, TestResult[]> = {};
  await using driver = await openDriver({ browser, files });
  for (const module of modules) {
    const limits = { test: Number(values.limit), module: 600 };
    byModule[module] = await runModule(driver, module, limits, values.only, unrun);
    console.log(line(module, byModule[module]));
  }
  const results = Object.values(byModule).flat();
  const whole = positionals.length === 0 && values.only.length === 0;
  const judged = judge(rules, results);
  for (const { test, kind, why } of judged.unexpected) console.log(`\nunexpected: ${test} ${kind}\n${why.trimEnd()}`);
  if (whole) for (const rule of judged.unneeded) console.log(`\nno longer needed in expected.json: ${rule.reason}`);
  console.log(`\n${line('all', results)}, ${judged.unexpected.length} unexpected`);
  if (judged.unexpected.length > 0 || results.length === 0) process.exitCode = 1;
  if (!whole) return;
  mkdirSync(join(resultsFile, '..'), { recursive: true });
  const { python, kind } = driver.producer;
  const record: Results = { python, kind, browser, modules: byModule };
  writeFileSync(resultsFile, JSON.stringify(record, null, 1));
}

function writeDocs(): void {
  if (!existsSync(resultsFile)) {
    console.error(`${resultsFile} is not there: it is written by a run of all modules, npm run conformance.`);
    process.exit(69);
  }
  writeFileSync(docsFile, describeResults(JSON.parse(readFileSync(resultsFile, 'utf8')) as Results, readRules()));
  console.log(`${docsFile} written from ${resultsFile}.`);
}

if (process.argv.includes('--docs')) writeDocs();
else await main();
