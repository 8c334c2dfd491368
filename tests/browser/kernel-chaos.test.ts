/** Random threaded programs in the readers' kernel, with time slices down to 0.1 ms. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDriver } from '../../src/recorder/driver/open.ts';
import type { Driver } from '../../src/recorder/driver/contract.ts';
import { playChaos } from '../chaos/play.ts';

let driver: Driver;
beforeAll(async () => {
  driver = await openDriver();
});
afterAll(() => driver[Symbol.asyncDispose]());

it('plays random programs without a fatal error, a lost wake-up, a wrong count or a leak', async () => {
  const seed = Number(process.env['CHAOS_SEED'] ?? Date.now() % 1_000_000_000);
  console.log(`chaos: CHAOS_SEED=${seed}`);
  const { rounds, threads, trouble } = await playChaos(driver, { seed, rounds: 10_000, seconds: 20 });
  console.log(`chaos: ${rounds} rounds, ${threads} threads`);
  expect(trouble).toBe('');
  expect(rounds).toBeGreaterThan(0);
});
