/**
 * The kernel's own machine with virtual time, over a Python that has just been loaded.
 * Invariant: what it does follows from what it is given to run and from its slices; no clock, no message and no random
 * number comes from elsewhere.
 */
import type { PyodideAPI } from 'pyodide';
import type { EmscriptenModule, PromisingCallable } from '../machine/cpython/emscripten-module.ts';
import { createMachine, interruptSignal, type Machine, type MachineOptions } from '../machine/machine.ts';
import type { OwnImports } from '../machine/own-imports.ts';
import type { Slices } from '../machine/time-slices.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface VirtualOptions {
  /** When one thread has to make room for another. */
  readonly slices: (module: EmscriptenModule, time: VirtualTime) => Slices;
  readonly write: (stream: 'stdout' | 'stderr', text: string) => void;
  /** Somebody types what the program asks for; without it, a program that asks is refused. */
  readonly ask?: MachineOptions['keyboard']['ask'];
  /** The program does what nothing here can answer; it never goes on. */
  readonly refused?: (why: string) => void;
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

interface Loaded {
  readonly python: PyodideAPI;
  /** It has begun. */
  readonly own: OwnImports;
  /** Installed before Python was loaded. */
  readonly time: VirtualTime;
}

export function overPython({ python, own, time }: Loaded, options: VirtualOptions): VirtualInterpreter {
  const { _module: module, _api: api } = python as unknown as {
    readonly _module: EmscriptenModule;
    readonly _api: { on_fatal?: (reason: unknown) => void };
  };
  const { refused = () => undefined } = options;
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
    keyboard: {
      ask:
        options.ask ??
        (() => {
          refused('It asks for input, and a search has nobody who types.');
        }),
      withdraw: () => undefined,
      terminal: () => options.ask !== undefined,
    },
    network: { listening: () => undefined, received: () => undefined, ended: () => undefined },
    askPackages: (names) => {
      refused(`It imports ${names.join(', ')}, and a search brings no packages.`);
      return 0;
    },
    tellBroker: ({ type }) => {
      // It tells that `multiprocessing` is imported, which by itself starts nothing.
      if (type !== 'process.expected') refused('It uses other processes, and a search runs the threads of one.');
    },
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
