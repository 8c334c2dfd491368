/**
 * Programs that CPython on Linux ends with the line that the first line of each says, in a cell and in a program; each
 * stands for a kind. Those that cannot be a cell say so in a line `# in: program`; those that need time zones are left out
 * where the builder's machine could not get them (no Python, no PyPI), which the build says.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wheels } from '../../src/kernel/build/packages/wheels.ts';
import { openKernelPage, type KernelPage } from './page.ts';

const folder = join(import.meta.dirname, 'cases/surface');

const zones = (await wheels()).get('tzdata');
const names = readdirSync(folder).filter((name) => name.endsWith('.py'));
const here = names.filter((name) => zones !== undefined || !name.startsWith('time-zones'));

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
});
afterAll(() => kernel[Symbol.asyncDispose]());

describe.each(here)('%s', (name) => {
  const source = readFileSync(join(folder, name), 'utf8');
  const expected = /^# expect: (.*)$/mu.exec(source)?.[1];
  const modes = source.includes('\n# in: program\n') ? (['script'] as const) : (['notebook', 'script'] as const);

  it.each(modes)('ends as on Linux in a %s', async (mode) => {
    const { stdout, traceback } = await kernel.run(source, { mode, namespace: name, filename: name });
    expect({ last: stdout.trimEnd().split('\n').at(-1), traceback }).toEqual({ last: expected, traceback: '' });
  });
});
