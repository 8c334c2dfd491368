/** A program with its processes, seen by its reader: what the end of the program ends, and what it says last. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKernelPage, type KernelPage } from './page.ts';

const seam = 'from _os_kernel.proc import seam; seam.install()\n';

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
});
afterAll(() => kernel[Symbol.asyncDispose]());

const program = (...lines: readonly string[]) => kernel.run(seam + lines.join('\n'), { mode: 'script' });

describe('the end of a program', () => {
  it.each([
    ['at its last line', '', 0],
    ['by os._exit', 'import os; os._exit(3)', 3],
  ])('shows first what its resource tracker says of what was left: %s', async (_how, last, code) => {
    const { events, stderr } = await program(
      'from multiprocessing import resource_tracker',
      'resource_tracker.register("left", "noop")',
      last,
    );
    expect(stderr).toContain(
      "UserWarning: resource_tracker: There appear to be 1 leaked noop objects to clean up at shutdown: {'left'}",
    );
    expect(stderr).toContain("resource_tracker: 'left': noop should never be registered or cleaned up");
    expect(events.at(-1)).toMatchObject({ type: 'exit', code });
  });

  it('is the end of its processes', async () => {
    const { stdout, end } = await program(
      'import subprocess, sys',
      'child = "import time; print(1, flush=True); time.sleep(1e9)"',
      'subprocess.Popen([sys.executable, "-c", child], stdout=subprocess.PIPE).stdout.readline()',
      'print("done")',
    );
    expect([stdout, end.outcome]).toEqual(['done\n', 'ok']);
  });
});
