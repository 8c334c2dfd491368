/** One HTTP exchange over a connection of the network inside a process: what is sent, and what of the answer has come. */
import { HTTPParser } from 'http-parser-js';

export interface HttpRequest {
  readonly method: string;
  /** As it stands in the request line, for example `/items?page=2`. */
  readonly path: string;
  readonly host: string;
  readonly port: number;
  readonly body: string;
}

const utf8 = new TextEncoder();

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The bytes of the request. The server is asked to close, so the end of the answer is the end of the connection. */
export function composeRequest({ method, path, host, port, body }: HttpRequest): Uint8Array<ArrayBuffer> {
  const content = utf8.encode(body);
  const type = isJson(body) ? 'application/json' : 'text/plain; charset=utf-8';
  const address = host.includes(':') ? `[${host}]` : host;
  const lines = [
    // What is no visible ASCII would end the line or the word.
    `${method} ${path.replace(/[^\x21-\x7e]+/g, (part) => encodeURIComponent(part))} HTTP/1.1`,
    `Host: ${address}:${port}`,
    'Accept: */*',
    'Connection: close',
    ...(content.length > 0 ? [`Content-Type: ${type}`, `Content-Length: ${content.length}`] : []),
  ];
  const head = utf8.encode(`${lines.join('\r\n')}\r\n\r\n`);
  const bytes = new Uint8Array(head.length + content.length);
  bytes.set(head);
  bytes.set(content, head.length);
  return bytes;
}

export interface HttpResponse {
  /** For example `HTTP/1.1 404 Not Found`. */
  readonly statusLine: string;
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

/** The parser takes text out of its input by this method, as Node's `Buffer` has it. */
class Bytes extends Uint8Array {
  override toString(_encoding?: string, start = 0, end = this.length): string {
    let text = '';
    for (let index = start; index < end; index += 1) text += String.fromCharCode(this[index] ?? 0);
    return text;
  }
}

/** Reads an answer as it comes. */
export class ResponseReader {
  readonly #parser = new HTTPParser('RESPONSE');
  readonly #body: Uint8Array[] = [];
  #head: Omit<HttpResponse, 'body'> | undefined;
  #complete = false;
  #fault: string | undefined;

  /** `method` is that of the request: the answer to HEAD has no body. */
  constructor(method: string) {
    this.#parser[HTTPParser.kOnHeadersComplete] = (info) => {
      const { versionMajor, versionMinor, statusCode, statusMessage, headers } = info;
      const names = headers.filter((_, index) => index % 2 === 0);
      this.#head = {
        statusLine: `HTTP/${versionMajor}.${versionMinor} ${statusCode} ${statusMessage}`.trim(),
        status: statusCode,
        headers: names.map((name, index) => [name, headers[2 * index + 1] ?? ''] as const),
      };
      return method === 'HEAD' ? 1 : 0;
    };
    this.#parser[HTTPParser.kOnBody] = (chunk, offset, length) => {
      this.#body.push(chunk.subarray(offset, offset + length));
    };
    this.#parser[HTTPParser.kOnMessageComplete] = () => {
      // That of `100 Continue` is not the answer yet.
      this.#complete = this.#head !== undefined && this.#head.status >= 200;
    };
  }

  /** The answer is complete: nothing that comes after it belongs to it. */
  get complete(): boolean {
    return this.#complete;
  }

  /** Why this is no HTTP; undefined while it can be. */
  get fault(): string | undefined {
    return this.#fault;
  }

  push(data: Uint8Array): void {
    if (this.#complete || this.#fault !== undefined) return;
    // Its types ask for a whole `Buffer` of Node's; it reads bytes and calls `toString` and `slice`.
    this.#told(this.#parser.execute(new Bytes(data) as unknown as Buffer));
  }

  /** The connection is over, which ends a body without a length. */
  end(): void {
    if (!this.#complete && this.#fault === undefined) this.#told(this.#parser.finish());
  }

  /** The answer as far as it has come; undefined before its headers have. */
  get response(): HttpResponse | undefined {
    if (!this.#head) return undefined;
    const body = new Uint8Array(this.#body.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const chunk of this.#body) {
      body.set(chunk, at);
      at += chunk.length;
    }
    return { ...this.#head, body };
  }

  #told(result: unknown): void {
    if (result instanceof Error) this.#fault = result.message;
  }
}
