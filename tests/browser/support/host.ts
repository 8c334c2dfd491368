/**
 * The static hosts that people use, as far as they differ in what they leave out, how they answer a folder, and which headers
 * they send. Each serves the same folder, as it is.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { filesBelow } from './files-below.ts';
import { listening, type Site } from './site.ts';

type Headers = Readonly<Record<string, string>>;

export interface Host {
  readonly name: string;
  /** Begins and ends with a slash. */
  readonly under?: string;
  /** Whether it leaves out a file, by its path below the folder, when that is uploaded or published. */
  readonly leavesOut?: (file: string, folder: string) => boolean;
  /** The type of a file by its ending, in place of the usual one. */
  readonly types?: Headers;
  /** Of a file that the usual types do not know. */
  readonly otherwise?: string;
  readonly headers?: (file: string) => Headers;
  /** What it answers for `folder` without the slash: a redirect, the page itself, or that it is missing. */
  readonly slashless: 'redirect' | 'page' | 'missing';
  /** Its disk does not tell names apart that differ by case. */
  readonly foldsCase?: boolean;
  /** Compresses text while it sends it, and sends `name.gz` for `name` when there is one. */
  readonly compresses?: boolean;
  /** Endings that it does not serve. */
  readonly refuses?: RegExp;
  /** What it sends in place of a page that is missing. */
  readonly missing?: { readonly status: number; readonly file: string };
}

const usual: Headers = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.js': 'application/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
};

const jekyll = (file: string, folder: string): boolean =>
  !existsSync(join(folder, '.nojekyll')) && file.split('/').some((name) => /^[_.]/.test(name));
const hidden = (file: string): boolean => file.split('/').some((name) => name.startsWith('.'));
const immutable = { 'cache-control': 'public, max-age=31536000, immutable' };

export const hosts: readonly Host[] = [
  {
    name: 'GitHub Pages from a branch, under the name of a repository',
    under: '/course/',
    leavesOut: jekyll,
    slashless: 'redirect',
    types: { '.gz': 'application/gzip', '.zip': 'application/zip' },
    headers: () => ({ 'cache-control': 'max-age=600', 'access-control-allow-origin': '*' }),
    compresses: true,
  },
  { name: 'GitLab Pages', under: '/group/course/', slashless: 'redirect', compresses: true, otherwise: 'text/plain' },
  {
    name: 'Netlify and Cloudflare Pages, whose uploads leave out hidden files',
    leavesOut: hidden,
    slashless: 'page',
    headers: () => ({ 'cache-control': 'public, max-age=0, must-revalidate', 'x-content-type-options': 'nosniff' }),
    compresses: true,
  },
  { name: 'nginx with gzip_static', slashless: 'redirect', otherwise: 'application/octet-stream', compresses: true },
  {
    name: 'Apache, which declares .gz as an encoding',
    under: '/~school/courses/python/',
    slashless: 'redirect',
    headers: (file) =>
      file.endsWith('.gz') ? { 'content-encoding': 'gzip', 'content-type': 'application/octet-stream' } : {},
  },
  {
    name: 'a bucket whose uploader guessed types and encodings',
    slashless: 'missing',
    otherwise: 'binary/octet-stream',
    headers: (file) => (file.endsWith('.gz') ? { 'content-encoding': 'gzip', 'content-type': 'text/html' } : {}),
    missing: { status: 403, file: '404.html' },
  },
  {
    name: 'IIS, which answers 404 for endings that it does not know',
    slashless: 'redirect',
    refuses: /\.(?:pagefind|pf_\w+)$/,
    foldsCase: true,
  },
  {
    name: 'a server that knows few types, and forbids to guess',
    slashless: 'missing',
    types: { '.gz': 'text/plain', '.zip': 'text/plain', '.mjs': 'text/plain', '.json': 'text/plain' },
    otherwise: 'text/plain',
    headers: () => ({ 'x-content-type-options': 'nosniff' }),
  },
  { name: 'a host that lets everything be kept for a year', slashless: 'redirect', headers: () => immutable },
  { name: 'a disk that does not tell A from a', slashless: 'redirect', foldsCase: true },
  {
    name: 'a host that answers every missing address with the first page',
    slashless: 'page',
    missing: { status: 200, file: 'index.html' },
  },
];

/** A host that lets nobody show its pages in a frame. */
export const refusingFrames: Host = {
  name: 'a host that refuses frames',
  slashless: 'missing',
  headers: () => ({ 'x-frame-options': 'SAMEORIGIN' }),
};

/** The published files by the path that a request names them by. */
function published(folder: string, host: Host): ReadonlyMap<string, string> {
  const files = filesBelow(folder).filter(
    (file) => host.leavesOut?.(file, folder) !== true && host.refuses?.test(file) !== true,
  );
  return new Map(files.map((file) => [host.foldsCase === true ? file.toLowerCase() : file, file]));
}

/** Serves `folder` on a free port of this machine as `host` would. */
export async function serveAs(host: Host, folder: string): Promise<Site> {
  const files = published(folder, host);
  const under = host.under ?? '/';
  const requests: string[] = [];
  const find = (path: string): string | undefined => files.get(host.foldsCase === true ? path.toLowerCase() : path);
  const server = createServer((request, response) => {
    const asked = request.url ?? '/';
    requests.push(asked);
    const { pathname, search } = new URL(asked, 'http://localhost');
    const send = (status: number, file: string, also: Headers = {}): void => {
      const ending = extname(file);
      const type = host.types?.[ending] ?? usual[ending] ?? host.otherwise ?? 'application/octet-stream';
      const content = readFileSync(join(folder, file));
      const compress = host.compresses === true && /^(?:text|application\/(?:javascript|json))/.test(type);
      const body = compress && also['content-encoding'] === undefined ? gzipSync(content) : content;
      const encoded = body === content ? {} : { 'content-encoding': 'gzip' };
      response.writeHead(status, { 'content-type': type, ...encoded, ...host.headers?.(file), ...also }).end(body);
    };
    const inside = pathname.startsWith(under) ? decodeURIComponent(pathname.slice(under.length)) : undefined;
    const own = inside === undefined || inside === '' ? undefined : find(inside);
    const index =
      inside === undefined ? undefined : find(`${inside}${inside === '' || inside.endsWith('/') ? '' : '/'}index.html`);
    const gz = own === undefined && host.compresses === true ? find(`${inside ?? ''}.gz`) : undefined;
    if (own !== undefined) send(200, own);
    else if (gz !== undefined) send(200, gz, { 'content-encoding': 'gzip' });
    else if (index !== undefined && (pathname.endsWith('/') || host.slashless === 'page')) send(200, index);
    else if (index !== undefined && host.slashless === 'redirect')
      response.writeHead(301, { location: `${pathname}/${search}` }).end();
    else {
      const { status, file } = host.missing ?? { status: 404, file: '404.html' };
      send(status, file);
    }
  });
  return listening(server, under, requests);
}
