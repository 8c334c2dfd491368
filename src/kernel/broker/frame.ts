/**
 * The sandbox frame: compiles the module once, keeps the workers, and passes messages both ways.
 *
 * Invariant: a worker speaks for itself only. The frame stamps each message of a worker with its process id, and passes on
 * only what a process of its kind may say (`src/protocol/addressing.ts`).
 */
import * as v from 'valibot';
import { maySend } from '../../protocol/addressing.ts';
import type { Fault } from '../../protocol/fault.ts';
import type { FromSandbox, Pid, ProcessKind } from '../../protocol/message.ts';
import { toSandboxSchema, type RuntimeAsset, type ToSandbox } from '../../protocol/to-sandbox.ts';
import type { ToWorker } from '../process/worker-messages.ts';

/** The worker's whole script: the build puts it here, so that a worker starts as soon as it is asked for. */
declare const KERNEL: string;

const assets = {
  pyodide: Promise.withResolvers<string>(),
  pyodideAsm: Promise.withResolvers<string>(),
  core: Promise.withResolvers<ArrayBuffer>(),
  stdlib: Promise.withResolvers<ArrayBuffer>(),
  module: Promise.withResolvers<WebAssembly.Module>(),
};
const workers = new Map<Pid, Worker>();
const kernel = scriptUrl(KERNEL);

function toPage(message: FromSandbox): void {
  parent.postMessage(message, '*');
}

function toWorker(worker: Worker, message: ToWorker): void {
  worker.postMessage(message);
}

function scriptUrl(source: string): string {
  return URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
}

function crashed(what: string, why: string): Fault {
  return { kind: 'crashed', what, why, mend: 'Run the cell again: a new interpreter starts.' };
}

/** Makes an asset ready as soon as it comes, so that the module is being compiled while the rest is still on its way. */
function load(asset: RuntimeAsset): void {
  switch (asset.name) {
    case 'wasm':
      WebAssembly.compile(asset.content).then(assets.module.resolve, (reason: unknown) => {
        const mend = 'Use a current version of Chrome, Edge, Firefox or Safari, and allow WebAssembly.';
        const fault = {
          kind: 'unsupported',
          what: 'Python could not be compiled.',
          why: String(reason),
          mend,
        } as const;
        toPage({ type: 'sandbox.failed', fault });
      });
      return;
    case 'core':
    case 'stdlib':
      assets[asset.name].resolve(asset.content);
      return;
    case 'pyodide':
    case 'pyodideAsm':
      assets[asset.name].resolve(scriptUrl(asset.content));
      return;
    default:
      asset satisfies never;
  }
}

async function start(pid: Pid, kind: ProcessKind): Promise<void> {
  const worker = new Worker(kernel);
  workers.set(pid, worker);
  const fail = (fault: Fault) => {
    if (workers.get(pid) !== worker) return;
    kill(pid);
    toPage({ type: 'process.failed', pid, fault });
  };
  worker.onmessage = (event: MessageEvent<unknown>) => {
    const data = event.data;
    if (typeof data !== 'object' || data === null || !('type' in data)) return;
    if (typeof data.type !== 'string' || !maySend(kind, data.type)) return;
    parent.postMessage({ ...data, pid }, '*');
  };
  worker.onerror = (event) => {
    event.preventDefault();
    fail(crashed('The Python interpreter died.', event.message || 'Its worker ended with an error.'));
  };
  worker.onmessageerror = () => {
    fail(crashed('The Python interpreter sent something unreadable.', 'A message could not be decoded.'));
  };
  const [pyodide, pyodideAsm] = await Promise.all([assets.pyodide.promise, assets.pyodideAsm.promise]);
  toWorker(worker, { type: 'kernel.scripts', kind, pyodide, pyodideAsm });
  const [module, core] = await Promise.all([assets.module.promise, assets.core.promise]);
  toWorker(worker, { type: 'kernel.core', module, core });
  toWorker(worker, { type: 'kernel.stdlib', stdlib: await assets.stdlib.promise });
}

function kill(pid: Pid): void {
  workers.get(pid)?.terminate();
  workers.delete(pid);
}

function receive(message: ToSandbox): void {
  switch (message.type) {
    case 'sandbox.load':
      load(message.asset);
      return;
    case 'sandbox.ask':
      toPage({ type: 'sandbox.alive' });
      return;
    case 'process.start':
      void start(message.pid, message.kind);
      return;
    case 'process.kill':
      kill(message.pid);
      return;
    case 'files.put':
    case 'cell.run':
    case 'editor.ask':
    case 'input.reply':
    case 'network.connect':
    case 'network.send':
    case 'network.close':
    case 'packages.reply':
    case 'signal.send':
    case 'namespace.reset': {
      const worker = workers.get(message.pid);
      if (worker) toWorker(worker, message);
      return;
    }
    default:
      message satisfies never;
  }
}

// Outside a sandbox, Python would run with the rights of the page's origin.
if (self.origin !== 'null') throw new Error('The Python frame runs in an opaque origin only.');
addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.source === parent) receive(v.parse(toSandboxSchema, event.data));
});
toPage({ type: 'sandbox.ready' });
