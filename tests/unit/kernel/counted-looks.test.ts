/** The module in which `PyErr_CheckSignals` counts is valid, has the same imports and exports, and another is refused. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { countLooks } from '../../../src/kernel/build/looks/count-looks.ts';

const original = await readFile(new URL(import.meta.resolve('pyodide/pyodide.asm.wasm')));

it('changes the module into one that engines accept, with the same imports and exports', () => {
  const changed = countLooks(original);
  expect(changed).not.toEqual(original);
  expect(WebAssembly.validate(Uint8Array.from(changed))).toBe(true);
  const [before, after] = [original, changed].map((bytes) => new WebAssembly.Module(Uint8Array.from(bytes)));
  if (!before || !after) throw new Error('not compiled');
  expect(WebAssembly.Module.exports(after)).toEqual(WebAssembly.Module.exports(before));
  expect(WebAssembly.Module.imports(after)).toEqual(WebAssembly.Module.imports(before));
});

it('refuses a module whose looks it has counted already', () => {
  expect(() => countLooks(countLooks(original))).toThrow('CPython looks different: 2 functions look, 0 do not count.');
});

it('refuses a module that reads no buffer', () => {
  const other = Buffer.from(original);
  other.write('_Qy', other.indexOf('_Py_CheckEmscriptenSignals_Helper'));
  expect(() => countLooks(other)).toThrow('it does not import _Py_CheckEmscriptenSignals_Helper');
});
