/** A chapter of the built site with its cells, for tests that press what a reader presses. */
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll } from 'vitest';
import type { CellData, CellOptions } from '../../../src/protocol/cell.ts';
import { launchChromium } from './chromium.ts';
import { serveSite, type Site } from './site.ts';

export interface CellPage extends AsyncDisposable {
  readonly page: Page;
  readonly site: Site;
  /** Every address that the page asked for. */
  readonly asked: readonly string[];
  cell(id: string): Locator;
  /** Gives a cell that has not run another source, as an editor would; its buttons, output and kernel are the real ones. */
  give(id: string, source: string, options?: Partial<CellOptions>): Promise<void>;
  /** Presses Run and waits for the end. */
  run(id: string): Promise<void>;
}

/** One for all chapters of a test file; each has a context of its own, as a new profile. */
let browser: Promise<Browser> | undefined;
afterAll(async () => {
  await (await browser)?.close();
});

/** With a server of its own, too: nothing that another test has kept or fetched is there. */
export async function openChapter(
  path: string,
  options: BrowserContextOptions = {},
  serve: () => Promise<Site> = serveSite,
): Promise<CellPage> {
  await using resources = new AsyncDisposableStack();
  const site = resources.use(await serve());
  browser ??= launchChromium();
  const context = resources.use(
    await (await browser).newContext({ viewport: { width: 1280, height: 900 }, ...options }),
  );
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(site.url(path));
  const owned = resources.move();
  const cell = (id: string): Locator => page.locator(`py-cell[id="${id}"]`);
  return {
    page,
    site,
    asked,
    cell,
    async give(id, source, changed = {}) {
      await cell(id).evaluate(
        (element, given) => {
          const data = JSON.parse((element as HTMLElement).dataset['cell'] ?? '') as CellData;
          const rest = Object.entries(data.cell.options).filter(([name]) => name !== 'after');
          const options = { ...(Object.fromEntries(rest) as CellOptions), ...given.changed };
          const next: CellData = { ...data, cell: { ...data.cell, source: given.source, options } };
          (element as HTMLElement).dataset['cell'] = JSON.stringify(next);
        },
        { source, changed },
      );
    },
    async run(id) {
      await cell(id).getByRole('button', { name: 'Run', exact: true }).click();
      await ended(cell(id));
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Waits until a cell that was started is no longer running. */
export async function ended(cell: Locator): Promise<void> {
  await cell.getByRole('button', { name: 'Stop', exact: true }).waitFor({ state: 'hidden' });
  await cell.and(cell.page().locator('[data-state="done"], [data-state="failed"]')).waitFor();
}

/** What a cell shows, block by block: the kind and the text. */
export const blocks = (cell: Locator): Promise<readonly (readonly [string, string])[]> =>
  cell
    .locator('.out')
    .evaluateAll((elements: Element[]) =>
      elements.map((element) => [element.classList.item(1) ?? '', element.textContent] as const),
    );
