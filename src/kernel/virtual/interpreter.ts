/**
 * Boots one interpreter in a worker of Node: the kernel's own Python over the kernel's own machine, with virtual time.
 * Invariant: as in over-python.ts.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPyodide, type PyodideAPI } from 'pyodide';
import { OwnImports } from '../machine/own-imports.ts';
import { overPython, type VirtualInterpreter, type VirtualOptions } from './over-python.ts';
import type { Prepared } from './prepare.ts';
import { VirtualTime } from './virtual-time.ts';

async function loadPython({ module, stdlib }: Prepared, own: OwnImports): Promise<PyodideAPI> {
  const instantiate = WebAssembly.instantiate.bind(WebAssembly);
  const guarded = async (source: BufferSource, imports?: WebAssembly.Imports) => {
    // Pyodide also instantiates a helper module of a few bytes that has no `env`.
    if (!imports?.['env']) return instantiate(source, imports);
    const instance = await instantiate(module, own.guard(imports));
    return { module, instance: own.guarded(instance) };
  };
  Reflect.set(WebAssembly, 'instantiate', guarded);
  const python = await loadPyodide({
    indexURL: dirname(fileURLToPath(import.meta.resolve('pyodide/pyodide.mjs'))),
    stdLibURL: join(process.cwd(), stdlib),
    env: { HOME: '/home/reader', PYTHONHASHSEED: '0' },
    enableRunUntilComplete: false,
  });
  Reflect.set(WebAssembly, 'instantiate', instantiate);
  return python;
}

/** Once in a worker: it takes over the worker's clocks. */
export async function bootVirtual(prepared: Prepared, options: VirtualOptions): Promise<VirtualInterpreter> {
  const own = new OwnImports();
  const time = new VirtualTime();
  time.install();
  const python = await loadPython(prepared, own);
  own.begin(python);
  return overPython({ python, own, time }, options);
}
