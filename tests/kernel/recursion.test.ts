/** Recursion of any kind ends in RecursionError, in the main thread and in others, and the interpreter lives on. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../src/commands/browser.mjs';
import type { Driver } from '../../src/recorder/driver/contract.ts';
import { openDriver } from '../../src/recorder/driver/open.ts';

const itself = (method: string, body: string, use: string): string =>
  `class A:\n    def ${method}:\n        return ${body}\n${use}`;
const around = (make: string): string =>
  `from itertools import *\nx = iter([1])\nfor _ in range(100_000):\n    x = ${make}\nnext(x)`;
const views = 'from types import MappingProxyType\nx = {1: 2}\nfor _ in range(100_000): x = MappingProxyType(x)\n';
const partials =
  'from functools import partial\nx = print\nfor _ in range(100_000):\n    x = partial(x)\n    x.a = 1\n';
const nested = 'x = 0\nfor _ in range(100_000):\n    x = [x]\n';

/** Each must raise RecursionError. */
const endless: Readonly<Record<string, string>> = {
  python: 'def f(): f()\nf()',
  getattr: itself('__getattr__(self, name)', 'getattr(self, name)', 'A().x'),
  setattr: itself('__setattr__(self, name, value)', 'setattr(self, name, value)', 'A().x = 1'),
  add: itself('__add__(self, other)', 'self + other', 'A() + A()'),
  call: itself('__call__(self, *given)', 'self(*given)', 'A()()'),
  repr: itself('__repr__(self)', '"%r" % (self,)', 'repr(A())'),
  fstring: itself('__str__(self)', 'f"{self}"', 'str(A())'),
  format: itself('__format__(self, spec)', '"{:{}}".format(self, spec)', 'format(A(), "x")'),
  contains: itself('__eq__(self, other)', 'self in [other, A()]', 'A() == A()'),
  iter: itself('__iter__(self)', 'iter(self)', 'iter(A())'),
  index: itself('__index__(self)', 'bytes(self)[0]', 'bytes(A())'),
  init: 'class A:\n    def __init__(self): A()\nA()',
  map: 'def f(x): return list(map(f, [x]))\nf(1)',
  sorted: 'def key(x): return sorted([x, x], key=key)[0]\nkey(1)',
  reduce: 'from functools import reduce\ndef f(a, b): return reduce(f, [a, b])\nf(1, 2)',
  cache: 'from functools import lru_cache\n@lru_cache\ndef f(n): return f(n + 1)\nf(0)',
  generators: 'def g(): yield from g()\nnext(g())',
  coroutines: 'async def g(): await g()\ng().send(None)',
  data: `${nested}repr(x)`,
  equality: `${nested}y = 0\nfor _ in range(100_000):\n    y = [y]\nx == y`,
  pickle: `${nested}import pickle\npickle.dumps(x)`,
  dumps: `${nested}import json\njson.dumps(x)`,
  'dumps in lines': `${nested}import json\njson.dumps(x, indent=1)`,
  'the hash of a tuple': 'x = 0\nfor _ in range(100_000):\n    x = (x,)\nhash(x)',
  'the hash of a slice': 'x = 0\nfor _ in range(100_000):\n    x = slice(x)\nhash(x)',
  'the hash of a generic type': 'x = int\nfor _ in range(20_000):\n    x = list[x]\nhash(x)',
  copy: `${nested}import copy\ncopy.deepcopy(x)`,
  chains: around('chain(x)'),
  'chains of one': around('chain.from_iterable([x])'),
  'maps in maps': around('map(abs, x)'),
  'filters in filters': around('filter(None, x)'),
  'zips in zips': around('zip(x)'),
  'numbered numbers': around('enumerate(x)'),
  'slices of slices': around('islice(x, 5)'),
  'cycles in cycles': around('cycle(x)'),
  'sums of sums': around('accumulate(x)'),
  'pairs of pairs': around('pairwise(chain([1], x))'),
  'batches of batches': around('batched(x, 1)'),
  'groups of groups': around('groupby(x)'),
  'the longest of the longest': around('zip_longest(x)'),
  'those taken of those taken': around('takewhile(bool, x)'),
  'those left of those left': around('filterfalse(abs, x)'),
  'those kept of those kept': around('compress(x, [1])'),
  'the copy of an Element': [
    'import copy, xml.etree.ElementTree as tree',
    'root = x = tree.Element("a")',
    'for _ in range(16_000): x = tree.SubElement(x, "a")',
    'copy.deepcopy(root)',
  ].join('\n'),
  'partials with attributes': `${partials}x()`,
  'partials with arguments': `${partials}x(*[1], **{'sep': ''})`,
  'bound methods': 'from types import MethodType\nx = print\nfor _ in range(100_000): x = MethodType(x, 1)\nx()',
  'the length of a view': `${views}len(x)`,
  'an item of a view': `${views}x[1]`,
  'what is in a view': `${views}1 in x`,
  'a view and a dict': `${views}x | {}`,
  'the items of a view': `${views}list(x)`,
  'the parameters of a generic type': 'x = int | None\nfor _ in range(20_000): x = list[x]\nx.__parameters__',
  loads: 'import json\njson.loads("[" * 100_000)',
  attributes: 'compile("a" + ".b" * 50_000, "x", "eval")',
  sums: 'compile("a" + "+a" * 50_000, "x", "eval")',
  isinstance: 'x = (str,)\nfor _ in range(50_000):\n    x = (x,)\nisinstance(1, x)',
};

