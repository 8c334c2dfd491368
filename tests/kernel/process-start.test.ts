/** A process that an interpreter was waiting for is as one that booted for it, and no worker stays when nobody needs it. */
import type { Page } from 'playwright-core';
import { describe, expect, it, vi } from 'vitest';
import recorded from './process-start/expected.json' with { type: 'json' };
import { openKernelPage } from './page.ts';
import { compareWithLinux } from './scenarios.ts';

compareWithLinux(new URL('process-start/programs.py', import.meta.url), recorded.scenarios);

/** Until the page has so many workers; each interpreter is one, and the broker. */
async function workers(page: Page, count: number): Promise<void> {
  const options = { timeout: 60_000, interval: 50 };
  await vi.waitFor(() => {
    expect(page.workers()).toHaveLength(count);
  }, options);
}

const restart = (page: Page) => page.evaluate(() => window.driver.restart());

describe('processes that a cell has started', () => {
  const begin = [
    'import subprocess, sys',
    'endless = "print(1, flush=True)\\nwhile True: pass"',
    'process = subprocess.Popen([sys.executable, "-c", endless], stdout=subprocess.PIPE)',
    'process.stdout.readline()',
  ].join('\n');

  it('end when Python is restarted', async () => {
    await using kernel = await openKernelPage();
    expect((await kernel.run(begin)).results).toEqual(["b'1\\n'"]);
    await restart(kernel.page);
    await workers(kernel.page, 2);
    expect((await kernel.run(begin)).results).toEqual(["b'1\\n'"]);
  });

  it('end when the names of the chapter are dropped', async () => {
    await using kernel = await openKernelPage();
    await kernel.run(`${begin}\nimport builtins\nbuiltins.kept = process`);
    await kernel.page.evaluate(() => window.driver.reset('chapter'));
    expect((await kernel.run('kept.wait()')).results).toEqual(['-9']);
  });
});

describe('workers that wait to become processes', () => {
  it('are there when a program has imported multiprocessing, and gone when its process ends', async () => {
    await using kernel = await openKernelPage();
    await kernel.run('import subprocess, asyncio, json');
    await workers(kernel.page, 1);
    await kernel.run('import multiprocessing');
    await workers(kernel.page, 4);
    await restart(kernel.page);
    await workers(kernel.page, 2);
    await kernel.page.goto('about:blank');
    await workers(kernel.page, 0);
  });

  it('are given up while nobody sees the page', async () => {
    await using kernel = await openKernelPage();
    const see = (seen: boolean) =>
      kernel.page.frames()[1]?.evaluate((hidden) => {
        Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, !seen);
    await kernel.run('import multiprocessing');
    await workers(kernel.page, 4);
    await see(false);
    await workers(kernel.page, 2);
    await see(true);
    await workers(kernel.page, 4);
  });

  it('are replaced when one has become a process, and that one ends with its program', async () => {
    await using kernel = await openKernelPage();
    await kernel.run('import multiprocessing');
    await workers(kernel.page, 4);
    const { stdout, traceback } = await kernel.run(`
import subprocess, sys
process = subprocess.Popen([sys.executable, "-c", "print(input())"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
print(process.poll())
`);
    expect(traceback).toBe('');
    expect(stdout).toBe('None\n');
    await workers(kernel.page, 5);
    expect((await kernel.run('process.communicate("a line")[0]')).results).toEqual(["'a line\\n'"]);
    await workers(kernel.page, 4);
  });
});
