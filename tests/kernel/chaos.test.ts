/**
 * Random programs of threads, sockets, tasks and greenlets in the readers' kernel, with time slices down to 0.1 ms, a minute
 * of them. With seeds that fix the schedule, too: tests/python/chaos.test.ts.
 */
import { describe, expect, it } from 'vitest';
import { findBrowser } from '../../src/commands/browser.mjs';
import { openDriver } from '../../src/recorder/driver/open.ts';
import { playChaos } from '../chaos/play.ts';

const seed = Number(process.env['CHAOS_SEED'] ?? Date.now() % 1_000_000_000);

describe.each([
  ['chromium', 60],
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
