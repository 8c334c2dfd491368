/**
 * Boots CPython in this worker from bytes it already holds: nothing is fetched, nothing is compiled again.
 *
 * Invariant: `fetch`, `instantiateStreaming` and the rest of the global scope are as before once it returns.
 */
import type { loadPyodide, PyodideAPI } from 'pyodide';
import { info } from 'pyodide/pyodide-lock.json';
import type { Boot } from '../../protocol/broker.ts';
import { readerFolder } from '../../protocol/file-name.ts';
import { OwnImports } from '../machine/own-imports.ts';
import type { Core, LoadScripts } from './worker-messages.ts';

type LoadPyodide = typeof loadPyodide;
type CreateModule = NonNullable<NonNullable<Parameters<LoadPyodide>[0]>['createPyodideModule']>;

export interface Scripts {
  readonly loadPyodide: LoadPyodide;
  readonly version: string;
  readonly createPyodideModule: CreateModule;
}

export interface Booted {
  readonly python: PyodideAPI;
  readonly own: OwnImports;
}

/** Reserved by RFC 2606: an address that no request can ever reach. */
const nowhere = 'https://runtime.invalid/';

export async function loadScripts(urls: LoadScripts): Promise<Scripts> {
  // Pyodide refuses a classic worker by looking for `importScripts`; module workers do not start from a blob in
  // an opaque origin in Chromium, and `import()` works in a classic one. It also must not be left to Python.
  Object.defineProperty(self, 'importScripts', { value: undefined, configurable: false, writable: false });
  const [loader, factory] = await Promise.all([
    import(/* @vite-ignore */ urls.pyodide) as Promise<{ loadPyodide: LoadPyodide; version: string }>,
    import(/* @vite-ignore */ urls.pyodideAsm) as Promise<{ default: CreateModule }>,
  ]);
  return { loadPyodide: loader.loadPyodide, version: loader.version, createPyodideModule: factory.default };
}

/**
 * Pyodide 314.0.7 takes its archive and its module through `fetch` and `instantiateStreaming` alone, so both
 * answer from memory while it boots. Pyodide can start before the bytes are here: its scripts have other things to do first.
 */
async function withoutNetwork<T>(core: Promise<Core>, own: OwnImports, run: () => Promise<T>): Promise<T> {
  const fetch: unknown = Reflect.get(self, 'fetch');
  const streaming: unknown = Reflect.get(WebAssembly, 'instantiateStreaming');
  const instantiateStreaming = WebAssembly.instantiateStreaming.bind(WebAssembly);
  self.fetch = (input) => {
    const address = input instanceof Request ? input.url : String(input);
    if (address.endsWith('.wasm')) return Promise.resolve(new Response());
    if (address.endsWith('.zip')) return core.then((parts) => new Response(parts.core));
    return Promise.reject(new TypeError(`No network here: ${address}`));
  };
  WebAssembly.instantiateStreaming = async (response, imports) => {
    // Pyodide also instantiates a helper module of a few bytes that has no `env`.
    if (!imports?.['env']) return instantiateStreaming(response, imports);
    const { module } = await core;
    const instance = await WebAssembly.instantiate(module, own.guard(imports));
    return { module, instance: own.guarded(instance) };
  };
  try {
    return await run();
  } finally {
    Reflect.set(self, 'fetch', fetch);
    Reflect.set(WebAssembly, 'instantiateStreaming', streaming);
  }
}

function variables(environment: readonly string[]): Record<string, string> {
  const pairs = environment.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]);
  return Object.fromEntries(pairs) as Record<string, string>;
}

export async function bootPython(scripts: Scripts, core: Promise<Core>, how?: Boot): Promise<Booted> {
  const own = new OwnImports();
  const python = await withoutNetwork(core, own, () =>
    scripts.loadPyodide({
      indexURL: nowhere,
      packageBaseUrl: nowhere,
      stdLibURL: `${nowhere}stdlib.zip`,
      lockFileContents: { info: { ...info, arch: 'wasm32', version: scripts.version }, packages: {} },
      createPyodideModule: scripts.createPyodideModule,
      // What a reader sees in tracebacks and from `os.getcwd()`.
      env: { HOME: readerFolder, ...(how && variables(how.environment)) },
      // With a program that does nothing, since Pyodide runs none.
      ...(how && { args: [...how.options, '-c', 'pass'] }),
      // `asyncio.run` must refuse a running loop, as in CPython, not suspend the stack.
      enableRunUntilComplete: false,
    }),
  );
  own.begin(python);
  return { python, own };
}
