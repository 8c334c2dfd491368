/** Sockets do in the kernel what they do on Linux: every scenario, as it was recorded there (`sockets/record.ts`). */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import recorded from './sockets/expected.json' with { type: 'json' };
import { openKernelPage } from './page.ts';

type Scenarios = Readonly<Record<string, readonly string[]>>;

const native: Scenarios = recorded.scenarios;
const source = readFileSync(new URL('sockets/programs.py', import.meta.url), 'utf8');

describe('as on Linux:', () => {
  let seen: Scenarios = {};
  beforeAll(async () => {
    await using kernel = await openKernelPage();
    const { stdout, stderr, traceback } = await kernel.run(source, { mode: 'script', filename: 'programs.py' });
    if (traceback !== '') throw new Error(`${stderr}${traceback}`);
    seen = (JSON.parse(stdout.slice(stdout.indexOf('{'))) as { readonly scenarios: Scenarios }).scenarios;
  });

  it.each(Object.keys(native))('%s', (name) => {
    expect(seen[name]).toEqual(native[name]);
  });

  it('no scenario is left unrecorded', () => {
    expect(Object.keys(seen)).toEqual(Object.keys(native));
  });
});
