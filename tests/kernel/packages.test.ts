/**
 * A package comes when it is first imported, with what it requires, from the site itself; what goes wrong on the way is an
 * ImportError that says what to do. Left out where the builder's machine could not get the packages, which the build says.
 */
import type { Page } from 'playwright-core';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { wheels } from '../../src/kernel/build/packages/wheels.ts';
import { openKernelPage, type KernelPage } from './page.ts';

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
});
afterAll(() => kernel[Symbol.asyncDispose]());
/** A new session: it has fetched nothing. */
async function newSession(): Promise<void> {
  await kernel.page.unrouteAll();
  await kernel.page.context().setOffline(false);
  await kernel.page.reload();
}

/** What happens to one package has no effect on another: these tests have packages of their own, and one session. */
function inOneSession(tests: () => void): void {
  describe('in one session', () => {
    beforeAll(newSession);
    tests();
  });
}

function inANewSession(tests: () => void): void {
  describe('in a new session', () => {
    beforeEach(newSession);
    tests();
  });
}

const here = (await wheels()).size > 0;

function last(traceback: string): string | undefined {
  return traceback.trimEnd().split('\n').at(-1);
}

const hints = (events: Awaited<ReturnType<KernelPage['run']>>['events']) =>
  events.flatMap((event) => (event.type === 'error' ? [event.hint] : []));

/** Which archives have been asked for, by their distributions, since the call. */
function requested(page: Page): string[] {
  const names: string[] = [];
  page.on('request', (request) => {
    const [, name] = /\/runtime\/([a-z-]+)-\d[^/]*\.tar\.gz$/.exec(request.url()) ?? [];
    if (name !== undefined) names.push(name);
  });
  return names;
}

