/** Stopping a program in a real browser: first as Ctrl+C, then with its interpreter; the chapter's cells keep their names. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKernelPage, type KernelPage } from './page.ts';

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
  await kernel.run('kept = 5');
});
afterAll(() => kernel[Symbol.asyncDispose]());

/** Runs `source` and presses Stop each time that it prints a line. */
function stoppedAtEachLine(source: string) {
  return kernel.page.evaluate(async (source) => {
    let error = '';
    const codes: number[] = [];
    const request = { mode: 'script', source, filename: 'p.py', argv: [], clock: 1 } as const;
    const end = await window.driver.run(request, (batch) => {
      for (const event of batch) {
        // A line may come in two pieces.
        if (event.type === 'stdout' && event.text.endsWith('\n')) void window.driver.stop();
        if (event.type === 'error') error = event.name;
        if (event.type === 'exit') codes.push(event.code);
      }
    });
    return { end, error, codes };
  }, source);
}

it('raises KeyboardInterrupt, and the exit code says so', async () => {
  expect(await stoppedAtEachLine('print("on")\nwhile True: pass')).toMatchObject({
    end: { outcome: 'interrupted' },
    error: 'KeyboardInterrupt',
    codes: [130],
  });
});

it('ends a program that goes on all the same, and no name of the cells is lost', async () => {
  const source = [
    'print("on")',
    'while True:',
    '    try:',
    '        while True: pass',
    '    except KeyboardInterrupt: print("no")',
  ].join('\n');
  expect((await stoppedAtEachLine(source)).end).toMatchObject({ outcome: 'fault', stateLost: false });
  expect((await kernel.run('kept')).results).toEqual(['5']);
});

it('runs what was queued behind a program that had to be ended', async () => {
  const ends = await kernel.page.evaluate(async () => {
    const cellOf = { mode: 'notebook', filename: 'p.py', namespace: 'c', clock: 1 } as const;
    const programOf = { mode: 'script', filename: 'p.py', argv: [], clock: 1 } as const;
    const deaf =
      'while True:\n    try:\n        print("on")\n        while True: pass\n    except KeyboardInterrupt: pass';
    let pressed = 0;
    const { promise, resolve } = Promise.withResolvers<readonly unknown[]>();
    const first = window.driver.run({ ...programOf, source: deaf }, () => {
      pressed += 1;
      if (pressed === 1) void window.driver.stop();
      if (pressed !== 2) return;
      const cell = window.driver.run({ ...cellOf, source: '1' }, () => undefined);
      const program = window.driver.run({ ...programOf, source: 'pass' }, () => undefined);
      void window.driver.stop();
      resolve(Promise.all([first, cell, program]));
    });
    return promise;
  });
  expect(ends).toMatchObject([{ outcome: 'fault', stateLost: false }, { outcome: 'ok' }, { outcome: 'ok' }]);
});

it('survives an interpreter that dies in a program', async () => {
  const end = await kernel.page.evaluate(() => {
    const source = 'import os\nos.abort()';
    return window.driver.run({ mode: 'script', source, filename: 'p.py', argv: [], clock: 1 }, () => {});
  });
  expect(end).toMatchObject({ outcome: 'fault', stateLost: false, fault: { kind: 'crashed' } });
  expect((await kernel.run('kept')).results).toEqual(['5']);
});

/** How a program ends at which Stop is pressed as soon as it was asked for. */
async function stoppedAtOnce(source: string, checked: boolean): Promise<string> {
  const { end, name } = await kernel.page.evaluate(
    async ({ source, checked }) => {
      const request = { mode: 'script', source, filename: 'p.py', argv: [], clock: 1 } as const;
      const checks = { source: 'def test_it():\n    pass\n', names: ['test_it'], stopAtFailure: false };
      let name = '';
      const ended = window.driver.run({ ...request, ...(checked && { checks }) }, (events) => {
        for (const event of events) if (event.type === 'error') name += event.name;
      });
      await window.driver.stop();
      return { end: await ended, name };
    },
    { source, checked },
  );
  return `${end.outcome} ${name}`;
}

describe.each([
  ['short', 'while True: pass\n'],
  // Its time slice is over, and Stop comes in, while it is written to its file, read and compiled.
  ['long', `${'n = 1\n'.repeat(50_000)}while True: pass\n`],
])('a %s program that is stopped as soon as it was asked for', (_, source) => {
  it.each([
    ['with checks', true, 'interrupted '],
    ['without checks', false, 'interrupted KeyboardInterrupt'],
  ])('is interrupted, %s, whether its interpreter is ready or still boots', async (_, checked, told) => {
    for (let n = 1; n <= 4; n += 1) {
      // Every other time that interpreter has had the time to boot.
      if (n % 2 === 0) await kernel.run('import time; time.sleep(1)');
      expect(await stoppedAtOnce(source, checked), `try ${n}`).toBe(told);
    }
  });
});
