/** Starts a headless browser on one address and gives what the driver needs of its page. */
import { chromium, type Page } from 'playwright-core';
import { findBrowser } from '../../commands/browser.mjs';

export interface BrowserPage extends AsyncDisposable {
  readonly page: Page;
}

const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function openChromium(address: string): Promise<BrowserPage> {
  const executablePath = findBrowser('chromium');
  if (executablePath === undefined) {
    throw new Error('No Chromium: set CHROMIUM to its path, or install it so that it is on the PATH.');
  }
  // Chromium's own sandbox does not start as root, as in most containers.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath, args: [...quiet, ...asRoot] });
  try {
    const page = await browser.newPage();
    await page.goto(address);
    return { page, [Symbol.asyncDispose]: () => browser.close() };
  } catch (reason) {
    await browser.close();
    throw reason;
  }
}
