/**
 * CPython's WebAssembly module as readers get it: Pyodide's, changed in four ways, each described in its own folder.
 *
 * Invariant: whatever runs the kernel runs it on this module; on another, what the kernel knows of C is wrong.
 */
import { errorNumbers } from './errno/table.ts';
import { renumberErrors } from './errno/renumber.ts';
import { countLooks } from './looks/count-looks.ts';
import { guardStack } from './stack/stack-guard.ts';
import { letCWait } from './waits/let-c-wait.ts';

/** `wasm` and `glue` are `pyodide.asm.wasm` and `pyodide.asm.mjs`. */
export async function pythonModule(wasm: Uint8Array, glue: string): Promise<Uint8Array> {
  return letCWait(guardStack(countLooks(renumberErrors(wasm, await errorNumbers(glue)))));
}
