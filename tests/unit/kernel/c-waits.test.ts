/** The module whose C waits in the kernel is valid, has the same imports and exports, and another module is refused. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { guardStack } from '../../../src/kernel/build/stack/stack-guard.ts';
import { letCWait } from '../../../src/kernel/build/waits/let-c-wait.ts';

const original = await readFile(new URL(import.meta.resolve('pyodide/pyodide.asm.wasm')));

it('changes the module into one that engines accept, with the same imports and exports', () => {
  const changed = letCWait(guardStack(original));
  expect(WebAssembly.validate(Uint8Array.from(changed))).toBe(true);
  const [before, after] = [original, changed].map((bytes) => new WebAssembly.Module(Uint8Array.from(bytes)));
  if (!before || !after) throw new Error('not compiled');
  expect(WebAssembly.Module.exports(after)).toEqual(WebAssembly.Module.exports(before));
  expect(WebAssembly.Module.imports(after)).toEqual(WebAssembly.Module.imports(before));
});

it.each(['ffi_prep_cif failed', 'reentrant call inside %R'])('refuses a module that does not say "%s"', (text) => {
  const other = Buffer.from(original);
  other.write('F', other.indexOf(`${text}\0`));
  expect(() => letCWait(other)).toThrow(`The module does not say "${text}".`);
});

it('refuses a module that is not CPython', () => {
  const empty = Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  expect(() => letCWait(empty)).toThrow('The module has no section 3.');
});
