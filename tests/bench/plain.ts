/**
 * `npm run bench:plain [ROUNDS]`: what plain Python costs in the readers' kernel, in Pyodide as its own loader makes it, in one
 * page in alternating rounds, and natively where `NATIVE_PYTHON` names an interpreter. Prints the best of all
 * rounds, which others who use the machine disturb least, and ratios; fails if one is over the budget.
 */
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { openChromium } from '../../src/recorder/driver/chromium.ts';
import { serveBootPage } from './boot-server.ts';

/** How much longer than the stock loader a workload may take. */
const budget = 1.1;
const rounds = Number(process.argv[2] ?? 5);

type Seconds = Readonly<Record<string, number>>;
const read = (printed: string): Seconds => JSON.parse(printed) as Seconds;
const program = await readFile(new URL('plain.py', import.meta.url), 'utf8');
const inPage = `${program}\nawait main()\n`;

const rows: Record<'ours' | 'stock' | 'native', Seconds[]> = { ours: [], stock: [], native: [] };
const [command, ...words] = (process.env['NATIVE_PYTHON'] ?? '').trim().split(/\s+/u);
{
  await using server = await serveBootPage();
  await using browser = await openChromium(server.address);
  const { page } = browser;
  // The first round lets the browser compile what is called often, and is not counted.
  for (let round = 0; round <= rounds; round++) {
    const stock = read(await page.evaluate((source) => window.runStock(source), inPage));
    const ours = read(await page.evaluate((source) => window.runCell(source), inPage));
    if (round === 0) continue;
    rows.stock.push(stock);
    rows.ours.push(ours);
    if (!command) continue;
    const input = `${program}\nasyncio.run(main())\n`;
    const { stdout, stderr, status } = spawnSync(command, [...words, '-'], { input, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    rows.native.push(read(stdout));
  }
}

const names = Object.keys(rows.stock[0] ?? {});
const of = (row: readonly Seconds[], name: string) => Math.min(...row.map((seconds) => seconds[name] ?? Number.NaN));
const milliseconds = (seconds: number) => `${(seconds * 1000).toFixed(2)} ms`.padStart(12);
const over: string[] = [];
console.log(`${''.padEnd(26)}${['stock', 'ours', 'ratio', 'native'].map((head) => head.padStart(12)).join('')}`);
for (const name of names) {
  const [stock, ours, native] = [of(rows.stock, name), of(rows.ours, name), of(rows.native, name)];
  if (ours / stock > budget) over.push(name);
  const ratio = (ours / stock).toFixed(2).padStart(12);
  console.log(
    `${name.padEnd(26)}${milliseconds(stock)}${milliseconds(ours)}${ratio}${command ? milliseconds(native) : ''}`,
  );
}
if (over.length > 0) console.log(`Over ${budget}: ${over.join(', ')}`);
process.exitCode = over.length > 0 ? 1 : 0;
