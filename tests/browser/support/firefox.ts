/** The stock Firefox on a page of the built site, for tests that press what a reader presses. */
import type { Page } from 'puppeteer-core';
import { launchFirefox } from '../../../src/recorder/driver/firefox.ts';
import type { CellData } from '../../../src/protocol/cell.ts';
import { serveSite, type Site } from './site.ts';

export interface FirefoxPage extends AsyncDisposable {
  readonly page: Page;
  readonly site: Site;
  /** What the console and the policy complained of, in this page and its frames, since the start. */
  readonly complaints: readonly string[];
}

export async function openFirefox(preferences: Readonly<Record<string, unknown>> = {}): Promise<FirefoxPage> {
  await using resources = new AsyncDisposableStack();
  const site = resources.use(await serveSite());
  const browser = resources.adopt(await launchFirefox(preferences), (started) => started.close());
  const page = await browser.newPage();
  page.setDefaultTimeout(100_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  // What the policy refused comes as an exception, too.
  page.on('pageerror', (reason) => {
    complaints.push(`exception: ${String(reason)}`);
  });
  await page.setViewport({ width: 1280, height: 900 });
  const owned = resources.move();
  return { page, site, complaints, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** Gives a cell that has not run another source, as an editor would. */
export async function give(page: Page, id: string, source: string): Promise<void> {
  await page.evaluate(
    (id, source) => {
      const element = document.querySelector<HTMLElement>(`py-cell[id="${id}"]`);
      if (element === null) throw new Error(`The page has no cell ${id}.`);
      const data = JSON.parse(element.dataset['cell'] ?? '') as CellData;
      element.dataset['cell'] = JSON.stringify({ ...data, cell: { ...data.cell, source } });
    },
    id,
    source,
  );
}

/** What a cell shows, block by block: the kind and the text. */
export const blocks = (page: Page, id: string): Promise<readonly (readonly [string, string])[]> =>
  page.evaluate(
    (id) =>
      [...document.querySelectorAll(`py-cell[id="${id}"] .out`)].map(
        (element) => [element.classList.item(1) ?? '', element.textContent] as const,
      ),
    id,
  );
