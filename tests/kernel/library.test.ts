/** The standard library says where it is from as CPython's does, and its sources are there to be read. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type KernelPage, openKernelPage } from './page.ts';

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
});
afterAll(() => kernel[Symbol.asyncDispose]());

const program = `
import asyncio, collections, inspect, json.decoder, linecache, os, sys, threading, wave, zipfile
modules = [m for m in list(sys.modules.values()) if getattr(m, "__file__", None) and "python314.zip" in m.__file__]
print([m.__name__ for m in modules if not m.__file__.endswith(".py") or m.__spec__.origin not in (m.__file__, "frozen")])
print(len(modules) > 50, os.path.basename(threading.__file__), threading.Thread.run.__code__.co_filename == threading.__file__)
print(inspect.getsource(collections.Counter).splitlines()[0])
print(inspect.getsourcefile(asyncio.run) == asyncio.runners.__file__, inspect.getmodule(wave.open).__name__)
print(linecache.getline(json.decoder.__file__, 1, vars(json.decoder)), end="")
`;

it.each(['notebook', 'script'] as const)('in a %s', async (mode) => {
  const { stdout, traceback } = await kernel.run(program, { mode });
  expect({ stdout: stdout.split('\n'), traceback }).toEqual({
    stdout: [
      '[]',
      'True threading.py True',
      'class Counter(dict):',
      'True wave',
      expect.stringMatching(/^"""Implementation of JSONDecoder/u),
      '',
    ],
    traceback: '',
  });
});
