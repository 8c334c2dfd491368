/**
 * Writes `python-3.14.json` from the `objects.inv` of Python's documentation (`node refresh.ts OBJECTS_INV`).
 * Kept: modules the course can speak of, opcodes, and the sections on statements; the rest would only be bytes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';

const modules =
  'threading _thread queue multiprocessing concurrent asyncio contextvars selectors select socket socketserver signal sys sysconfig time dis inspect types collections itertools functools contextlib operator gc weakref atexit subprocess os sched heapq traceback faulthandler warnings logging typing random timeit tracemalloc cProfile profile pstats pickle copyreg http urllib ssl copy code codecs io abc enum dataclasses statistics math hashlib zlib struct array mmap tempfile pathlib runpy importlib unittest string textwrap json pprint platform datetime bisect errno resource uuid secrets re';
const keptModules = new Set(modules.split(' '));
// The built-ins have had a part of their own since September 2026 (cpython#156682); they were in library/ before.
const builtinPages = /^(builtins\/(functions|stdtypes|exceptions|constants)|reference\/(datamodel|expressions))\.html$/;
const statementPages = /^reference\/(simple_stmts|compound_stmts|expressions)\.html$/;

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: node refresh.ts OBJECTS_INV');
const bytes = readFileSync(file);
let start = 0;
for (let line = 0; line < 4; line += 1) start = bytes.indexOf(0x0a, start) + 1;
const inventory = inflateSync(bytes.subarray(start)).toString('utf8');

const pages = new Map<string, string[]>();
for (const line of inventory.split('\n')) {
  const [, name, role, uri] = /^(.+?) (\S+:\S+) -?\d+ (\S+) .*$/u.exec(line) ?? [];
  if (name === undefined || role === undefined || uri === undefined) continue;
  const [page = '', anchor = ''] = uri.split('#');
  let key: string | undefined;
  if (role.startsWith('py:')) {
    if (keptModules.has(name.split('.')[0] ?? '') || builtinPages.test(page)) key = name;
  } else if (role === 'std:opcode') key = `opcode:${name}`;
  else if (role === 'std:label' && statementPages.test(page) && /^[a-z ]+$/u.test(name)) key = `keyword:${name}`;
  if (key === undefined) continue;
  // Where the anchor is the name itself, nothing is written; `$` stands for the name, as in the inventory.
  const names = pages.get(page) ?? [];
  names.push(anchor === '$' || anchor === name ? key : `${key} #${anchor}`);
  pages.set(page, names);
}

const compare = (a: string, b: string): number => (a < b ? -1 : 1);
const sorted = Object.fromEntries(
  [...pages].sort(([a], [b]) => compare(a, b)).map(([page, names]) => [page, names.sort(compare)]),
);
writeFileSync(new URL('python-3.14.json', import.meta.url), `${JSON.stringify(sorted, null, 1)}\n`);
