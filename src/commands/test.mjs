/**
 * `npm test`: installs what is missing, then runs lint, types, unit and browser tests, the recorded cells, and CPython's
 * own tests in the kernel. Every step runs even when one before it failed, two at a time, and the last line counts the
 * tests of all suites.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { ensureBrowser } from './browser.mjs';
import { ensureInstalled, root, runBeside } from './install.mjs';

/** @typedef {{passed: number, failed: number, skipped: number, failures?: readonly string[]}} Counts each failure with why */
/** @typedef {{name: string, command: string, args: readonly string[], count: (code: number) => Counts}} Step */

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

/**
 * @param {string} file a report in JSON; without one the step did not come to its end, which is a failure
 * @param {(report: any) => Counts} read
 * @returns {(code: number) => Counts} a step can fail without a failed test: an error outside of tests
 */
const fromReport = (file, read) => (code) => {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const counts = read(JSON.parse(readFileSync(file, 'utf8')));
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1, failures: undefined } : counts;
};

/** @returns {Step} */
const check = (name, script) => ({
  name,
  command: 'npm',
  args: ['run', '--silent', script],
  count: (code) => ({ passed: Number(code === 0), failed: Number(code !== 0), skipped: 0 }),
});

/** @returns {string[]} of a file of vitest's report: its failed tests, each with why, or why it has none */
const failuresIn = ({ name, status, message, assertionResults }) => {
  const file = relative(root, name);
  const failed = assertionResults.filter((test) => test.status === 'failed');
  if (failed.length === 0) return status === 'failed' ? [`${file}: ${why(message)}`] : [];
  return failed.map((test) => `${file}: ${test.fullName}: ${why(test.failureMessages[0])}`);
};

/** @returns {string} an error's message without its stack */
const why = (text = '') => stripVTControlCharacters(text).split('\n    at ', 1)[0].slice(0, 400);

/** @returns {Step} a project of `vitest.config.ts` */
const suite = (name) => {
  const file = join(results, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  return {
    name,
    command: 'vitest',
    args: ['run', '--project', name, ...reporters],
    count: fromReport(file, (report) => ({
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
      failures: report.testResults.flatMap(failuresIn),
    })),
  };
};

/** @returns {Step} CPython's tests: failed is what nobody expects, skipped what does not pass for a reason in expected.json */
const conformance = (name, options) => {
  const file = join(results, `${name.replaceAll(' ', '-')}.json`);
  return {
    name,
    command: 'node',
    args: ['tests/conformance/main.ts', '--quick', '--summary', file, ...options],
    count: fromReport(file, (report) => report),
  };
};

const lines = [];
/** Told again at the very end: who reads a log from behind sees them. */
const failures = [];
const total = { passed: 0, failed: 0, skipped: 0 };

/**
 * @param {Step} step
 * @param {boolean} atOnce what it says is printed as it comes, else at its end, in one piece
 */
async function run({ name, command, args, count }, atOnce) {
  const start = performance.now();
  let said = `\n== ${name}\n`;
  let last = '';
  const tell = () => {
    process.stdout.write(said);
    said = '';
  };
  const code = await runBeside(command, args, browsers, (text) => {
    said += text;
    last = (last + text).slice(-1000);
    if (atOnce) tell();
  });
  tell();
  const counts = count(code);
  for (const key of Object.keys(total)) total[key] += counts[key];
  if (counts.failed > 0) failures.push(...(counts.failures ?? [last]).map((each) => `${name}: ${each.trimEnd()}`));
  const figures = ['passed', 'failed', 'skipped'].map((key) => `${String(counts[key]).padStart(5)} ${key}`);
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  lines.push(`${name.padEnd(11)} ${figures.join(' ')}  ${seconds.padStart(4)} s`);
}

const inFirefox = conformance('in Firefox', [
  '--browser',
  'firefox',
  'test_thread',
  'test_threading',
  'test_asyncio.test_threads',
]);
/** The longest first, so that what is left when one lane ends is short. */
const waiting = [suite('recorded'), conformance('conformance', []), ...(firefox ? [inFirefox] : []), suite('unit')];

/**
 * One of two lanes for two cores: it takes what waits when its own steps are done.
 * @param {readonly Step[]} own
 * @param {boolean} atOnce of one lane alone, so that no two steps' lines mix
 */
async function lane(own, atOnce) {
  for (const step of own) await run(step, atOnce);
  for (let step = waiting.shift(); step; step = waiting.shift()) await run(step, atOnce);
}
// Lint, types and the browser suite's build of the site each write Astro's own types: never two of them at once.
await Promise.all([
  lane([check('lint', 'lint'), check('types', 'types'), suite('browser')], true),
  lane([check('format', 'format:check'), check('dead code', 'dead-code'), suite('kernel')], false),
]);

console.log(`\n${lines.join('\n')}\n`);
for (const failure of failures) console.log(`FAILED ${stripVTControlCharacters(failure)}\n`);
if (total.skipped > 0) console.log(`${total.skipped} skipped`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
