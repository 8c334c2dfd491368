/** The module whose C hands Linux's numbers of errors to Python. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renumberErrors } from '../../../src/kernel/build/errno/renumber.ts';
import { errorNumbers } from '../../../src/kernel/build/errno/table.ts';

const fromPyodide = (name: string) => readFileSync(new URL(import.meta.resolve(`pyodide/${name}`)));

describe('numbers of errors', () => {
  it('are Linux’s and Emscripten’s for each name that the file system knows', async () => {
    const numbers = await errorNumbers(fromPyodide('pyodide.asm.mjs').toString());
    const of = (name: string) => numbers.find((number) => number.name === name);
    expect(of('ENOENT')).toEqual({ name: 'ENOENT', linux: 2, emscripten: 44, words: 'No such file or directory' });
    expect(of('EAGAIN')).toMatchObject({ linux: 11, emscripten: 6 });
    expect(numbers.length).toBeGreaterThan(100);
  });

  it('are translated in a module that engines accept, with the same imports and exports', async () => {
    const before = fromPyodide('pyodide.asm.wasm');
    const after = renumberErrors(before, await errorNumbers(fromPyodide('pyodide.asm.mjs').toString()));
    const [old, made] = [new WebAssembly.Module(new Uint8Array(before)), new WebAssembly.Module(new Uint8Array(after))];
    expect(WebAssembly.Module.imports(made)).toEqual(WebAssembly.Module.imports(old));
    expect(WebAssembly.Module.exports(made)).toEqual(WebAssembly.Module.exports(old));
  });

  it('are refused where the module is not the one that this was made for', async () => {
    const numbers = await errorNumbers(fromPyodide('pyodide.asm.mjs').toString());
    const once = renumberErrors(fromPyodide('pyodide.asm.wasm'), numbers);
    expect(() => renumberErrors(once, numbers)).toThrow(/looks different/u);
    await expect(errorNumbers('export default () => {};')).rejects.toThrow('does not say how it numbers errors');
  });
});
