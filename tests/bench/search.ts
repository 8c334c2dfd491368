/**
 * `npm run bench:search [FOLDER]`: for the queries of `content/tests/queries.json`, the share whose section comes first.
 * `npm run bench:search -- [FOLDER] --chapters 1000`: what queries read of the index of a made-up course of that length.
 */
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { launchChromium } from '../browser/support/chromium.ts';
import { serveSite } from '../browser/support/site.ts';
import { searchIndex } from '../budgets.ts';
import { judge, queriesFile, share } from '../search/judge.ts';
import { siteWithLargeIndex } from '../search/large-index.ts';
import { queryCosts } from '../search/query-cost.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { chapters: { type: 'string' } } });
const folder = path.resolve(positionals[0] ?? 'dist');
if (!existsSync(path.join(folder, 'pagefind'))) {
  console.error(`${folder} holds no search index: run npm run build first, or name the folder of a built site.`);
  process.exit(1);
}
await using browser = await launchChromium();
if (values.chapters === undefined) await judgeQueries();
else await weighQueries(Number(values.chapters));

/** A name of one cell, another, a word of some sections, one of titles, two words, and one of nearly every section. */
async function weighQueries(chapters: number): Promise<void> {
  const large = await siteWithLargeIndex(folder, chapters);
  try {
    await using site = await serveSite({ folder: large });
    const queries = ['work_7_3', 'work_9_5', 'lewa', 'section', 'cell enumerate', 'thread'];
    const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;
    for (const { query, bytes, parts } of await queryCosts(browser, site.home, queries)) {
      const told = Object.entries(parts).map(([part, size]) => `${part} ${kilobytes(size)}`);
      console.log(`${query.padEnd(15)} ${kilobytes(bytes).padStart(9)}  (${told.join(', ')})`);
    }
    console.log(
      `Budget at ${searchIndex.chapters} chapters: ${kilobytes(searchIndex.first)} for a first query, ${kilobytes(searchIndex.next)} for each further one.`,
    );
  } finally {
    rmSync(large, { recursive: true, force: true });
  }
}

async function judgeQueries(): Promise<void> {
  if (!existsSync(queriesFile)) {
    console.error(`This course has no queries: write them to ${path.relative('.', queriesFile)}.`);
    process.exitCode = 1;
    return;
  }
  await using site = await serveSite({ folder });
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
}
