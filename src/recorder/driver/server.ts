/** Serves the driver's page and the runtime to a browser on this machine, under the policy of the site's pages. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buildRuntime } from '../../kernel/build/build-runtime.ts';
import { bundleClassic } from '../../kernel/build/bundle.ts';
import type { MountedFile } from '../../protocol/to-sandbox.ts';
import { packFiles } from './packed-files.ts';

/** Where the runtime is built for the driver's page, from the folder that the command runs in. */
export const runtimeFolder = '.cache/driver/runtime';

/** The session of the driver's page, as one script. */
export const driverScript = (): Promise<string> => bundleClassic(new URL('page.ts', import.meta.url));

export interface DriverServer extends AsyncDisposable {
  readonly address: string;
}

/** Listens on a free port of the loopback interface. */
export async function serveDriver(files: readonly MountedFile[] = []): Promise<DriverServer> {
  const [{ frameScriptHash }, script] = await Promise.all([buildRuntime(runtimeFolder), driverScript()]);
  const policy = [
    "default-src 'none'",
    `script-src 'self' '${frameScriptHash}' blob: 'wasm-unsafe-eval'`,
    "worker-src blob:; connect-src 'self'; frame-src 'none'",
  ].join('; ');
  const html =
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Driver</title><body><script src="page.js"></script>';

  const packed = packFiles(files);
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const reply = (status: number, type: string, body: string | Uint8Array) => {
      response.writeHead(status, { 'content-type': type, 'content-security-policy': policy }).end(body);
    };
    if (path === '/') reply(200, 'text/html', html);
    else if (path === '/files') reply(200, 'application/octet-stream', packed);
    else if (path === '/page.js') reply(200, 'text/javascript', script);
    else if (/^\/runtime\/[\w.-]+$/.test(path)) {
      readFile(join(runtimeFolder, path.slice('/runtime/'.length))).then(
        (bytes) => {
          reply(200, 'application/octet-stream', bytes);
        },
        () => {
          reply(404, 'text/plain', 'not found');
        },
      );
    } else reply(404, 'text/plain', 'not found');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
