/** A page of another site that embeds cells of the built course: another host name, so that nothing is shared between the two. */
import { createServer } from 'node:http';
import { listening, type Site } from './site.ts';

export interface ForeignOptions {
  /** Of the page, such as a policy. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Further files, by their path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Put in place of the script element. */
  readonly script?: string;
  readonly head?: string;
}

export interface ForeignSite extends AsyncDisposable {
  readonly address: string;
}

/** The whole page: a title, the script, and `body`. The course is at `course`. */
export async function serveForeign(course: Site, body: string, options: ForeignOptions = {}): Promise<ForeignSite> {
  const { headers = {}, files = {}, head = '' } = options;
  const script = options.script ?? `<script src="${course.url('embed/v1.js')}" async></script>`;
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A teacher’s page</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
${script}${head}</head><body><main><h1>A lesson</h1>${body}</main></body></html>`;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = files[pathname];
    if (file !== undefined) response.writeHead(200, { 'content-type': 'text/plain' }).end(file);
    else if (pathname !== '/') response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(page);
  });
  const site = await listening(server, '/', []);
  return {
    address: site.home.replace('127.0.0.1', 'localhost'),
    [Symbol.asyncDispose]: () => site[Symbol.asyncDispose](),
  };
}
