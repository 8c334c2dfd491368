/** The Chromium that browser tests drive: the one `npm test` found, else one on the PATH. */
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { findBrowser } from '../../../src/commands/browser.mjs';
import { quiet } from '../../../src/recorder/driver/chromium.ts';

/** A headless browser that asks nothing of the network by itself. Close it, or `await using` it. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? findBrowser('chromium');
  if (executablePath === undefined) throw new Error('No Chromium: set CHROMIUM to its path.');
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', ...quiet],
  });
}
