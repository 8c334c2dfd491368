/**
 * `npm run bench:boot [ROUNDS]`: click to first output with a warm cache, ours against Pyodide's stock loader, in
 * the same page in the same run; fails if the ratio of the medians is above the budget.
 */
import { openChromium } from '../../src/recorder/driver/chromium.ts';
import { serveBootPage } from './boot-server.ts';

const budget = 0.4;
const rounds = Number(process.argv[2] ?? 9);
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const times = { ours: [] as number[], stock: [] as number[] };
{
  await using server = await serveBootPage();
  await using browser = await openChromium(server.address);
  const { page } = browser;
  // The first round fills the caches and is not counted.
  for (let round = 0; round <= rounds; round++) {
    for (const name of ['stock', 'ours'] as const) {
      await page.reload();
      await page.click(`#${name}`);
      const measured = await page.locator(`#${name}[data-elapsed]`).getAttribute('data-elapsed');
      const elapsed = Number(measured);
      if (!Number.isFinite(elapsed)) throw new Error(`${name}: ${measured}`);
      if (round > 0) times[name].push(elapsed);
    }
  }
}

for (const [name, values] of Object.entries(times)) {
  console.log(
    `${name.padEnd(6)} median ${median(values).toFixed(0)} ms  (${values.map((v) => v.toFixed(0)).join(' ')})`,
  );
}
const ratio = median(times.ours) / median(times.stock);
console.log(`ratio  ${ratio.toFixed(2)}  (budget ${budget})`);
process.exitCode = ratio <= budget ? 0 : 1;
