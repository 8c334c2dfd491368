/**
 * `npm run bench:boot [ROUNDS]`: click to first output with a warm cache, ours against Pyodide's stock loader, in
 * the same page in the same run; fails if the ratio of the medians is above the budget.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, extname, join } from 'node:path';
import { buildRuntime } from '../../src/kernel/build/build-runtime.ts';
import { bundleClassic } from '../../src/kernel/build/bundle.ts';
import { openChromium } from '../../src/recorder/driver/chromium.ts';

const budget = 0.4;
const rounds = Number(process.argv[2] ?? 9);
const runtimeFolder = '.cache/bench/runtime';
const stockFolder = 'node_modules/pyodide';

const stockWorker = `import { loadPyodide } from './stock/pyodide.mjs';
const python = loadPyodide({ indexURL: './stock/', stdout: (text) => postMessage(text) });
onmessage = async ({ data }) => (await python).runPythonAsync(data);`;

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

await buildRuntime(runtimeFolder);
const script = await bundleClassic(new URL('boot-page.ts', import.meta.url));

async function answer(path: string): Promise<string | Uint8Array> {
  if (path === '/')
    return '<!doctype html><meta charset="utf-8"><title>Boot</title><body><script src="page.js"></script>';
  if (path === '/page.js') return script;
  if (path === '/stock-worker.js') return stockWorker;
  return readFile(join(path.startsWith('/stock/') ? stockFolder : runtimeFolder, basename(path)));
}

const server = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  answer(path).then(
    (body) => {
      // Cached as a good host would have it: what the next visit finds.
      const cache = path.endsWith('.json') ? 'no-cache' : 'max-age=31536000, immutable';
      const type = path === '/' ? 'text/html' : (types[extname(path)] ?? 'application/octet-stream');
      response.writeHead(200, { 'content-type': type, 'cache-control': cache }).end(body);
    },
    () => response.writeHead(404).end(),
  );
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const times = { ours: [] as number[], stock: [] as number[] };
{
  await using browser = await openChromium(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
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
server.closeAllConnections();
server.close();

for (const [name, values] of Object.entries(times)) {
  console.log(
    `${name.padEnd(6)} median ${median(values).toFixed(0)} ms  (${values.map((v) => v.toFixed(0)).join(' ')})`,
  );
}
const ratio = median(times.ours) / median(times.stock);
console.log(`ratio  ${ratio.toFixed(2)}  (budget ${budget})`);
process.exitCode = ratio <= budget ? 0 : 1;