describe.runIf(here).each(['notebook', 'script'] as const)('in a %s', (mode) => {
  inOneSession(() => {
    it('a package comes at its import, with what it requires and nothing else', async () => {
      const names = requested(kernel.page);
      const { stdout, traceback } = await kernel.run(
        'import outcome\nprint(outcome.__file__)\nprint(outcome.capture(int, "5").unwrap())',
        { mode },
      );
      expect({ stdout, traceback }).toEqual({
        stdout: '/lib/python3.14/site-packages/outcome/__init__.py\n5\n',
        traceback: '',
      });
      expect(names.sort()).toEqual(['attrs', 'outcome']);
    });

    it('wherever the import stands', async () => {
      const source = [
        'import importlib, importlib.metadata, importlib.util, threading',
        'def find():',
        '    from zope.interface import Interface',
        '    return Interface',
        'print(find().__module__ + "." + find().__name__)',
        'print(importlib.import_module("sortedcontainers").SortedList("ba"))',
        'print(importlib.metadata.version("sortedcontainers"))',
        'print(importlib.util.find_spec("numpy"))',
        'thread = threading.Thread(target=lambda: print(__import__("sniffio").__name__))',
        'thread.start()',
        'thread.join()',
      ].join('\n');
      const { stdout, traceback } = await kernel.run(source, { mode });
      expect({ stdout, traceback }).toEqual({
        stdout: ['zope.interface.Interface', "SortedList(['a', 'b'])", '2.4.0', 'None', 'sniffio', ''].join('\n'),
        traceback: '',
      });
    });
  });

  inOneSession(() => {
    it('a run whose packages are known begins when they are there', async () => {
      const names = requested(kernel.page);
      const { stdout, end } = await kernel.run('import os, outcome\nprint(outcome.__name__)', {
        mode,
        packages: ['outcome'],
      });
      expect({ stdout, outcome: end.outcome }).toEqual({ stdout: 'outcome\n', outcome: 'ok' });
      expect(names.sort()).toEqual(['attrs', 'outcome']);
    });

    it('other threads go on while one waits for a package, and import', async () => {
      const counted = Promise.withResolvers<undefined>();
      await kernel.page.exposeFunction(`counted_${mode}`, () => {
        counted.resolve(undefined);
      });
      await kernel.page.route('**/sniffio-*.tar.gz', async (route) => {
        await counted.promise;
        await route.continue();
      });
      const source = [
        'import threading, time',
        'def count():',
        '    time.sleep(0.05)',
        '    import colorsys',
        '    print("counted")',
        '    while "sniffio" not in sys.modules: time.sleep(0.001)',
        'thread = threading.Thread(target=count)',
        'import sys',
        'thread.start()',
        'import sniffio',
        'print(sniffio.__name__)',
        'thread.join()',
      ].join('\n');
      const any = { source, filename: 'cell.py', clock: 1 };
      const stdout = await kernel.page.evaluate(
        async ([request, counted]) => {
          let text = '';
          await window.driver.run(request, (events) => {
            for (const event of events) if (event.type === 'stdout') text += event.text;
            if (text.includes('counted')) void (window as unknown as Record<string, () => Promise<void>>)[counted]?.();
          });
          return text;
        },
        [
          mode === 'notebook' ? { mode, ...any, namespace: 'chapter' } : { mode, ...any, argv: [] },
          `counted_${mode}`,
        ] as const,
      );
      expect(stdout).toBe('counted\nsniffio\n');
    });
  });

  inOneSession(() => {
    it('an archive that is missing is an ImportError, and the next import tries again', async () => {
      await kernel.page.route('**/attrs-*.tar.gz', (route) => route.fulfill({ status: 404 }));
      const first = await kernel.run('import outcome', { mode });
      expect(last(first.traceback)).toMatch(
        /^ImportError: outcome cannot be loaded: attrs-[\w.]+\.tar\.gz: the host answered 404$/,
      );
      expect(hints(first.events)).toEqual(['Check the connection, then run it again.']);
      await kernel.page.unroute('**/attrs-*.tar.gz');
      expect((await kernel.run('import outcome\nprint(outcome.__name__)', { mode })).stdout).toBe('outcome\n');
    });

    it('an archive with another content is refused, and fetched anew', async () => {
      await kernel.page.route('**/sniffio-*.tar.gz', (route) => route.fulfill({ body: gzipSync('not the archive') }));
      const first = await kernel.run('import sniffio', { mode });
      expect(last(first.traceback)).toBe(
        'ImportError: sniffio cannot be loaded: sniffio is damaged: its hash is not the one that this site was built with',
      );
      await kernel.page.unroute('**/sniffio-*.tar.gz');
      // A program has an interpreter of its own, which asks for the first time.
      const again = 'try:\n    import sniffio\nexcept ImportError:\n    import sniffio\nprint(sniffio.__name__)';
      expect((await kernel.run(again, { mode })).stdout).toBe('sniffio\n');
    });
  });

  inANewSession(() => {
    it('without a connection it says so; what has come once comes again', async () => {
      expect((await kernel.run('import sniffio\nprint(sniffio.__name__)', { mode })).stdout).toBe('sniffio\n');
      await kernel.page.context().setOffline(true);
      expect((await kernel.run('import sniffio\nprint(sniffio.__name__)', { mode })).stdout).toBe('sniffio\n');
      const { traceback, events } = await kernel.run('import idna', { mode });
      expect(last(traceback)).toMatch(/^ImportError: idna cannot be loaded: idna-[\w.]+\.tar\.gz: /);
      expect(hints(events)).toEqual(['Check the connection, then run it again.']);
    });

    it.each([
      ['at its import', 'print("begun")\nimport sniffio', []],
      ['before the run', 'import sniffio', ['sniffio']],
    ] as const)('Stop ends the waiting %s', async (_when, source, packages) => {
      const asked = Promise.withResolvers<undefined>();
      await kernel.page.route('**/sniffio-*.tar.gz', () => {
        asked.resolve(undefined);
      });
      await kernel.run('kept = 1');
      const ending = kernel.run(source, { mode, packages });
      await asked.promise;
      await kernel.page.evaluate(() => window.driver.stop());
      const { end, traceback } = await ending;
      expect(end.outcome).toBe('interrupted');
      expect(last(traceback)).toBe('KeyboardInterrupt');
      expect((await kernel.run('kept')).results).toEqual(['1']);
    });
  });
});

it.runIf(here)('what a program catches has no effect', async () => {
  await newSession();
  await kernel.page.route('**/*.tar.gz', (route) => route.abort());
  const source = 'try:\n    import sniffio\nexcept ImportError as error:\n    print(error.name)';
  expect((await kernel.run(source)).stdout).toBe('sniffio\n');
});
