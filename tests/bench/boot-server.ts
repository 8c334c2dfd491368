/** Serves the page that boots Python in two ways, by our session and by Pyodide's own loader, with every file cached. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, extname, join } from 'node:path';
import { buildRuntime } from '../../src/kernel/build/build-runtime.ts';
import { bundleClassic } from '../../src/kernel/build/bundle.ts';

const runtimeFolder = '.cache/bench/runtime';
const stockFolder = 'node_modules/pyodide';

const stockWorker = `import { loadPyodide } from './stock/pyodide.mjs';
const python = loadPyodide({ indexURL: './stock/', stdout: (text) => postMessage(text) });
onmessage = ({ data }) =>
  python.then((found) => found.runPythonAsync(data)).catch((error) => postMessage(String(error)));`;

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

export async function serveBootPage(): Promise<AsyncDisposable & { readonly address: string }> {
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
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    [Symbol.asyncDispose]: () => {
      server.closeAllConnections();
      server.close();
      return Promise.resolve();
    },
  };
}
