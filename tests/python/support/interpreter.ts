/**
 * A worker of Node with one interpreter in it: the kernel's own Python over the kernel's own machine, with virtual time
 * and seeded slices. It runs one test under many seeds, says how that ended, and is thrown away.
 * Invariant: what it does follows from its order alone; no clock, no message and no random number from elsewhere.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { loadPyodide, type PyodideAPI } from 'pyodide';
import type { EmscriptenModule, PromisingCallable } from '../../../src/kernel/machine/cpython/emscripten-module.ts';
import { createMachine, interruptSignal } from '../../../src/kernel/machine/machine.ts';
import { OwnImports } from '../../../src/kernel/machine/own-imports.ts';
import type { Ending, Order } from './order.ts';
import { SeededSlices } from './seeded-slices.ts';
import { VirtualTime } from './virtual-time.ts';

const order = workerData as Order;
const own = new OwnImports();
const time = new VirtualTime();
time.install();

async function bootPython(): Promise<PyodideAPI> {
  const instantiate = WebAssembly.instantiate.bind(WebAssembly);
  const guarded = async (source: BufferSource, imports?: WebAssembly.Imports) => {
    // Pyodide also instantiates a helper module of a few bytes that has no `env`.
    if (!imports?.['env']) return instantiate(source, imports);
    const instance = await instantiate(order.module, own.guard(imports));
    return { module: order.module, instance: own.guarded(instance) };
  };
  Reflect.set(WebAssembly, 'instantiate', guarded);
  const python = await loadPyodide({
    indexURL: dirname(fileURLToPath(import.meta.resolve('pyodide/pyodide.mjs'))),
    stdLibURL: join(process.cwd(), order.stdlib),
    env: { HOME: '/home/reader', PYTHONHASHSEED: '0' },
    enableRunUntilComplete: false,
  });
  Reflect.set(WebAssembly, 'instantiate', instantiate);
  return python;
}

/** `open_tests` of harness.py: the first fiber, and what runs each. */
type OpenTests = (
  run: string,
  descriptors: object,
  operations: object,
  signal: number,
  outside: object,
) => { toJs(options: object): [number, PromisingCallable] };

function end(ending: Ending): void {
  parentPort?.postMessage(ending);
}

const python = await bootPython();
const { _module: module } = python as unknown as { readonly _module: EmscriptenModule };
own.begin(python);
let printed = '';
const decoder = new TextDecoder();
const stream = {
  write: (bytes: Uint8Array) => {
    printed += decoder.decode(bytes, { stream: true });
    return bytes.length;
  },
};
python.setStdout(stream);
python.setStderr(stream);
// Pyodide's own reader, in Node, cannot be closed.
python.setStdin({ stdin: () => null, isatty: false });
const { _api } = python as unknown as { readonly _api: { on_fatal?: (reason: unknown) => void } };
_api.on_fatal = (reason) => {
  end({ kind: 'died', reason: `${String(reason)}\n${printed}` });
};

const slices = new SeededSlices(module, time);
const machine = createMachine(module, {
  own,
  now: time.now,
  real: (milliseconds) => milliseconds,
  loop: time,
  slices,
  keyboard: { ask: () => undefined, withdraw: () => undefined, terminal: () => false },
  network: { listening: () => undefined, received: () => undefined, ended: () => undefined },
  askPackages: () => 0,
  tellBroker: () => undefined,
  processors: 1,
  failed: (reason) => {
    end({ kind: 'died', reason: `${String(reason)}\n${printed}` });
  },
});

const outside = {
  seed: (seed: number | undefined) => {
    slices.seed(seed);
  },
  draw: (below: number) => slices.draw(below),
  /** A signal from the page, after about so many places where a slice may end. */
  signal: (number: number, places: number) => {
    slices.after(places, () => {
      machine.post({ kind: 'signal', number });
    });
  },
  printed: () => {
    const text = printed;
    printed = '';
    return text;
  },
  finished: (ending: string) => {
    end(JSON.parse(ending) as Ending);
  },
};
const globals = python.globals as unknown as {
  set(name: string, value: unknown): void;
  get(name: 'open_tests'): OpenTests;
};
globals.set('__file__', 'harness.py');
python.runPython(order.harness, { filename: 'harness.py' });
const opened = globals.get('open_tests')(
  JSON.stringify(order.run),
  own.descriptors.operations,
  machine.operations,
  interruptSignal,
  outside,
);
const [fiber, entry] = opened.toJs({ depth: 1 });
machine.boot(entry, fiber);
