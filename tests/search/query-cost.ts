/** What a reader's queries read of the search index: the dialog of a built site is asked, and what the host sends is summed. */
import type { Browser } from 'playwright-core';

export interface QueryCost {
  readonly query: string;
  /** Bytes as sent; the files of the index are compressed, and a host can make them no smaller. */
  readonly bytes: number;
  /** The same by what they are: `metadata`, `words of the index`, `results`, … */
  readonly parts: Readonly<Record<string, number>>;
}

/** Code is loaded once and is not of the index; undefined for it. */
function partOf(pathname: string): string | undefined {
  const name = /\/pagefind\/(.*)$/.exec(pathname)?.[1];
  if (name === undefined || /\.js$|^wasm\./.test(name)) return undefined;
  if (/\.pf_meta$|-entry\.json$/.test(name)) return 'metadata';
  if (name.startsWith('index/')) return 'words of the index';
  if (name.startsWith('fragment/')) return 'results';
  if (name.startsWith('words/')) return 'words of the course';
  return 'narrowing';
}

/**
 * Asks the queries one after another in one dialog, so that only the first reads what each needs. Each must find something; of
 * one that is misspelt the words that search takes it for are given, too.
 */
export async function queryCosts(
  browser: Browser,
  home: string,
  queries: readonly (string | readonly [typed: string, mended: string])[],
): Promise<readonly QueryCost[]> {
  await using context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  let answers: Promise<{ readonly part: string; readonly bytes: number }>[] = [];
  page.on('response', (response) => {
    const part = partOf(new URL(response.url()).pathname);
    if (part !== undefined) answers.push(response.body().then(({ byteLength }) => ({ part, bytes: byteLength })));
  });
  await page.goto(home);
  await page.keyboard.press('/');
  const costs: QueryCost[] = [];
  for (const asked of queries) {
    const [query, mended] = typeof asked === 'string' ? [asked, asked] : asked;
    await page.getByRole('searchbox').fill(query);
    await page.locator('pagefind-summary', { hasText: mended }).waitFor();
    // The results that are in sight have come.
    await page.waitForFunction(() => {
      const shown = [...document.querySelectorAll('.pf-results > li')];
      const waiting = shown.filter((each) => each.ariaHidden === 'true');
      return shown.length > 0 && waiting.every((each) => each.getBoundingClientRect().top > innerHeight + 50);
    });
    const read = await Promise.all(answers);
    answers = [];
    const parts: Record<string, number> = {};
    for (const { part, bytes } of read) parts[part] = (parts[part] ?? 0) + bytes;
    costs.push({ query, bytes: read.reduce((sum, { bytes }) => sum + bytes, 0), parts });
  }
  return costs;
}
