/** Cells of the built course in a page of another site, as its readers meet them. */
import type { Browser, BrowserContextOptions, Frame, Locator, Page } from 'playwright-core';
import { afterAll, expect } from 'vitest';
import { launchChromium } from './chromium.ts';
import { textBox } from './editing.ts';
import { serveForeign, type ForeignOptions } from './foreign.ts';
import { serveSite, type Site } from './site.ts';

export interface EmbeddedPage extends AsyncDisposable {
  readonly page: Page;
  /** Where the course is. */
  readonly course: Site;
  /** Addresses below the course's `runtime/` that were asked for. */
  python(): readonly string[];
  /** What the console complained of, in the page and its frames. */
  readonly complaints: readonly string[];
}

let browser: Promise<Browser> | undefined;
afterAll(async () => {
  await (await browser)?.close();
});

/** With the course below a path of its host, as most are. `make` is given the address of the course for the page's own words. */
export async function openEmbedded(
  body: string,
  foreign: ForeignOptions | ((course: Site) => ForeignOptions) = {},
  context: BrowserContextOptions = {},
  serve: () => Promise<Site> = () => serveSite({ under: '/courses/python/' }),
): Promise<EmbeddedPage> {
  await using resources = new AsyncDisposableStack();
  const course = resources.use(await serve());
  const options = typeof foreign === 'function' ? foreign(course) : foreign;
  const { address } = resources.use(await serveForeign(course, body, options));
  browser ??= launchChromium();
  const opened = resources.use(
    await (await browser).newContext({ viewport: { width: 1000, height: 900 }, ...context }),
  );
  const page = await opened.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !message.location().url.endsWith('/favicon.ico'))
      complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(address);
  const owned = resources.move();
  return {
    page,
    course,
    python: () => course.requests.filter((path) => path.includes('/runtime/')),
    complaints,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

export const cellIn = (frame: Frame): Locator => frame.locator('py-cell[id="cell"]');

/** The frame of the element at `index`, once it has taken the place of the text and its editor that of the static code. */
export async function frameAt(page: Page, index = 0): Promise<Frame> {
  const element = page.locator('py-cell').nth(index);
  await element.scrollIntoViewIfNeeded();
  const frame = element.locator('iframe:not(.waits)');
  await frame.waitFor();
  const handle = await frame.elementHandle();
  const found = await handle.contentFrame();
  if (!found) throw new Error('The frame is gone.');
  await textBox(cellIn(found)).waitFor();
  return found;
}

export const press = (cell: Locator, name: string): Promise<void> =>
  cell.getByRole('button', { name, exact: true }).click();

/** Presses Run and waits for the end. */
export async function run(cell: Locator): Promise<void> {
  await press(cell, 'Run');
  await over(cell);
}

/** Waits until the run under way has ended. */
export async function over(cell: Locator): Promise<void> {
  await expect.poll(() => cell.getAttribute('data-state')).toMatch(/^(?:done|failed)$/);
}
