/**
 * `npm run chaos [-- --rounds N --seconds T --seed S --browser B]`: random threaded programs in the readers' kernel until
 * that many rounds, or that many seconds, are over; fails on a fatal error, a lost wake-up, a wrong count, a leak.
 */
import { parseArgs } from 'node:util';
import { openDriver } from '../../src/recorder/driver/open.ts';
import { playChaos } from './play.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    browser: { type: 'string', default: 'chromium' },
  },
});
const asked = { rounds: Number(values.rounds), seconds: Number(values.seconds), seed: Number(values.seed) };
console.log(`seed ${asked.seed}`);
await using driver = await openDriver({ browser: values.browser === 'firefox' ? 'firefox' : 'chromium' });
let told = 0;
const { rounds, threads, trouble } = await playChaos(driver, asked, (count) => {
  if (count - told < 500) return;
  told = count;
  console.log(`${count} rounds`);
});
console.log(`${rounds} rounds, ${threads} threads`);
if (trouble !== '') {
  console.error(trouble);
  process.exitCode = 1;
}
