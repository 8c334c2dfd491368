/**
 * Boots one interpreter in a worker of Node: the kernel's own Python over the kernel's own machine, with virtual time.
 * Invariant: what it does follows from what it is given to run and from its slices; no clock, no message and no random
 * number comes from elsewhere.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPyodide, type PyodideAPI } from 'pyodide';
import type { EmscriptenModule, PromisingCallable } from '../machine/cpython/emscripten-module.ts';
import { createMachine, interruptSignal, type Machine } from '../machine/machine.ts';
import { OwnImports } from '../machine/own-imports.ts';
import type { Slices } from '../machine/time-slices.ts';
import type { Prepared } from './prepare.ts';
import { VirtualTime } from './virtual-time.ts';

export interface VirtualOptions {
  /** When one thread has to make room for another. */
  readonly slices: (module: EmscriptenModule, time: VirtualTime) => Slices;
  readonly write: (stream: 'stdout' | 'stderr', text: string) => void;
  /** The interpreter is lost. */
  readonly failed: (reason: unknown) => void;
}

/** The function of Python that makes the first fiber: answers with its number, and with what runs each fiber. */
type Opens = (
  run: string,
  descriptors: object,
  operations: object,
  signal: number,
  outside: object,
) => { toJs(options: object): [number, PromisingCallable] };

export interface VirtualInterpreter {
  readonly python: PyodideAPI;
  readonly machine: Machine;
  readonly time: VirtualTime;
  /** Runs the first fiber, as the function `name` of the module that is now `globals` makes it. */
  readonly begin: (name: string, run: string, outside: object) => void;
}

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
  const { _module: module, _api: api } = python as unknown as {
    readonly _module: EmscriptenModule;
    readonly _api: { on_fatal?: (reason: unknown) => void };
  };
  own.begin(python);
  const stream = (name: 'stdout' | 'stderr') => {
    const decoder = new TextDecoder();
    return {
      write: (bytes: Uint8Array) => {
        options.write(name, decoder.decode(bytes, { stream: true }));
        return bytes.length;
      },
    };
  };
  python.setStdout(stream('stdout'));
  python.setStderr(stream('stderr'));
  // Pyodide's own reader, in Node, cannot be closed.
  python.setStdin({ stdin: () => null, isatty: false });
  api.on_fatal = options.failed;
  const machine = createMachine(module, {
    own,
    now: time.now,
    real: (milliseconds) => milliseconds,
    loop: time,
    slices: options.slices(module, time),
    keyboard: { ask: () => undefined, withdraw: () => undefined, terminal: () => false },
    network: { listening: () => undefined, received: () => undefined, ended: () => undefined },
    askPackages: () => 0,
    tellBroker: () => undefined,
    processors: 1,
    failed: options.failed,
  });
  const begin = (name: string, run: string, outside: object) => {
    const opens = (python.globals as unknown as { get(name: string): Opens }).get(name);
    const { operations } = machine;
    const opened = opens(run, own.descriptors.operations, operations, interruptSignal, outside);
    const [fiber, entry] = opened.toJs({ depth: 1 });
    machine.boot(entry, fiber);
  };
  return { python, machine, time, begin };
}
