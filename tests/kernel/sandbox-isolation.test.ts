/** Python in the sandbox reaches nothing: no network, no storage, no page, no site beside it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openKernelPage, type KernelPage } from './page.ts';

let kernel: KernelPage;
const reached: string[] = [];
/** Another origin that lets everyone in: only the sandbox keeps Python from it. */
const other = createServer((request, response) => {
  reached.push(request.url ?? '');
  response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' }).end('1');
});
let otherAddress = '';

beforeAll(async () => {
  kernel = await openKernelPage();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  otherAddress = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  other.closeAllConnections();
  other.close();
  await kernel[Symbol.asyncDispose]();
});

/** Each must raise. */
const attempts: Readonly<Record<string, string>> = {
  'fetch of the site': 'await js.fetch(SITE)',
  'fetch of another origin': 'await js.fetch(OTHER)',
  'fetch without CORS': 'await js.fetch(OTHER, mode="no-cors")',
  'fetch through Pyodide': 'import pyodide.http\nawait pyodide.http.pyfetch(OTHER)',
  'synchronous request': 'x = js.XMLHttpRequest.new()\nx.open("GET", OTHER, False)\nx.send()',
  'module of another origin': [
    'from pyodide.ffi import to_js',
    'code = f"import({OTHER!r}).then(() => postMessage(1), () => postMessage(0))"',
    'url = js.URL.createObjectURL(js.Blob.new(to_js([code]), type="text/javascript"))',
    'answer = js.Promise.withResolvers()',
    'worker = js.Worker.new(url)',
    'worker.onmessage = answer.resolve',
    'assert (await answer.promise).data, "blocked"',
  ].join('\n'),
  'worker of the site': 'js.Worker.new(SITE + "page.js")',
  importScripts: 'js.importScripts(OTHER)',
  eval: 'js.eval("1")',
  run_js: 'from pyodide.code import run_js\nrun_js("1")',
  Function: 'js.Function.new("return 1")',
  caches: 'await js.caches.keys()',
  IndexedDB: 'js.indexedDB.open("x")',
  localStorage: 'js.localStorage',
  'origin private files': 'await js.navigator.storage.getDirectory()',
  document: 'js.document',
  window: 'js.window',
  packages: 'import pyodide_js\nawait pyodide_js.loadPackage("numpy")\nimport numpy',
};

it('runs in an opaque origin', async () => {
  expect((await kernel.run('import js\nstr(js.self.origin)')).results).toEqual(["'null'"]);
});

it.for(Object.entries(attempts))('blocks %s', async ([, attempt]) => {
  const setting = `import js\nSITE = ${JSON.stringify(kernel.address)}\nOTHER = ${JSON.stringify(otherAddress)}\n`;
  const { end, traceback } = await kernel.run(setting + attempt);
  expect(end.outcome, traceback).toBe('error');
});

it('let no request through', async () => {
  const control = await fetch(`${otherAddress}control`);
  expect(control.status).toBe(200);
  expect(reached).toEqual(['/control']);
});

it('lets a worker speak for itself only, and in words of the protocol', async () => {
  const { end, results } = await kernel.run(
    [
      'import js',
      'from pyodide.ffi import to_js',
      'def say(**words): js.postMessage(to_js(words, dict_converter=js.Object.fromEntries))',
      'fault = dict(kind="crashed", what="x", why="x", mend="x")',
      'say(type="sandbox.failed", fault=fault)',
      'say(type="process.failed", pid=1, fault=dict(kind="made up"))',
      'say(type="cell.output", run="1", events=[])',
      'say(type="cell.output", run=1, events=[dict(type="html", text="<b>")])',
      'say(type="nonsense")',
      'js.postMessage(None)',
      'js.postMessage("text")',
      '"alive"',
    ].join('\n'),
  );
  expect(end.outcome).toBe('ok');
  expect(results).toEqual(["'alive'"]);
});

it('does not let a second script into the frame', async () => {
  const frame = kernel.page.frames().find((each) => each.parentFrame() !== null);
  expect(frame).toBeDefined();
  const ran = await frame?.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.ran = true';
    document.head.append(script);
    return 'ran' in globalThis;
  });
  expect(ran).toBe(false);
});
