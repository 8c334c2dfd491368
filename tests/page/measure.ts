/** What a page costs before the reader does anything: bytes of styles and scripts, requests, shifts, long tasks. */
import { gzipSync } from 'node:zlib';
import type { Browser, Page, Response } from 'playwright-core';
import { gotoWhole } from './goto-whole.ts';

export interface PageCost {
  /** Every request that the page makes by itself, the document too. */
  readonly requests: readonly string[];
  /** Bytes after gzip, as a host that compresses would send them. */
  readonly styles: number;
  readonly scripts: number;
  /** Bytes that styles and scripts may have together, for what the page shows. */
  readonly allowed: number;
  readonly document: number;
  /** Cumulative layout shift (Core Web Vitals), without units. */
  readonly shift: number;
  /** What was moved, and from where to where, for the message of a test. */
  readonly moved: readonly string[];
  /** Durations of tasks over 50 ms, in milliseconds. */
  readonly longTasks: readonly number[];
}

interface Seen {
  shift: number;
  readonly moved: string[];
  readonly longTasks: number[];
}

/** Of the Layout Instability API, which TypeScript does not know yet. */
interface LayoutShiftSource {
  readonly node: Node | null;
  readonly previousRect: DOMRectReadOnly;
  readonly currentRect: DOMRectReadOnly;
}

declare global {
  interface Window {
    seen: Seen;
  }
}

function watch(): void {
  const seen: Seen = { shift: 0, moved: [], longTasks: [] };
  window.seen = seen;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (!('value' in entry) || typeof entry.value !== 'number') continue;
      seen.shift += entry.value;
      const { sources } = entry as unknown as { readonly sources: readonly LayoutShiftSource[] };
      for (const { node, previousRect, currentRect } of sources) {
        const what = node instanceof Element ? node.outerHTML : (node?.textContent ?? 'what is gone');
        seen.moved.push(`${what.slice(0, 200)}: ${JSON.stringify(previousRect)} to ${JSON.stringify(currentRect)}`);
      }
    }
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.longTasks.push(entry.duration);
  }).observe({ type: 'longtask', buffered: true });
}

async function gzipped(responses: readonly Response[], type: string): Promise<number> {
  let sum = 0;
  for (const response of responses) {
    if (response.request().resourceType() === type) sum += gzipSync(await response.body(), { level: 9 }).byteLength;
  }
  return sum;
}

/**
 * Loads `address` in a new profile of `width` pixels, with `kept` in its storage, until the network is idle and `settled`
 * has seen what it waits for: a page that is slow to ask for something is no cheaper for it.
 */
export async function measurePage(
  browser: Browser,
  address: string,
  width = 1280,
  kept: readonly (readonly [key: string, text: string])[] = [],
  settled: (page: Page) => Promise<unknown> = () => Promise.resolve(),
): Promise<PageCost> {
  await using context = await browser.newContext({ viewport: { width, height: 800 } });
  const page = await context.newPage();
  const responses: Response[] = [];
  page.on('response', (response) => responses.push(response));
  await page.addInitScript(watch);
  await page.addInitScript((entries) => {
    for (const [key, text] of entries) localStorage.setItem(key, text);
  }, kept);
  await gotoWhole(page, address);
  await settled(page);
  const inline = await page.evaluate(() => ({
    styles: [...document.querySelectorAll('style')].map((style) => style.textContent).join('\n'),
    scripts: [...document.querySelectorAll('script:not([src], [type="application/json"])')]
      .map((script) => script.textContent)
      .join('\n'),
    timelines: document.querySelector('.cell-timeline') !== null,
  }));
  const seen = await page.evaluate(() => window.seen);
  return {
    requests: responses.map((response) => response.url()),
    styles: (await gzipped(responses, 'stylesheet')) + (inline.styles === '' ? 0 : gzipSync(inline.styles).byteLength),
    scripts: (await gzipped(responses, 'script')) + (inline.scripts === '' ? 0 : gzipSync(inline.scripts).byteLength),
    allowed: budget.code + (inline.timelines ? budget.timelines : 0),
    document: await gzipped(responses, 'document'),
    shift: seen.shift,
    moved: seen.moved,
    longTasks: seen.longTasks,
  };
}

/** `code` are bytes of each page, `timelines` those more of a page that shows what the threads of a recorded run did. */
export const budget = { code: 15 * 1024, timelines: 2 * 1024, requests: 8, shift: 0 } as const;
