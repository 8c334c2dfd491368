/** Serves folders of the peers on a port of this machine, all by the same rules: pages are asked for again, files are kept. */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { listening, type Site } from '../../browser/support/site.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** `folders` are by the path that they stand under, each with a final slash; the longest that fits answers. */
export async function serve(folders: Readonly<Record<string, string>>): Promise<Site> {
  const mounts = Object.entries(folders).sort(([one], [other]) => other.length - one.length);
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const asked = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    requests.push(asked);
    const [under, folder] = mounts.find(([under]) => asked.startsWith(under)) ?? ['/', ''];
    let file = path.join(folder, path.normalize(`/${asked.slice(under.length)}`));
    if (existsSync(file) && statSync(file).isDirectory()) file = path.join(file, 'index.html');
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const type = types[path.extname(file)] ?? 'application/octet-stream';
    const kept = path.extname(file) === '.html' ? 'no-cache' : 'max-age=31536000, immutable';
    response.writeHead(200, { 'content-type': type, 'cache-control': kept });
    createReadStream(file).pipe(response);
  });
  return await listening(server, '/', requests);
}
