/** What happens when the runtime does not arrive, or the sandbox may not start: the reason is said, and a retry works. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openKernelPage, type KernelPage } from './page.ts';

let kernel: KernelPage;
beforeEach(async () => {
  kernel = await openKernelPage();
});
afterEach(() => kernel[Symbol.asyncDispose]());

it('names the file that failed, settles the runs that waited, and starts at the next try', async () => {
  for (const file of ['manifest.json', 'wasm', 'core', 'stdlib']) {
    await kernel.page.route(`**/runtime/${file}*`, (route) => route.abort());
    const { end } = await kernel.run('1');
    expect(end).toMatchObject({
      outcome: 'fault',
      fault: { kind: 'crashed', what: 'Python could not be downloaded.' },
    });
    expect(end.outcome === 'fault' && end.fault.why).toContain(file);
    await kernel.page.unrouteAll();
  }
  expect((await kernel.run('1')).results).toEqual(['1']);
  expect(await kernel.page.locator('iframe').count()).toBe(1);
});

it('tells a missing file and a damaged one', async () => {
  await kernel.page.route('**/runtime/core*', (route) => route.fulfill({ status: 404, body: 'no' }));
  const missing = await kernel.run('1');
  expect(missing.end).toMatchObject({ fault: { why: expect.stringContaining('the host answered 404') as unknown } });
  await kernel.page.unrouteAll();
  await kernel.page.route('**/runtime/pyodide.asm*', (route) =>
    route.fulfill({ body: Buffer.from([0x1f, 0x8b, 8, 0, 1, 2]) }),
  );
  const damaged = await kernel.run('1');
  expect(damaged.end).toMatchObject({ fault: { why: expect.stringContaining('damaged') as unknown } });
  await kernel.page.unrouteAll();
  await kernel.page.route('**/runtime/stdlib*', (route) => route.fulfill({ body: 'Welcome to our host' }));
  const another = await kernel.run('1');
  expect(another.end).toMatchObject({ fault: { why: expect.stringContaining('19 bytes came') as unknown } });
});

it('reads files that the host has inflated on the way', async () => {
  await kernel.page.route('**/runtime/*.gz', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'content-encoding': 'gzip' } });
  });
  expect((await kernel.run('1')).results).toEqual(['1']);
});

it('reports progress in bytes that only grows, up to the whole', async () => {
  const states = await kernel.page.evaluate(() => window.driver.watch());
  const loading = states.filter((state) => state.phase === 'loading');
  const loaded = loading.map((state) => state.loaded);
  expect(loaded).toEqual([...loaded].sort((a, b) => a - b));
  expect(loading.at(-1)?.loaded).toBe(loading.at(-1)?.total);
  expect(loading.at(-1)?.total).toBeGreaterThan(1_000_000);
  expect(states.at(-1)).toMatchObject({ phase: 'ready', pyodide: '314.0.7' });
});

it('says what is missing in a browser without WebAssembly or workers', async () => {
  for (const [name, why] of [
    ['Worker', 'Web Workers are missing or turned off.'],
    // The next page lacks both; this is asked first.
    ['WebAssembly', 'WebAssembly is missing or turned off.'],
  ] as const) {
    await kernel.page.addInitScript(`delete globalThis.${name}`);
    await kernel.page.reload();
    expect((await kernel.run('1')).end).toMatchObject({ outcome: 'fault', fault: { kind: 'unsupported', why } });
  }
});

it('says that the sandbox was blocked when its script may not run', async () => {
  await kernel.page.route(kernel.address, async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers() };
    headers['content-security-policy'] = (headers['content-security-policy'] ?? '').replace(/'sha256-[^']+'/, '');
    await route.fulfill({ response, headers });
  });
  await kernel.page.reload();
  const { end } = await kernel.run('1');
  expect(end).toMatchObject({
    outcome: 'fault',
    fault: { kind: 'unsupported', what: 'The sandbox for Python did not start.' },
  });
  expect(await kernel.page.locator('iframe').count()).toBe(0);
});
