/**
 * Waits for all of a page. A network that is idle alone says little: on a busy machine a page may still be reading the file
 * that it has, and what it has not read has no height.
 */
import type { Page } from 'playwright-core';

export async function gotoWhole(page: Page, address: string): Promise<void> {
  await page.goto(address, { waitUntil: 'load' });
  await page.waitForLoadState('networkidle');
}
