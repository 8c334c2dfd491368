/** One HTTP exchange as bytes: the request that is sent, and answers read however they arrive. */
import { expect, it } from 'vitest';
import { composeRequest, ResponseReader } from '../../../src/island/network/http.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (data: Uint8Array): string => new TextDecoder().decode(data);
const request = { method: 'GET', path: '/', host: '127.0.0.1', port: 8000, body: '' };

/** The answer as it is read when it comes in pieces of `size` bytes. */
function read(answer: Uint8Array | string, size = 1_000_000, method = 'GET'): ResponseReader {
  const data = typeof answer === 'string' ? bytes(answer) : answer;
  const reader = new ResponseReader(method);
  for (let at = 0; at < data.length; at += size) reader.push(data.subarray(at, at + size));
  return reader;
}

it('asks for a path of a host, and for the end of the connection', () => {
  expect(text(composeRequest(request))).toBe(
    'GET / HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nAccept: */*\r\nConnection: close\r\n\r\n',
  );
  expect(text(composeRequest({ ...request, host: '::1' }))).toContain('Host: [::1]:8000\r\n');
});

it('sends a body with its type and its length in bytes', () => {
  const post = text(composeRequest({ ...request, method: 'POST', body: '{"name": "Zoë"}' }));
  expect(post).toContain('Content-Type: application/json\r\nContent-Length: 16\r\n\r\n{"name": "Zoë"}');
  expect(text(composeRequest({ ...request, method: 'POST', body: 'Zoë' }))).toContain('text/plain; charset=utf-8');
});

it('lets no path end the request line', () => {
  const sent = text(composeRequest({ ...request, path: '/a b\r\nX-Evil: 1\r\né' }));
  expect(sent.split('\r\n')[0]).toBe('GET /a%20b%0D%0AX-Evil:%201%0D%0A%C3%A9 HTTP/1.1');
});

const answers = {
  'a length': 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello',
  chunks: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n',
  'an interim answer before it': 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello',
};

for (const [what, answer] of Object.entries(answers)) {
  it.each([1, 7, 1_000_000])(`reads an answer with ${what}, in pieces of %i bytes`, (size) => {
    const reader = read(answer, size);
    expect(reader.complete).toBe(true);
    expect(reader.response?.statusLine).toBe('HTTP/1.1 200 OK');
    expect(text(reader.response?.body ?? bytes(''))).toBe('hello');
  });
}

it('reads a body without a length up to the end of the connection', () => {
  const reader = read('HTTP/1.0 404 Not Found\r\nServer: a\r\nServer: b\r\n\r\nno');
  expect(reader.complete).toBe(false);
  reader.push(bytes(' such file'));
  reader.end();
  expect(reader.complete).toBe(true);
  expect(reader.response).toMatchObject({
    statusLine: 'HTTP/1.0 404 Not Found',
    status: 404,
    headers: [
      ['Server', 'a'],
      ['Server', 'b'],
    ],
  });
  expect(text(reader.response?.body ?? bytes(''))).toBe('no such file');
});

it('expects no body after HEAD, 204 and 304', () => {
  expect(read('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n', 3, 'HEAD').complete).toBe(true);
  expect(read('HTTP/1.1 204 No Content\r\n\r\n').complete).toBe(true);
  expect(read('HTTP/1.1 304 Not Modified\r\n\r\n').complete).toBe(true);
});

it('keeps what has come of an answer that breaks off, and says so', () => {
  const reader = read('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello');
  reader.end();
  expect(reader.complete).toBe(false);
  expect(reader.fault).toBeDefined();
  expect(text(reader.response?.body ?? bytes(''))).toBe('hello');
});

it.each(['220 ready\r\n', 'hello\n', '<html>\r\n'])('says that %j is no HTTP', (answer) => {
  const reader = read(answer);
  expect(reader.response).toBeUndefined();
  expect(reader.fault).toBeDefined();
});

it('keeps every byte of a body that is no text', () => {
  const body = Uint8Array.from({ length: 256 }, (_, index) => index);
  const head = bytes('HTTP/1.1 200 OK\r\nContent-Length: 256\r\n\r\n');
  expect(read(new Uint8Array([...head, ...body]), 100).response?.body).toEqual(body);
});
