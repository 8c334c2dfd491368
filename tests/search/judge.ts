/** Asks the built index what readers would type and says at which rank the section that must come first came. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { pagesIn } from '../../src/build/pages.ts';
import { recordsOf } from '../../src/build/search-records.ts';
import { findEnough } from '../../src/site/search/find-enough.ts';
import { understand } from '../../src/site/search/query.ts';
import { ranking } from '../../src/site/search/ranking.ts';
import { Vocabulary } from '../../src/site/search/spelling.ts';
import { LETTERS } from '../../src/site/search/words.ts';

interface Query {
  readonly query: string;
  /** Page and anchor of the section that must come first. */
  readonly expect: string;
}

export interface Verdict extends Query {
  /** From 1; 0 when it is not among the first ten. */
  readonly rank: number;
  readonly first: string;
}

/** What the readers of this course would type. */
export const queriesFile = path.resolve(import.meta.dirname, '../../content/tests/queries.json');

function readQueries(): readonly Query[] {
  const found: unknown = JSON.parse(readFileSync(queriesFile, 'utf8'));
  if (!Array.isArray(found)) throw new Error('queries.json is not a list');
  return found.map((entry: unknown) => {
    if (typeof entry === 'object' && entry !== null && 'query' in entry && 'expect' in entry) {
      return { query: String(entry.query), expect: String(entry.expect) };
    }
    throw new Error(`queries.json: no query in ${JSON.stringify(entry)}`);
  });
}

/** A cell leads into its section, so it counts as that section. */
async function sectionsByUrl(folder: string): Promise<ReadonlyMap<string, string>> {
  const sections = new Map<string, string>();
  for (const page of await pagesIn(folder)) {
    let section = '';
    for (const record of recordsOf(readFileSync(path.join(folder, page), 'utf8'), page)) {
      if (record.kind !== 'Code') section = record.url;
      sections.set(record.url, section);
    }
  }
  return sections;
}

/** Runs in the page. A string, because test runners rewrite `import()` in functions. */
const askInPage = ({ bundle, base, weights, asked }: Readonly<Record<string, unknown>>): string => `
  import(${JSON.stringify(bundle)}).then(async (pagefind) => {
    await pagefind.options({ baseUrl: ${JSON.stringify(base)}, ranking: ${JSON.stringify(weights)} });
    const { results } = await pagefind.search(${JSON.stringify(asked)});
    return Promise.all(results.slice(0, 10).map(async (result) => (await result.data()).url));
  })`;

/** Addresses of the first ten results, relative to `home`. */
async function ask(page: Page, home: string, query: string): Promise<readonly string[]> {
  const script = askInPage({ bundle: `${home}pagefind/pagefind.js`, base: home, weights: ranking, asked: query });
  const urls = await page.evaluate<readonly string[]>(script);
  return urls.map((url) => url.replace(home, ''));
}

/** `page` stands on the built site, of which `home` is the first page and `folder` the files. */
export async function judge(page: Page, home: string, folder: string): Promise<readonly Verdict[]> {
  const vocabulary = new Vocabulary();
  for (const letter of LETTERS)
    vocabulary.add(gunzipSync(readFileSync(path.join(folder, `pagefind/words/${letter}.bin`))).toString());
  const sections = await sectionsByUrl(folder);
  const verdicts: Verdict[] = [];
  for (const { query, expect } of readQueries()) {
    const steps = await findEnough(understand(query, vocabulary), vocabulary, async (asked) =>
      (await ask(page, home, asked)).map((url) => ({ id: url })),
    );
    const found = steps.flatMap(({ results }) => results.map(({ id }) => id)).slice(0, 10);
    const ranked = [...new Set(found.map((url) => sections.get(url) ?? url))];
    verdicts.push({ query, expect, rank: ranked.indexOf(expect) + 1, first: ranked[0] ?? '' });
  }
  return verdicts;
}

export function share(verdicts: readonly Verdict[], within: number): number {
  return verdicts.filter(({ rank }) => rank > 0 && rank <= within).length / verdicts.length;
}
