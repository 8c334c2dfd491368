/**
 * Programs over gevent, trio and anyio that CPython on Linux ends with the line that each names (`# expect: …`), in a cell and in a
 * program, or in one of them (`# in: …`). Left out where the builder's machine could not get the packages.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wheels } from '../../src/kernel/build/packages/wheels.ts';
import { openKernelPage, type KernelPage } from './page.ts';

const folder = join(import.meta.dirname, 'cases/packages');
const names = readdirSync(folder).filter((name) => name.endsWith('.py'));

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
});
afterAll(() => kernel[Symbol.asyncDispose]());

function modesOf(source: string) {
  if (source.includes('\n# in: program\n')) return ['script'] as const;
  return source.includes('\n# in: cell\n') ? (['notebook'] as const) : (['notebook', 'script'] as const);
}

describe.runIf((await wheels()).size > 0).each(names)('%s', (name) => {
  const source = readFileSync(join(folder, name), 'utf8');
  const expected = /^# expect: (.*)$/mu.exec(source)?.[1];

  it.each(modesOf(source))('ends as on Linux in a %s', async (mode) => {
    const { stdout, traceback } = await kernel.run(source, { mode, namespace: name, filename: name });
    expect({ last: stdout.trimEnd().split('\n').at(-1), traceback }).toEqual({ last: expected, traceback: '' });
  });
});
