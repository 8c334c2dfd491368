/**
 * `npm run bench:build [CHAPTERS…]` (10, 100 and 1000 by default): time and memory of a whole build and of its steps, whether
 * time grows as chapters do, and how much of the search index one query loads.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { launchChromium } from '../browser/support/chromium.ts';
import { copyProject, project } from '../browser/support/project-copy.ts';
import { serveSite } from '../browser/support/site.ts';
import { stepsOf } from './build-steps.ts';
import { CELLS, writeCourse } from './course.ts';

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [10, 100, 1000];

interface Build {
  readonly seconds: number;
  /** Seconds of processor time: what other programs on the machine do is not in it. */
  readonly processor: number;
  /** Most memory that the builder held at once; Pagefind's own process is not in it. */
  readonly megabytes: number;
  readonly steps: ReturnType<typeof stepsOf>;
}

/** A copy of the project with the course of the benchmark in place of its own. */
function projectWith(chapters: number): string {
  const root = copyProject(`course-${chapters}`);
  writeCourse(root, chapters);
  return root;
}

function build(root: string): Build {
  const figures = path.join(root, 'memory.txt');
  const report = `process.on('exit', () => process.getBuiltinModule('fs').writeFileSync(${JSON.stringify(figures)}, JSON.stringify(process.resourceUsage())))`;
  const start = performance.now();
  const profile = ['--cpu-prof', '--cpu-prof-dir=profile', path.join(project, 'node_modules/astro/bin/astro.mjs')];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...profile, 'build'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: {
      ...process.env,
      ASTRO_TELEMETRY_DISABLED: '1',
      OUT_DIR: 'dist',
      NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(report)}`,
    },
  });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`The build of ${root} failed:\n${stdout.slice(-3000)}\n${stderr.slice(-3000)}`);
  const { maxRSS, userCPUTime, systemCPUTime } = JSON.parse(readFileSync(figures, 'utf8')) as NodeJS.ResourceUsage;
  const profiles = readdirSync(path.join(root, 'profile')).map((name) => path.join(root, 'profile', name));
  // The builder's is the largest: its workers have profiles of their own.
  const [largest] = profiles.sort((one, other) => statSync(other).size - statSync(one).size);
  return {
    seconds,
    processor: (userCPUTime + systemCPUTime) / 1e6,
    megabytes: maxRSS / 1024,
    steps: largest === undefined ? [] : stepsOf(readFileSync(largest, 'utf8')),
  };
}

/** Bytes that the first search of a reader loads, by what for. */
async function bytesOfOneQuery(folder: string): Promise<{ readonly code: number; readonly index: number }> {
  await using site = await serveSite({ folder });
  await using browser = await launchChromium();
  const page = await browser.newPage();
  const sizes: Promise<{ readonly path: string; readonly bytes: number }>[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (/\/pagefind\/|dialog|search|pagefind-component/.test(pathname)) {
      sizes.push(response.body().then((body) => ({ path: pathname, bytes: body.byteLength })));
    }
  });
  await page.goto(site.home);
  await page.keyboard.press('/');
  await page.getByRole('searchbox').fill('work_7_3');
  await page.locator('.search-result a').first().waitFor();
  const loaded = await Promise.all(sizes);
  const isCode = (name: string): boolean => /\.(?:js|css)$|\/wasm\./.test(name);
  const sum = (wanted: boolean): number =>
    loaded.filter(({ path: name }) => isCode(name) === wanted).reduce((total, { bytes }) => total + bytes, 0);
  return { code: sum(true), index: sum(false) };
}

const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(0)} KB`;
const done: { readonly chapters: number; readonly processor: number }[] = [];
for (const chapters of sizes) {
  const root = projectWith(chapters);
  try {
    const { seconds, processor, megabytes, steps } = build(root);
    done.push({ chapters, processor });
    const { code, index } = await bytesOfOneQuery(path.join(root, 'dist'));
    console.log(
      `${chapters} chapters of ${CELLS} cells: ${seconds.toFixed(1)} s (${processor.toFixed(1)} s of processor, ${((processor * 1000) / chapters).toFixed(0)} ms a chapter), ` +
        `${megabytes.toFixed(0)} MB; one query loads ${kilobytes(index)} of index (and ${kilobytes(code)} of code, once)`,
    );
    const all = steps.reduce((sum, [, spent]) => sum + spent, 0);
    for (const [step, spent] of steps)
      console.log(`  ${step.padEnd(18)}${spent.toFixed(1)} s, ${((100 * spent) / all).toFixed(0)}%`);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
/** What a further chapter costs, from one size to the next: the fixed cost of a build falls out. */
const marginal = done.slice(1).map(({ chapters, processor }, at) => {
  const before = done[at] ?? { chapters: 0, processor: 0 };
  return ((processor - before.processor) * 1000) / (chapters - before.chapters);
});
if (marginal.length > 0)
  console.log(
    `A further chapter costs ${marginal.map((cost) => `${cost.toFixed(0)} ms`).join(', then ')} of processor time.`,
  );
const [first, last] = [marginal.at(0), marginal.at(-1)];
if (first !== undefined && last !== undefined && marginal.length > 1)
  console.log(`Linearity: ${(last / first).toFixed(2)} (1 is linear).`);
