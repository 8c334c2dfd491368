/**
 * Programs whose last line CPython on Linux prints as their first line says (`# expect: …`), in a cell and in a program.
 * Each stands for a kind of behaviour that was once different here.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKernelPage, type KernelPage } from './page.ts';

const folder = new URL('./cases/', import.meta.url);
const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.py'))
  .map((name) => {
    const source = readFileSync(new URL(name, folder), 'utf8');
    const expected = /^# expect: (.*)\n/u.exec(source)?.[1];
    if (expected === undefined) throw new Error(`${name} does not say what its last line must be`);
    return { name, source, expected };
  });

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
});
afterAll(() => kernel[Symbol.asyncDispose]());

describe.each(['notebook', 'script'] as const)('in a %s', (mode) => {
  it.each(cases)('$name', async ({ name, source, expected }) => {
    const { stdout, stderr, traceback } = await kernel.run(source, { mode, namespace: name, filename: name });
    expect(stdout.trimEnd().split('\n').at(-1), `${stderr}${traceback}`).toBe(expected);
  });
});
