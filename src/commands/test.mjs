/**
 * `npm test`: installs what is missing, then runs lint, types, unit and browser tests, and CPython's own tests in the
 * kernel; every step runs even when one before it failed, and the last line counts the tests of all suites.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { ensureInstalled, root, run } from './install.mjs';

ensureInstalled();
const chromium = ensureBrowser('chromium');
if (chromium === undefined) {
  console.error(
    'No Chromium: the browser tests need one. Install it, or name its program: CHROMIUM=/path/to/chromium npm test',
  );
  process.exit(1);
}
const firefox = ensureBrowser('firefox');
const browsers = { CHROMIUM: chromium, ...(firefox === undefined ? {} : { FIREFOX: firefox }) };

const results = join(root, 'test-results');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const checks = [
  ['lint', 'npm', ['run', '--silent', 'lint']],
  ['types', 'npm', ['run', '--silent', 'types']],
  ['format', 'npm', ['run', '--silent', 'format:check']],
  ['dead code', 'npm', ['run', '--silent', 'dead-code']],
];
const suites = ['unit', 'browser'];
/** CPython's tests: failed is what nobody expects, skipped is what does not pass for a reason in expected.json. */
const conformance = [
  ['conformance', []],
  ...(firefox === undefined
    ? []
    : [['in Firefox', ['--browser', 'firefox', 'test_thread', 'test_threading', 'test_asyncio.test_threads']]]),
];

/** @returns {{passed: number, failed: number, skipped: number}} counted from Vitest's own report; no report is a failure */
function count(suite) {
  try {
    const report = JSON.parse(readFileSync(join(results, `${suite}.json`), 'utf8'));
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

const lines = [];
const total = { passed: 0, failed: 0, skipped: 0 };
const add = (name, part, seconds) => {
  for (const key of Object.keys(total)) total[key] += part[key];
  lines.push(
    `${name.padEnd(11)} ${String(part.passed).padStart(5)} passed ${String(part.failed).padStart(5)} failed ${String(part.skipped).padStart(5)} skipped  ${seconds.toFixed(0).padStart(4)} s`,
  );
};

for (const [name, command, args] of checks) {
  console.log(`\n== ${name}`);
  const start = performance.now();
  const passed = run(command, args) === 0;
  add(name, { passed: Number(passed), failed: Number(!passed), skipped: 0 }, (performance.now() - start) / 1000);
}
for (const suite of suites) {
  console.log(`\n== ${suite} tests`);
  const start = performance.now();
  const args = [
    'run',
    '--project',
    suite,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(results, `${suite}.json`)}`,
  ];
  const code = run('vitest', args, browsers);
  const part = count(suite);
  // A suite can fail without a failed test: an error outside of tests, or a file that cannot be read.
  if (code !== 0 && part.failed === 0) part.failed = 1;
  add(suite, part, (performance.now() - start) / 1000);
}

for (const [name, args] of conformance) {
  console.log(`\n== ${name}`);
  const start = performance.now();
  const summary = join(results, `${name.replace(' ', '-')}.json`);
  const code = run('node', ['tests/conformance/main.ts', '--quick', '--summary', summary, ...args], browsers);
  let part = { passed: 0, failed: 1, skipped: 0 };
  // Without a summary it did not come to its end.
  if (existsSync(summary)) part = JSON.parse(readFileSync(summary, 'utf8'));
  if (code !== 0 && part.failed === 0) part.failed = 1;
  add(name, part, (performance.now() - start) / 1000);
}

console.log(`\n${lines.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exit(total.failed === 0 ? 0 : 1);
