/**
 * Times the start of a process, from `Popen` to its first statement, beside a boot of Pyodide's stock loader in the same
 * browser, and weighs a process that idles.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { openChromium } from '../../src/recorder/driver/chromium.ts';
import { serveBootPage } from './boot-server.ts';
import { readFigures, type Figure } from './parts.ts';

const rounds = 3;
const idle = 4;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** As `npm run bench:boot` has it: from a click to the first line, the files in the browser's cache. */
async function bootStock(page: Page): Promise<number> {
  await page.reload();
  await page.click('#stock');
  return Number(await page.locator('#stock[data-elapsed]').getAttribute('data-elapsed'));
}

/** MB of all processes below this one; what several share is divided among them. Undefined where the system does not tell. */
function memoryBelow(): number | undefined {
  try {
    const parents = readdirSync('/proc')
      .filter((name) => /^\d+$/u.test(name))
      .map((pid) => [pid, /^.*\) \S (\d+)/u.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1]] as const);
    const below = new Set([String(process.pid)]);
    for (let size = 0; size !== below.size;) {
      size = below.size;
      for (const [pid, parent] of parents) if (parent !== undefined && below.has(parent)) below.add(pid);
    }
    below.delete(String(process.pid));
    let sum = 0;
    for (const pid of below)
      sum += Number(/^Pss:\s+(\d+)/mu.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1] ?? 0);
    return sum / 1024;
  } catch {
    return undefined;
  }
}

export async function timeStarts(): Promise<readonly Figure[]> {
  const program = await readFile(new URL('starts.py', import.meta.url), 'utf8');
  await using server = await serveBootPage();
  await using browser = await openChromium(server.address);
  const { page } = browser;
  // A machine that has much else to do boots the stock loader in half a minute.
  page.setDefaultTimeout(180_000);
  const cell = async (source: string): Promise<readonly Figure[]> =>
    readFigures(await page.evaluate((source) => window.runCell(source), source)).figures;
  const times: Record<string, number[]> = { stock: [], cold: [], waiting: [] };
  const weights: number[] = [];
  // The first round fills the caches and is not counted.
  for (let round = 0; round <= rounds; round++) {
    const stock = await bootStock(page);
    await page.reload();
    await cell(program);
    const before = memoryBelow();
    await cell(`idle(${idle})`);
    const after = memoryBelow();
    await cell('for process in PROCESSES: process.communicate()');
    const figures = [...(await cell('cold()')), ...(await cell('waiting()'))];
    if (round === 0) continue;
    times['stock']?.push(stock);
    for (const { name, value } of figures) times[name]?.push(value);
    if (before !== undefined && after !== undefined) weights.push((after - before) / idle);
  }
  const [stock, cold, waiting] = ['stock', 'cold', 'waiting'].map((name) => median(times[name] ?? []));
  if (stock === undefined || cold === undefined || waiting === undefined) throw new Error('three figures');
  return [
    { name: 'Boot of stock Pyodide', value: stock, unit: 'ms' },
    { name: 'Process, booted for it', value: cold, unit: 'ms' },
    { name: '  ratio to the stock boot', value: cold / stock, unit: '' },
    { name: 'Process, an interpreter waiting', value: waiting, unit: 'ms' },
    ...(weights.length > 0 ? [{ name: 'Memory of an idle process', value: median(weights), unit: 'MB' }] : []),
  ];
}
