/** The built site on a plain static host: no rewriting, no redirects, no headers beyond the type; 404.html for what is missing. */
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { inject } from 'vitest';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.xml': 'application/xml',
};

export interface Site extends AsyncDisposable {
  /** Scheme, host and port, without a final slash. */
  readonly origin: string;
  /** Where the site's home page is, with a final slash. */
  readonly home: string;
  /** Paths asked of the server so far, with their query. */
  readonly requests: readonly string[];
  /** Absolute address of a path of the site, for example `url('glossary/')`. */
  url(path: string): string;
}

export interface SiteOptions {
  /** Path under which the site is served; begins and ends with a slash. */
  readonly under?: string;
  readonly folder?: string;
  /** Answers `folder` as `folder/`, without a redirect, as some hosts do. */
  readonly slashless?: boolean;
  /** A script that every page runs before its own, for a browser whose driver cannot do that. */
  readonly firstScript?: string | undefined;
}

/** Outside of the site's own paths, and allowed by the policy of its pages, as every script of their origin. */
const firstScriptPath = '/first-script.js';

function send(response: ServerResponse, status: number, file: string, firstScript?: string): void {
  response.writeHead(status, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
  if (firstScript === undefined || extname(file) !== '.html') createReadStream(file).pipe(response);
  else response.end(readFileSync(file, 'utf8').replace('<title>', `<script src="${firstScriptPath}"></script>$&`));
}

/** Serves the built site on a free port of this machine. */
export async function serveSite({
  under = '/',
  folder = inject('siteFolder'),
  slashless = false,
  firstScript,
}: SiteOptions = {}): Promise<Site> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const asked = request.url ?? '/';
    requests.push(asked);
    const address = new URL(asked, 'http://localhost').pathname;
    const pathname = slashless && `${address}/` === under ? under : address;
    if (firstScript !== undefined && pathname === firstScriptPath) {
      response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(firstScript);
      return;
    }
    const inside = pathname.startsWith(under) ? decodeURIComponent(pathname.slice(under.length)) : undefined;
    const file = inside === undefined ? undefined : join(folder, normalize(`/${inside}`));
    if (file !== undefined && existsSync(file)) {
      if (!statSync(file).isDirectory()) {
        send(response, 200, file, firstScript);
        return;
      }
      const index = join(file, 'index.html');
      // Not every host sends a reader from /chapter to /chapter/; so nothing may need it.
      if ((slashless || pathname.endsWith('/')) && existsSync(index)) {
        send(response, 200, index, firstScript);
        return;
      }
    }
    const missing = join(folder, '404.html');
    if (inside !== undefined && existsSync(missing)) send(response, 404, missing, firstScript);
    else response.writeHead(404).end();
  });
  return listening(server, under, requests);
}

/** The site of a server, once that listens on a free port of this machine; `requests` is filled by the server. */
export async function listening(server: Server, under: string, requests: readonly string[]): Promise<Site> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const origin = `http://127.0.0.1:${address.port}`;
  return {
    origin,
    home: `${origin}${under}`,
    requests,
    url: (path) => new URL(path.replace(/^\//u, ''), `${origin}${under}`).href,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
