/**
 * What `npm test` runs once all is installed: lint, types, every suite, CPython's own tests; some steps at a time, each of
 * them even when one before it failed. What failed is then run once more, alone. The last line counts all tests.
 */
import { mkdirSync, mkdtempDisposableSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from '../install.mjs';
import { conformanceStep } from './conformance.ts';
import { runInLanes, type Ran } from './lanes.ts';
import { vitestProjects } from './projects.ts';
import { runStep } from './run-step.ts';
import { resultsFolder, scriptStep, type Step } from './step.ts';
import { firsts, judge, secondOf, settled, type First, type Tried } from './verdict.ts';
import { vitestStep } from './vitest.ts';

const unstableFile = join(resultsFolder, 'unstable.json');

/** Seconds on two quiet cores: the longest waits at the head, so that what is left when one lane ends is short. */
const usual: Readonly<Record<string, number>> = { python: 250, explore: 200, 'in Firefox': 80, unit: 32 };
const seconds = ({ name }: Step): number => usual[name] ?? 60;

const plain = (text: string): string => stripVTControlCharacters(text);

/** One after the other, with nothing beside them. */
async function tryAgain(failed: readonly First[]): Promise<readonly Tried[]> {
  const tried: Tried[] = [];
  for (const first of failed) {
    const { suite, failing } = first;
    const reason = failing.again === undefined ? 'it is no test that runs alone' : settled(tried);
    if (failing.again === undefined || reason !== undefined) {
      tried.push({ ...first, second: { state: 'not run', reason: reason ?? '' } });
      continue;
    }
    const report = await runStep(failing.again, `again, alone: ${suite}: ${failing.test}`, true);
    tried.push({ ...first, second: secondOf(report) });
  }
  return tried;
}

function table(ran: ReadonlyMap<string, Ran>): string {
  return [...ran]
    .map(([name, { report, seconds }]) => {
      const counts = { passed: report.passed, failing: report.failing.length, skipped: report.skipped };
      const figures = Object.entries(counts).map(([word, count]) => `${String(count).padStart(5)} ${word}`);
      return `${name.padEnd(11)} ${figures.join(' ')}  ${seconds.toFixed(0).padStart(4)} s`;
    })
    .join('\n');
}

/** Steps that have lanes of their own, and what waits for whichever lane is free first. */
function plan(): { readonly lanes: readonly (readonly Step[])[]; readonly waiting: readonly Step[] } {
  const suites = vitestProjects().map((name) => vitestStep(name));
  const named = (name: string): readonly Step[] => suites.filter((step) => step.name === name);
  const lanes = [
    // Lint, types and the builds of the site each write Astro's own types: never two of them at once.
    [
      scriptStep('lint', 'lint'),
      scriptStep('types', 'types'),
      ...named('browser'),
      ...named('site'),
      ...named('webkit'),
    ],
    [scriptStep('format', 'format:check'), scriptStep('dead code', 'dead-code'), ...named('kernel')],
    // CPython's tests and the cells of the course sleep for about half of their time: a third lane for two cores.
    [conformanceStep('conformance', []), ...named('recorded')],
  ];
  const waiting = suites.filter((step) => !lanes.flat().includes(step));
  if (process.env['FIREFOX'] !== undefined) {
    const modules = ['test_thread', 'test_threading', 'test_asyncio.test_threads'];
    waiting.push(conformanceStep('in Firefox', ['--browser', 'firefox'], modules));
  }
  return { lanes, waiting: waiting.sort((a, b) => seconds(b) - seconds(a)) };
}

async function main(asked: readonly string[]): Promise<number> {
  rmSync(resultsFolder, { recursive: true, force: true });
  mkdirSync(resultsFolder, { recursive: true });
  const { lanes, waiting } = plan();
  const known = [...lanes.flat(), ...waiting].map(({ name }) => name);
  const unknown = asked.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    console.error(`There is no suite “${unknown.join('”, “')}”. There are: ${known.join(', ')}`);
    return 2;
  }
  const wanted = ({ name }: Step): boolean => asked.length === 0 || asked.includes(name);
  // The suites that look at the site share one build of it, and so do tests that run again (tests/browser/support/build-site.ts).
  using shared = mkdtempDisposableSync(join(tmpdir(), 'course-shared-'));
  process.env['SHARED_SITE'] = shared.path;
  const ran = await runInLanes(
    lanes.map((lane) => lane.filter(wanted)),
    waiting.filter(wanted),
  );
  const reports = new Map([...ran].map(([name, { report }]) => [name, report]));
  const tried = await tryAgain(firsts(reports));
  const { passed, failed, skipped, unstable, failures } = judge([...reports.values()], tried);
  writeFileSync(unstableFile, `${JSON.stringify(unstable, null, 2)}\n`);

  console.log(`\n${table(ran)}\n`);
  for (const failure of failures) console.log(`FAILED ${plain(failure)}\n`);
  for (const { suite, test, firstFailure } of unstable) {
    console.log(
      `UNSTABLE ${suite}: ${test}: passed when it ran again, alone; at first: ${plain(firstFailure.join('\n'))}\n`,
    );
  }
  if (unstable.length > 0) console.log(`${unstable.length} unstable: ${relative(root, unstableFile)}`);
  if (skipped > 0) console.log(`${skipped} skipped`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
