/** Scenarios that were recorded on Linux, run in the kernel and compared, each as a test of its own. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { openKernelPage } from './page.ts';

type Scenarios = Readonly<Record<string, readonly string[]>>;

/** `programs` is the Python file that sees every scenario and prints what it saw; `native` is what it saw on Linux. */
export function compareWithLinux(programs: URL, native: Scenarios): void {
  const source = readFileSync(programs, 'utf8');
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
}
