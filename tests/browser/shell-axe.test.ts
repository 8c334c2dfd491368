/** No page has an accessibility fault that axe can find, at two widths, light and dark. */
import axe from 'axe-core';
import { readdirSync } from 'node:fs';
import { expect, inject, test } from 'vitest';
import { launchChromium } from './support/chromium.ts';
import { serveSite } from './support/site.ts';

const pages = readdirSync(inject('siteFolder'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.html'))
  .map((file) => file.replaceAll('\\', '/').replace(/index\.html$/u, ''));

test.each([390, 1280])('every page at %i px, light and dark', async (width) => {
  await using site = await serveSite();
  await using browser = await launchChromium();
  const faults: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    // The page's policy forbids scripts from outside it, axe included; the policy has tests of its own.
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
    const page = await context.newPage();
    for (const path of pages) {
      await page.goto(site.url(path));
      await page.evaluate(axe.source);
      const result = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
      for (const { id, nodes } of result.violations)
        faults.push(...nodes.map((node) => `/${path} ${colorScheme}: ${id}: ${node.html.slice(0, 160)}`));
    }
    await context.close();
  }
  expect(pages.length).toBeGreaterThan(3);
  expect(faults).toEqual([]);
});
