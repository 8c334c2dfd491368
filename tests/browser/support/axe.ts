/** What axe finds wrong in a page, or in parts of it; the page has to be open with its policy bypassed, which would refuse axe. */
import axe from 'axe-core';
import type { RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/** A page, or a frame in one. */
export type Document = Pick<Page, 'evaluate'>;

/** Once for each document. */
export async function bringAxe(page: Document): Promise<void> {
  await page.evaluate(axe.source);
}

/**
 * Each element with a fault: the rule and the beginning of its HTML. Neither what passes nor a selector for each element
 * is worked out: in a long page, with thousands of them, that takes longer than the rules themselves.
 * @param parts selectors; without them it is the whole page
 */
export function axeFaults(page: Document, parts: readonly string[] = [], options: RunOptions = {}): Promise<string[]> {
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

/** Those of colour that axe has on by default. */
const ofColour: RunOptions = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

/** The themes differ in colours alone: all rules in light, those of colour in dark. */
export async function faultsInBothThemes(page: Page, parts: readonly string[] = []): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await axeFaults(page, parts);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await axeFaults(page, parts, ofColour);
  return [...light.map((fault) => `light: ${fault}`), ...dark.map((fault) => `dark: ${fault}`)];
}

/** Marks what `markOthers` finds, for axe. */
const other = 'data-other-colours';

/** Marks the elements that are shown, or coloured, otherwise than at the last call; at the first, all of them. */
function markOthers(page: Page): Promise<number> {
  return page.evaluate((other) => {
    const kept = globalThis as typeof globalThis & { looks?: ReadonlyMap<Element, string> };
    const look = (element: Element): string => {
      if (!element.checkVisibility({ visibilityProperty: true })) return 'hidden';
      const { color, backgroundColor, backgroundImage, opacity, fontSize, fontWeight } = getComputedStyle(element);
      // Where text is large for WCAG, and may have less contrast.
      const large = parseFloat(fontSize) >= (Number(fontWeight) >= 700 ? 18.66 : 24);
      return [color, backgroundColor, backgroundImage, opacity, large].join();
    };
    const looks = new Map([...document.querySelectorAll('html, body, body *')].map((each) => [each, look(each)]));
    const others = [...looks].filter(([each, now]) => now !== 'hidden' && now !== kept.looks?.get(each));
    for (const [each] of looks) each.removeAttribute(other);
    for (const [each] of others) each.setAttribute(other, '');
    kept.looks = looks;
    return others.length;
  }, other);
}

/**
 * Both themes at each width, the first of which the page is open at. Which colours stand on which, the styles say for each
 * theme: in dark, a further width is looked at where elements are shown or coloured otherwise than at the width before.
 */
export async function faultsAtWidths(page: Page, widths: readonly number[]): Promise<string[]> {
  const faults: string[] = [];
  const add = (found: readonly string[], where: string) => faults.push(...found.map((fault) => `${where}: ${fault}`));
  const height = page.viewportSize()?.height ?? 900;
  for (const [index, width] of widths.entries()) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: 'light' });
    add(await axeFaults(page), `${width} px, light`);
    await page.emulateMedia({ colorScheme: 'dark' });
    const others = await markOthers(page);
    if (index === 0) add(await axeFaults(page, [], ofColour), `${width} px, dark`);
    else if (others > 0) add(await axeFaults(page, [`[${other}]`], ofColour), `${width} px, dark`);
  }
  return faults;
}
