/** What axe finds wrong in a page, or in parts of it; the page has to be open with its policy bypassed, which would refuse axe. */
import axe from 'axe-core';
import type { RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/** Once for each document. */
export async function bringAxe(page: Page): Promise<void> {
  await page.evaluate(axe.source);
}

/**
 * Each element with a fault: the rule and the beginning of its HTML. Neither what passes nor a selector for each element
 * is worked out: in a long page, with thousands of them, that takes longer than the rules themselves.
 * @param parts selectors; without them it is the whole page
 */
export function axeFaults(page: Page, parts: readonly string[] = [], options: RunOptions = {}): Promise<string[]> {
  return page.evaluate(
    async ({ parts, options }) => {
      const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
      const context = parts.length === 0 ? document : { include: [...parts] };
      const { violations } = await axe.run(context, {
        ...options,
        resultTypes: ['violations'],
        selectors: false,
      });
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
    },
    { parts, options },
  );
}

/** The themes differ in colours alone: all rules in light, those of colour that axe has on by default in dark. */
export async function faultsInBothThemes(page: Page, parts: readonly string[] = []): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await axeFaults(page, parts);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await axeFaults(page, parts, {
    runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
  });
  return [...light.map((fault) => `light: ${fault}`), ...dark.map((fault) => `dark: ${fault}`)];
}
