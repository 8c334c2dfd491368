/** Which packages a cell needs is read from its imports, whatever they look like; `packages=` is taken as it stands. */
import { expect, it } from 'vitest';
import { parseFence } from '../../../src/chapters/fence.ts';
import { packagesImported } from '../../../src/chapters/needs/package-needs.ts';

it.each([
  ['import trio', ['trio']],
  ['import os, trio.testing as t, attr', ['attrs', 'trio']],
  ['from anyio import (\n    sleep,\n    run,\n)', ['anyio']],
  ['import zope.interface', ['zope-interface']],
  ['from zope.event import notify', ['zope-event']],
  ['def f():\n    if True:\n        import gevent', ['gevent']],
  ['try:\n    import trio\nexcept ImportError:\n    pass', ['trio']],
  ['import asyncio, numpy', []],
  ['from . import trio', []],
  ['text = "import trio"\n# import anyio', []],
  ['import trio\nimport (', ['trio']],
])('%j', (source, names) => {
  expect(packagesImported(source)).toEqual(names);
});

it('is the union of what several sources import', () => {
  expect(packagesImported('import trio', 'import anyio, trio')).toEqual(['anyio', 'trio']);
});

it.each([
  ['run id=a', ['trio']],
  ['run id=a packages=anyio', ['anyio']],
  ['run id=a packages=Zope.Interface', ['zope-interface']],
  ['run id=a native="forks" compare=recorded-only', []],
])('a cell that imports trio, as `%s`', (meta, names) => {
  const parsed = parseFence(meta, 'import trio', { file: 'content/01-a/index.mdx', line: 1 });
  expect(parsed.ok && parsed.cell.options.packages).toEqual(names);
});
