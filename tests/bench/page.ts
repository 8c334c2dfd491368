/** `npm run bench:page [FOLDER]`: what each chapter page of a built site costs before the reader does anything. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pagesIn } from '../../src/build/pages.ts';
import { launchChromium } from '../browser/support/chromium.ts';
import { serveSite } from '../browser/support/site.ts';
import { budget, measurePage, type PageCost } from '../page/measure.ts';

const folder = path.resolve(process.argv[2] ?? 'dist');
if (!existsSync(folder)) {
  console.error(`${folder} is not there: run npm run build first, or name the folder of a built site.`);
  process.exit(1);
}
await using site = await serveSite({ folder });
await using browser = await launchChromium();
const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;

/** Loads of each page: a machine that does something else for a moment makes one task long. */
const VISITS = 5;
const longest = (tasks: readonly number[]): string =>
  tasks.length === 0 ? 'none' : `${Math.max(...tasks).toFixed(0)} ms`;

console.log(
  `Budget: CSS and JS ${kilobytes(budget.code)} gzip, ${budget.requests} requests, no layout shift, no task over 50 ms.\n`,
);
let [loads, slow] = [0, 0];
for (const file of (await pagesIn(folder)).filter((page) => page !== '404.html')) {
  for (const width of [390, 1280]) {
    const visits: PageCost[] = [];
    while (visits.length < VISITS) {
      visits.push(await measurePage(browser, site.url(file.replace(/index\.html$/, '')), width));
    }
    const largest = (of: (cost: PageCost) => number): number => Math.max(...visits.map(of));
    const [styles, scripts] = [largest((cost) => cost.styles), largest((cost) => cost.scripts)];
    console.log(`${file} at ${width} px`);
    console.log(
      `  CSS ${kilobytes(styles)} + JS ${kilobytes(scripts)} = ${kilobytes(styles + scripts)} gzip; HTML ${kilobytes(largest((cost) => cost.document))} gzip`,
    );
    console.log(
      `  ${largest((cost) => cost.requests.length)} requests; layout shift ${largest((cost) => cost.shift).toFixed(4)}; ` +
        `longest task over 50 ms in each of ${VISITS} visits: ${visits.map((cost) => longest(cost.longTasks)).join(', ')}`,
    );
    loads += VISITS;
    slow += visits.filter((cost) => cost.longTasks.length > 0).length;
  }
}
console.log(`\nA task over 50 ms in ${slow} of ${loads} visits.`);
