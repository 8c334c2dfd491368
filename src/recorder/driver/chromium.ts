/** Chromium, driven by the test tool that drives it in the browser tests. */
import { chromium, type Page } from 'playwright-core';
import { findBrowser } from '../../commands/browser.mjs';
import type { OpenBrowser } from './browser.ts';

export interface ChromiumPage extends AsyncDisposable {
  readonly page: Page;
}

/** For every Chromium that this project starts: it asks nothing of the network by itself, and does no work that nobody sees. */
export const quiet: readonly string[] = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The pages that lie ready under its address bar: a third of what it costs to start, and again for each profile.
  '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup',
];

/** Starts a headless Chromium on one address. */
export async function openChromium(address: string): Promise<ChromiumPage> {
  const executablePath = findBrowser('chromium');
  if (executablePath === undefined) {
    throw new Error('No Chromium: set CHROMIUM to its path, or install it so that it is on the PATH.');
  }
  // Chromium's own sandbox does not start as root, as in most containers.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({
    executablePath,
    args: [...quiet, ...asRoot],
    // Ctrl+C is the program's (`npm run python`); whoever opened the browser closes it.
    handleSIGINT: false,
  });
  try {
    const page = await browser.newPage();
    await page.goto(address);
    return { page, [Symbol.asyncDispose]: () => browser.close() };
  } catch (reason) {
    await browser.close();
    throw reason;
  }
}

export const driveChromium: OpenBrowser = async (address, take, give) => {
  await using resources = new AsyncDisposableStack();
  const { page } = resources.use(await openChromium(address));
  await page.exposeFunction('driverEvents', take);
  await page.exposeFunction('driverInput', give);
  const owned = resources.move();
  return {
    warm: () => page.evaluate(() => window.driver.warm()),
    stop: () => page.evaluate(() => window.driver.stop()),
    restart: () => page.evaluate(() => window.driver.restart()),
    check: (asked) => page.evaluate((asked) => window.driver.check(asked), asked),
    run: (id, request) =>
      page.evaluate(([id, request]) => window.driver.runHanding(id, request), [id, request] as const),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};