const callback = 'import ctypes, threading, time\nF = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)\n';

/** Each must come to its end. */
const deep: Readonly<Record<string, string>> = {
  'a list freed': `${nested}del x`,
  'partials freed': `${partials}del x`,
  'a linked list freed': 'class N: pass\nx = None\nfor _ in range(100_000):\n    n = N(); n.next = x; x = n\ndel n, x',
  'a long traceback': 'def f(n):\n    if n: f(n - 1)\n    else: raise KeyError\ntry: f(50_000)\nexcept KeyError: pass',
  'generators freed': 'def w(h): yield from h\ng = w([1])\nfor _ in range(100_000): g = w(g)\ndel g',
  '__del__ after __del__':
    'class N:\n    def __del__(self): pass\nx = None\nfor _ in range(100_000):\n    n = N(); n.next = x; x = n\ndel n, x',
  // What a callback raises is told and ignored, as in CPython.
  'a callback of C that calls itself': `${callback}cb = F(lambda n: cb(n + 1))\ncb(0)`,
  'a callback of C that takes long': `${callback}def late(n):
    end = time.perf_counter() + 0.05
    while time.perf_counter() < end: pass
    return n
over = []
def spin():
    while not over: pass
other = threading.Thread(target=spin)
other.start()
assert F(late)(5) == 5
over.append(1)
other.join()`,
  'pure Python': 'def f(n): return n and f(n - 1)\nf(50_000)',
  're.compile': 'import re\nre.compile("(" * 200 + ")" * 200)',
  deepcopy: 'import copy\nx = 0\nfor _ in range(300):\n    x = [x]\ncopy.deepcopy(x)',
};

/** Takes the guard away, as no program does: what then ends is the engine's own stack. */
const unguarded = [
  'import ctypes',
  'state = ctypes.pythonapi.PyThreadState_Get',
  'state.restype = ctypes.c_void_p',
  'protect = ctypes.pythonapi.PyUnstable_ThreadState_SetStackProtection',
  'protect.argtypes = ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t',
  'assert protect(state(), 1 << 16, 1 << 30) == 0',
  `${nested}repr(x)`,
].join('\n');

const places: Readonly<Record<string, string>> = {
  'the main thread': 'work()',
  'another thread': 'one = threading.Thread(target=work); one.start(); one.join()',
  // One is deep while another runs, and a third begins: more of them only take longer.
  'three threads at once':
    'all = [threading.Thread(target=work) for _ in range(3)]\nfor one in all: one.start()\nfor one in all: one.join()',
};

