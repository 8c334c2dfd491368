/** A part of a cell as a reader may meet it: in light, dark and forced colours. */
import type { Page } from 'playwright-core';
import { axeFaults, faultsInBothThemes } from './axe.ts';

/**
 * What axe finds wrong in the cell, and how wide its page is, in pixels. The page is left in light. With SHOTS, a folder, it
 * also takes a picture of the cell in each theme, named for `state`.
 */
export async function lookAtCell(
  page: Page,
  id: string,
  state: string,
): Promise<{ readonly faults: readonly string[]; readonly width: number }> {
  const folder = process.env['SHOTS'];
  const faults = await faultsInBothThemes(page, [`#${id}`]);
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
  const forced = await axeFaults(page, [`#${id}`]);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  for (const colorScheme of folder === undefined ? [] : (['light', 'dark'] as const)) {
    await page.emulateMedia({ colorScheme, forcedColors: 'none' });
    await page.locator(`#${id}`).screenshot({ path: `${folder ?? ''}/${state}-${colorScheme}.png` });
  }
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
  return { faults: [...faults, ...forced], width };
}
