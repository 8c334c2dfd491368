/** `npm run bench:page [FOLDER]`: what each chapter page of a built site costs before the reader does anything. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pagesIn } from '../../src/build/pages.ts';
import { launchChromium } from '../browser/support/chromium.ts';
import { serveSite } from '../browser/support/site.ts';
import { budget, measurePage } from '../page/measure.ts';

const folder = path.resolve(process.argv[2] ?? 'dist');
if (!existsSync(folder)) {
  console.error(`${folder} is not there: run npm run build first, or name the folder of a built site.`);
  process.exit(1);
}
await using site = await serveSite({ folder });
await using browser = await launchChromium();
const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;

console.log(
  `Budget: CSS and JS ${kilobytes(budget.code)} gzip, ${budget.requests} requests, no layout shift, no task over 50 ms.\n`,
);
for (const file of (await pagesIn(folder)).filter((page) => page !== '404.html')) {
  for (const width of [390, 1280]) {
    const { styles, scripts, document, requests, shift, longTasks } = await measurePage(
      browser,
      site.url(file.replace(/index\.html$/, '')),
      width,
    );
    const tasks = longTasks.length === 0 ? 'none' : longTasks.map((duration) => `${duration.toFixed(0)} ms`).join(', ');
    console.log(`${file} at ${width} px`);
    console.log(
      `  CSS ${kilobytes(styles)} + JS ${kilobytes(scripts)} = ${kilobytes(styles + scripts)} gzip; HTML ${kilobytes(document)} gzip`,
    );
    console.log(`  ${requests.length} requests; layout shift ${shift.toFixed(4)}; long tasks ${tasks}`);
  }
}
