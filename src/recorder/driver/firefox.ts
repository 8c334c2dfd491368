/** The stock Firefox, driven by WebDriver BiDi. */
import { launch, type Browser } from 'puppeteer-core';
import { findBrowser } from '../../commands/browser.mjs';
import type { OpenBrowser } from './browser.ts';

/**
 * Starts a headless Firefox with a profile of its own.
 * @param preferences as in `about:config`, for what BiDi has no command for
 */
export async function launchFirefox(preferences: Readonly<Record<string, unknown>> = {}): Promise<Browser> {
  const executablePath = findBrowser('firefox');
  if (executablePath === undefined) {
    throw new Error('No Firefox: set FIREFOX to its path, or install it so that it is on the PATH.');
  }
  return launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    extraPrefsFirefox: { ...preferences },
    // A run may take longer than the tool's own limit of three minutes.
    protocolTimeout: 0,
  });
}

export const driveFirefox: OpenBrowser = async (address, take, give, preferences) => {
  await using resources = new AsyncDisposableStack();
  const browser = resources.adopt(await launchFirefox(preferences), (started) => started.close());
  const page = await browser.newPage();
  await page.goto(address);
  await page.exposeFunction('driverEvents', take);
  await page.exposeFunction('driverInput', give);
  const owned = resources.move();
  return {
    warm: () => page.evaluate(() => window.driver.warm()),
    stop: () => page.evaluate(() => window.driver.stop()),
    restart: () => page.evaluate(() => window.driver.restart()),
    check: (asked) => page.evaluate((asked) => window.driver.check(asked), asked),
    run: (id, request) => page.evaluate((id, request) => window.driver.runHanding(id, request), id, request),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};
