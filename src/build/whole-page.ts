/**
 * Middleware of `npm run dev`: a page is sent when it is whole. Astro streams pages, so that one whose rendering fails ends in
 * the middle, with the status 200 that it began with.
 *
 * Invariant: what is sent as a page with status 200 ends with `</html>`; anything but a page passes through untouched.
 */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';

export interface Page {
  readonly status: number;
  readonly html: string;
}

/** `finish` gets each page with whether it is whole, and gives what is sent in its place. */
export function wholePages(finish: (address: string, page: Page, whole: boolean) => Page) {
  return (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    if (request.headers.accept?.includes('text/html') !== true) {
      next();
      return;
    }
    const [writeHead, write, end] = [
      response.writeHead.bind(response) as (...words: unknown[]) => ServerResponse,
      response.write.bind(response) as (...words: unknown[]) => boolean,
      response.end.bind(response) as (...words: unknown[]) => ServerResponse,
    ];
    const chunks: string[] = [];
    let held: { readonly status: number; readonly headers: OutgoingHttpHeaders } | undefined;
    response.writeHead = (status: number, ...rest: unknown[]) => {
      const headers = (rest.find((each) => typeof each === 'object') ?? {}) as OutgoingHttpHeaders;
      const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
      if (String(type ?? response.getHeader('content-type')).startsWith('text/html')) {
        held = { status, headers };
        return response;
      }
      return writeHead(status, ...rest);
    };
    const keep = (chunk: unknown): void => {
      if (typeof chunk === 'string') chunks.push(chunk);
      else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk).toString());
    };
    response.write = (...words: unknown[]): boolean => {
      if (held === undefined) return write(...words);
      keep(words[0]);
      return true;
    };
    response.end = (...words: unknown[]) => {
      if (held === undefined) return end(...words);
      keep(words[0]);
      const html = chunks.join('');
      const whole = held.status < 500 && /<\/html>\s*$/.test(html);
      const page = finish(request.url ?? '/', { status: held.status, html }, whole);
      const rest = Object.entries(held.headers).filter(([name]) => name.toLowerCase() !== 'content-length');
      writeHead(page.status, Object.fromEntries(rest));
      return end(page.html);
    };
    next();
  };
}
