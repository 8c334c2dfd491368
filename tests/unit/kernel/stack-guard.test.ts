/** The module that readers get is CPython's, valid, with the same exports, and its guard takes room; another is refused. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { guardStack } from '../../../src/kernel/build/stack/stack-guard.ts';

const original = await readFile(new URL(import.meta.resolve('pyodide/pyodide.asm.wasm')));

it('changes the module into one that engines accept, with the same imports and exports', () => {
  const guarded = guardStack(original);
  expect(WebAssembly.validate(Uint8Array.from(guarded))).toBe(true);
  const [before, after] = [original, guarded].map((bytes) => new WebAssembly.Module(Uint8Array.from(bytes)));
  if (!before || !after) throw new Error('not compiled');
  expect(WebAssembly.Module.exports(after)).toEqual(WebAssembly.Module.exports(before));
  expect(WebAssembly.Module.imports(after)).toEqual(WebAssembly.Module.imports(before));
});

it('refuses a module that is not CPython', () => {
  const empty = Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  expect(() => guardStack(empty)).toThrow('The module has no section 3.');
});
