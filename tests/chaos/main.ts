/**
 * `npm run chaos [-- --rounds N --seconds T --seed S --browser B]`: random programs of threads, sockets, tasks and greenlets
 * in the readers' kernel until that many rounds, or that many seconds, are over; fails on a fatal error, a lost wake-up, a
 * wrong count, a leak. With `--seeded` in Node, where the seed fixes the schedule, too; `--trace` tells its every switch.
 */
import { parseArgs } from 'node:util';
import { openDriver } from '../../src/recorder/driver/open.ts';
import { playChaos } from './play.ts';
import { playSeeded } from './seeded.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    browser: { type: 'string', default: 'chromium' },
    seeded: { type: 'boolean', default: false },
    trace: { type: 'boolean', default: false },
  },
});
const asked = { rounds: Number(values.rounds), seconds: Number(values.seconds), seed: Number(values.seed) };
console.log(`seed ${asked.seed}`);
let told = 0;
const progress = (every: number) => (count: number) => {
  if (count - told < every) return;
  told = count;
  console.log(`${count} rounds`);
};

/** What went wrong; empty when nothing did. */
async function inBrowser(): Promise<string> {
  const browser = values.browser === 'firefox' ? 'firefox' : 'chromium';
  await using driver = await openDriver({ browser });
  const { rounds, threads, trouble } = await playChaos(driver, { ...asked, browser }, progress(500));
  console.log(`${rounds} rounds, ${threads} threads`);
  return trouble;
}

async function seeded(): Promise<string> {
  const { rounds, trouble, trace } = await playSeeded({ ...asked, trace: values.trace }, progress(100));
  for (const line of trace) console.log(line);
  console.log(`${rounds} rounds`);
  return trouble;
}

const trouble = values.seeded ? await seeded() : await inBrowser();
if (trouble !== '') {
  console.error(trouble);
  process.exitCode = 1;
}
