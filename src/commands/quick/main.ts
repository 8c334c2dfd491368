/** What `npm run quick` runs once all is installed: what it chose is printed with why, then two steps run at a time. */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { runInLanes } from '../suites/lanes.ts';
import { vitestProjects } from '../suites/projects.ts';
import { checkStep, resultsFolder, scriptStep, type Step } from '../suites/step.ts';
import { vitestStep } from '../suites/vitest.ts';
import { roomOf } from './belonging.ts';
import { changedFiles } from './changed.ts';
import { choose, type Choice } from './choose.ts';

/** So many lines of a long list are printed. */
const shown = 12;

function step({ what, files }: Choice): Step {
  switch (what) {
    case 'format':
      return checkStep(what, 'prettier', ['--check', '--ignore-unknown', ...files]);
    case 'types':
      return scriptStep(what, 'types');
    case 'lint':
      return checkStep(what, 'eslint', ['--no-warn-ignored', ...files]);
    case 'python lint':
      return checkStep(what, 'node', ['src/commands/lint-python.ts', ...files]);
    case 'unit':
      return vitestStep(what, [...files], 'related');
    case 'recorded':
      return vitestStep(what, ['-t', `^(?:${files.join('|')}) `]);
    default:
      return vitestStep(what, files);
  }
}

/** Types and the build of the site write Astro's own types, which lint reads: they share a lane. */
const firstLane = ['types', 'lint', 'browser', 'site', 'webkit'];

function list(items: readonly string[]): string {
  const more = items.length > shown ? [`and ${items.length - shown} more`] : [];
  return [...items.slice(0, shown), ...more].map((item) => `  ${item}`).join('\n');
}

/** `tests/kernel/session.test.ts` is `session`: the suite stands beside it. */
const short = (file: string): string => file.replace(/^(?:content\/)?tests\/\w+\/(.*)\.test\.ts$/, '$1');

function describe({ what, files, why }: Choice): string {
  const names = files.length > shown ? `${files.length} files` : files.map(short).join(' ');
  return `${what.padEnd(11)} ${names}\n${' '.repeat(14)}for: ${why}`;
}

async function main(named: readonly string[]): Promise<number> {
  const start = performance.now();
  const { since, files } = changedFiles(named);
  if (files.length === 0) {
    console.log(named.length === 0 ? `Nothing has changed (${since}).` : `No file is named ${named.join(' or ')}.`);
    return named.length === 0 ? 0 : 2;
  }
  const places = files.map((file) => `${file.padEnd(50)} ${roomOf(file)?.name ?? ''}`);
  console.log(`Changed (${since}), each with its room:\n${list(places)}\n`);
  const choices = choose(files, vitestProjects(), existsSync);
  console.log(`Chosen by rooms.mjs; npm test runs the rest:\n${list(choices.map(describe))}`);

  rmSync(resultsFolder, { recursive: true, force: true });
  mkdirSync(resultsFolder, { recursive: true });
  const isFirst = ({ what }: Choice): boolean => firstLane.includes(what);
  const ran = await runInLanes(
    [choices.filter(isFirst).map(step), choices.filter((choice) => !isFirst(choice)).map(step)],
    [],
  );
  let passed = 0;
  let failed = 0;
  const failures: string[] = [];
  console.log('');
  for (const [name, { report, seconds }] of ran) {
    const inside = report.failing.reduce((sum, { inside }) => sum + inside.passed, report.passed);
    passed += inside;
    failed += report.failing.length;
    failures.push(...report.failing.map(({ test, whys }) => `FAILED ${name}: ${test}: ${whys.join('\n')}\n`));
    const figures = `${String(inside).padStart(5)} passed ${String(report.failing.length).padStart(5)} failed`;
    console.log(`${name.padEnd(11)} ${figures}  ${seconds.toFixed(0).padStart(4)} s`);
  }
  console.log('');
  for (const failure of failures) console.log(stripVTControlCharacters(failure));
  console.log(`${((performance.now() - start) / 1000).toFixed(0)} s; only what is nearest was run: npm test runs all`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
