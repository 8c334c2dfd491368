/** `npm run check-host`: a host that serves the course as it is has no fault, and each kind of fault is told with its mend. */
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { lookAt } from '../../src/commands/check-host/look.ts';
import { hosts, serveAs, type Host } from './support/host.ts';

const folder = inject('siteFolder');
const plain: Host = { name: 'plain', slashless: 'redirect' };

/** What is wrong with the built folder on a host, one line each. */
async function wrong(host: Host): Promise<string> {
  await using site = await serveAs(host, folder);
  const findings = await lookAt(site.home);
  return findings
    .filter(({ state }) => state === 'wrong')
    .map(({ what, mend }) => `${what}: ${mend}`)
    .join('\n');
}

const atFault = /year|IIS|first page/;
it.each(hosts.filter(({ name }) => !atFault.test(name)))('finds nothing wrong on $name', async (host) => {
  expect(await wrong(host)).toBe('');
});

const faults: readonly (readonly [string, Partial<Host>, RegExp])[] = [
  [
    'files that Jekyll leaves out',
    { leavesOut: (file) => file.startsWith('_') },
    /_astro\/\S+\.css is answered with 404: .*\.nojekyll/,
  ],
  [
    'scripts of a wrong type',
    { types: { '.js': 'text/plain' } },
    /\.js has the type “text\/plain”: .*text\/javascript/,
  ],
  ['folders without their page', { refuses: /.\/index\.html$/ }, /\/ is answered with 404: .*S3-like bucket/],
  ['endings that IIS does not know', { refuses: /\.pf_meta$/ }, /\.pf_meta is answered with 404: .*IIS/],
  [
    'pages that are kept for ever',
    { headers: () => ({ 'cache-control': 'max-age=31536000' }) },
    /index\.html may be kept for 31,536,000 s/,
  ],
  [
    'a policy of its own',
    { headers: () => ({ 'content-security-policy': "script-src 'self'" }) },
    /a policy of its own: script-src/,
  ],
  ['a runtime that is not there', { refuses: /^runtime\// }, /runtime\/manifest\.json is answered with 404/],
  [
    'a file of the runtime that is not there',
    { refuses: /wasm\.[0-9a-f]+\.gz$/ },
    /runtime\/wasm\.\S+ is answered with 404/,
  ],
  [
    'a page for whatever is missing',
    { refuses: /\.css$/, missing: { status: 200, file: 'index.html' } },
    /\.css is answered with a page/,
  ],
];
it.each(faults)('tells %s, and how to mend it', async (_what, change, told) => {
  expect(await wrong({ ...plain, ...change })).toMatch(told);
});

it('tells scripts that a proxy adds to pages', async () => {
  await using site = await serveAs(plain, folder);
  const proxy = createServer((request, response) => {
    void fetch(site.origin + (request.url ?? '/')).then(async (answer) => {
      const type = answer.headers.get('content-type') ?? '';
      const body = Buffer.from(await answer.arrayBuffer());
      const added = '<script src="/cdn-cgi/scripts/rocket-loader.min.js"></script></head>';
      response.writeHead(answer.status, { 'content-type': type });
      response.end(type === 'text/html' ? body.toString().replace('</head>', added) : body);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const findings = await lookAt(`http://127.0.0.1:${port}/`);
  proxy.closeAllConnections();
  proxy.close();
  expect(findings.map(({ what }) => what).join('\n')).toContain('adds scripts to pages: /cdn-cgi/');
});

it('is a command that ends with 0 for a good host, with 1 for a bad one, and says how it is called', async () => {
  const command = (...words: readonly string[]) =>
    new Promise<readonly [number, string]>((resolve) => {
      const script = join(import.meta.dirname, '../../src/commands/check-host/main.ts');
      execFile(process.execPath, [script, ...words], (error, stdout, stderr) => {
        resolve([typeof error?.code === 'number' ? error.code : 0, stdout + stderr]);
      });
    });
  await using good = await serveAs(plain, folder);
  await using bad = await serveAs({ ...plain, refuses: /^_astro\// }, folder);
  expect(await command(good.home)).toEqual([0, expect.stringContaining('serves the course as it is')]);
  expect(await command(bad.home)).toEqual([1, expect.stringMatching(/✗ _astro\/[^]*wrong: \d/)]);
  expect((await command())[0]).toBe(2);
  expect(await command('http://127.0.0.1:9/')).toEqual([
    1,
    expect.stringContaining('Give the address of the first page'),
  ]);
});
