/** `npm run bench:search [FOLDER]`: for the queries of `content/tests/queries.json`, the share whose section comes first. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { launchChromium } from '../browser/support/chromium.ts';
import { serveSite } from '../browser/support/site.ts';
import { judge, queriesFile, share } from '../search/judge.ts';

const folder = path.resolve(process.argv[2] ?? 'dist');
if (!existsSync(path.join(folder, 'pagefind'))) {
  console.error(`${folder} holds no search index: run npm run build first, or name the folder of a built site.`);
  process.exit(1);
}
if (!existsSync(queriesFile)) {
  console.error(`This course has no queries: write them to ${path.relative('.', queriesFile)}.`);
  process.exit(1);
}
await using site = await serveSite({ folder });
await using browser = await launchChromium();
const page = await browser.newPage();
await page.goto(site.home);
const verdicts = await judge(page, site.home, folder);

for (const { query, expect, rank, first } of verdicts) {
  if (rank === 1) continue;
  console.log(
    `${rank === 0 ? ' –' : String(rank).padStart(2)}  ${query}\n      wanted ${expect}\n      got    ${first}`,
  );
}
const percent = (part: number): string => `${(part * 100).toFixed(0)} %`;
console.log(
  `${verdicts.length} queries: first ${percent(share(verdicts, 1))}, among the first three ${percent(share(verdicts, 3))}`,
);
