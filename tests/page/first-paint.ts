/** How soon pages show their first content, each in turn so that a machine that is busy for a while is so for all of them. */
import type { Browser } from 'playwright-core';

export interface Visit {
  /** Milliseconds from the start of the navigation: the first content on the screen, and the load event. */
  readonly paint: number;
  readonly load: number;
  /** Durations of tasks over 50 ms, in milliseconds, until the page is idle after its load event. */
  readonly longTasks: readonly number[];
}

/** Opens `address` in a profile of its own, `width` pixels wide, so that nothing is in its cache. */
async function visit(browser: Browser, address: string, width: number): Promise<Visit> {
  await using context = await browser.newContext({ viewport: { width, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const tasks: number[] = [];
    Object.assign(window, { tasks });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) tasks.push(entry.duration);
    }).observe({ type: 'longtask', buffered: true });
  });
  await page.goto(address, { waitUntil: 'load' });
  return await page.evaluate(async () => {
    await new Promise((resolve) => {
      new PerformanceObserver(resolve).observe({ type: 'paint', buffered: true });
    });
    await new Promise((resolve) => requestIdleCallback(resolve));
    const [navigation] = performance.getEntriesByType('navigation');
    return {
      paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity,
      load: navigation instanceof PerformanceNavigationTiming ? navigation.loadEventEnd : Infinity,
      longTasks: (window as unknown as { readonly tasks: readonly number[] }).tasks,
    };
  });
}

/** Visits all addresses once in each round, and first a round that does not count; the order turns round by round. */
export async function visitInTurn(
  browser: Browser,
  addresses: readonly string[],
  width: number,
  rounds: number,
): Promise<readonly (readonly Visit[])[]> {
  const visits: Visit[][] = addresses.map(() => []);
  for (let round = -1; round < rounds; round++) {
    const turn = addresses.map((address, at) => ({ address, at }));
    for (const { address, at } of round % 2 === 0 ? turn : turn.reverse()) {
      const seen = await visit(browser, address, width);
      if (round >= 0) visits[at]?.push(seen);
    }
  }
  return visits;
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  const half = Math.floor(sorted.length / 2);
  return ((sorted[half] ?? NaN) + (sorted[sorted.length - 1 - half] ?? NaN)) / 2;
}
