/**
 * Random programs of threads, sockets, tasks and greenlets in the readers' kernel, with time slices down to 0.1 ms.
 *
 * What is wrong in the kernel's Python, tests/python/chaos.test.ts finds in more schedules and less time. Here stand the
 * parts that only a browser has: stacks that its engine switches, and the time, messages and timers of its workers. A few
 * dozen rounds do that; other programs come with each run.
 */
import { describe, expect, it } from 'vitest';
import { findBrowser } from '../../src/commands/browser.mjs';
import { openDriver } from '../../src/recorder/driver/open.ts';
import { playChaos } from '../chaos/play.ts';

const seed = Number(process.env['CHAOS_SEED'] ?? Date.now() % 1_000_000_000);

describe.each([
  ['chromium', 15],
  ['firefox', 10],
] as const)('in %s', (browser, seconds) => {
  it.skipIf(findBrowser(browser) === undefined)(
    'plays random programs without a fatal error, a lost wake-up, a wrong count or a leak',
    async () => {
      await using driver = await openDriver({ browser });
      console.log(`chaos in ${browser}: CHAOS_SEED=${seed}`);
      const { rounds, threads, trouble } = await playChaos(driver, { seed, rounds: 10_000, seconds, browser });
      console.log(`chaos in ${browser}: ${rounds} rounds, ${threads} threads`);
      expect(trouble).toBe('');
      expect(rounds).toBeGreaterThan(0);
    },
    200_000,
  );
});