function program(source: string, place: string, limit: number): string {
  return [
    'import sys, threading',
    `sys.setrecursionlimit(${limit})`,
    'ends = []',
    'def work():',
    '    try:',
    `        exec(compile(${JSON.stringify(source)}, "load", "exec"), {"__name__": "load"})`,
    '        ends.append("done")',
    '    except BaseException as error:',
    '        ends.append(type(error).__name__)',
    place,
    'sorted(set(ends))',
  ].join('\n');
}

const browsers = (['chromium', 'firefox'] as const).filter((name) => findBrowser(name) !== undefined);

describe.each(browsers)('in %s', (browser) => {
  let driver: Driver;
  beforeAll(async () => {
    driver = await openDriver({ browser });
  });
  afterAll(() => driver[Symbol.asyncDispose]());

  /** What each program ended with, in its own namespace of one interpreter that is never replaced. */
  const outcomes = async (programs: Readonly<Record<string, string>>, place: string, limit: number) => {
    const ends: Record<string, string> = {};
    for (const [name, source] of Object.entries(programs)) {
      const { events, end } = await driver.run(
        {
          mode: 'notebook',
          source: program(source, place, limit),
          filename: 'cell.py',
          namespace: name,
          clock: 1,
        },
        { timeoutSeconds: 60 },
      );
      const shown = events.map((event) => (event.type === 'result' ? event.text : ''));
      ends[name] = end.outcome === 'fault' ? `${end.fault.what} ${end.fault.why}` : shown.join('');
    }
    return ends;
  };
  const all = (programs: Readonly<Record<string, string>>, end: string) =>
    Object.fromEntries(Object.keys(programs).map((name) => [name, `['${end}']`]));

  it.each(Object.entries(places))('ends without end in RecursionError in %s', async (_, place) => {
    expect(await outcomes(endless, place, 1_000)).toEqual(all(endless, 'RecursionError'));
  });

  it('does so where a program has raised the limit of Python calls', async () => {
    const { generators, coroutines, python, ...calls } = endless;
    expect([generators, coroutines, python]).not.toContain(undefined);
    expect(await outcomes(calls, places['another thread'] ?? '', 200_000)).toEqual(all(calls, 'RecursionError'));
  });

  it.each(Object.entries(places))('frees and unwinds what is deep in %s', async (_, place) => {
    expect(await outcomes(deep, place, 100_000)).toEqual(all(deep, 'done'));
  });

  it.each(['notebook', 'script'] as const)(
    'tells of a stack that ended in C, and runs what comes next, in a %s',
    async (mode) => {
      const request = { mode, filename: 'deep.py', namespace: 'deep', argv: [], clock: 1 } as const;
      const { end } = await driver.run({ ...request, source: unguarded }, { timeoutSeconds: 60 });
      expect(end).toMatchObject({
        outcome: 'fault',
        stateLost: mode === 'notebook',
        fault: { kind: 'crashed', what: 'The Python interpreter ran out of stack.' },
      });
      const next = await driver.run({ ...request, source: 'print(6 * 7)' }, { timeoutSeconds: 60 });
      expect(next.events.map((event) => (event.type === 'stdout' ? event.text : '')).join('')).toBe('42\n');
    },
  );

  it.each(['notebook', 'script'] as const)(
    'tells what was raised 50,000 calls deep and goes on, in a %s',
    async (mode) => {
      const request = { mode, filename: 'cell.py', namespace: 'depth', argv: [], clock: 1 } as const;
      const source = [
        'import sys',
        'sys.setrecursionlimit(60_000)',
        'def down(n):',
        '    if n: down(n - 1)',
        '    else: raise KeyError("the bottom")',
        'down(50_000)',
      ].join('\n');
      const { events, end } = await driver.run({ ...request, source }, { timeoutSeconds: 60 });
      expect(end).toMatchObject({ outcome: 'error' });
      const [error] = events.filter((event) => event.type === 'error');
      expect(error?.traceback).toMatch(/Previous line repeated 49997 more times[^]*KeyError[^]*the bottom'/u);
      if (mode === 'script') return;
      // What was raised is freed now, by whoever held it last.
      const next = await driver.run({ ...request, source: 'down' }, { timeoutSeconds: 60 });
      expect(next.end).toMatchObject({ outcome: 'ok' });
    },
  );
});
