/** What every interpreter with virtual time is made of: made once, and shared by the workers that it is given to. */
import { readFile } from 'node:fs/promises';
import { pythonModule } from '../build/python-module.ts';
import { wholeStdlib } from '../build/stdlib.ts';

export interface Prepared {
  /** CPython's module, compiled: workers share it. */
  readonly module: WebAssembly.Module;
  /** The archive of the standard library and the kernel's Python, as a path from the working folder. */
  readonly stdlib: string;
}

/** Compiled once for all workers of this process. */
let prepared: Promise<Prepared> | undefined;

async function prepare(): Promise<Prepared> {
  const fromPyodide = (name: string) => readFile(new URL(import.meta.resolve(`pyodide/${name}`)));
  const [wasm, glue] = await Promise.all([fromPyodide('pyodide.asm.wasm'), fromPyodide('pyodide.asm.mjs')]);
  return {
    module: await WebAssembly.compile(Uint8Array.from(await pythonModule(wasm, glue.toString()))),
    stdlib: await wholeStdlib(),
  };
}

export function prepareVirtual(): Promise<Prepared> {
  prepared ??= prepare();
  return prepared;
}
