/**
 * The sandbox frame: compiles the module once, keeps the workers, and passes messages both ways.
 *
 * Invariant: a worker speaks for itself only. The frame sets the process id on all that a worker says, and lets
 * no worker speak as the sandbox.
 */
import type { Fault } from '../protocol/fault.ts';
import type { FromSandbox, Pid, RuntimeAssets, ToSandbox } from '../protocol/message.ts';
import type { ToWorker } from './worker-messages.ts';

interface Loaded {
  readonly kernel: string;
  readonly pyodide: string;
  readonly pyodideAsm: string;
  readonly stdlib: ArrayBuffer;
  readonly module: Promise<WebAssembly.Module>;
}

let loaded: Loaded | undefined;
const workers = new Map<Pid, Worker>();

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

function load(assets: RuntimeAssets): void {
  const module = WebAssembly.compile(assets.wasm);
  loaded = {
    kernel: scriptUrl(assets.kernel),
    pyodide: scriptUrl(assets.pyodide),
    pyodideAsm: scriptUrl(assets.pyodideAsm),
    stdlib: assets.stdlib,
    module,
  };
  module.then(
    () => {
      toPage({ type: 'sandbox.loaded' });
    },
    (reason: unknown) => {
      toPage({
        type: 'sandbox.failed',
        fault: {
          kind: 'unsupported',
          what: 'Python could not be compiled.',
          why: String(reason),
          mend: 'Use a current version of Chrome, Edge, Firefox or Safari, and allow WebAssembly.',
        },
      });
    },
  );
}

function start(pid: Pid): void {
  if (!loaded) return;
  const { kernel, pyodide, pyodideAsm, stdlib, module } = loaded;
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
    if (typeof data.type !== 'string' || data.type.startsWith('sandbox.')) return;
    parent.postMessage({ ...data, pid }, '*');
  };
  worker.onerror = (event) => {
    event.preventDefault();
    fail(crashed('The Python interpreter died.', event.message || 'Its worker ended with an error.'));
  };
  worker.onmessageerror = () => {
    fail(crashed('The Python interpreter sent something unreadable.', 'A message could not be decoded.'));
  };
  toWorker(worker, { type: 'kernel.scripts', pyodide, pyodideAsm });
  void module.then(
    (compiled) => {
      toWorker(worker, { type: 'kernel.boot', module: compiled, stdlib });
    },
    () => {
      kill(pid); // `load` has told the page why.
    },
  );
}

function kill(pid: Pid): void {
  workers.get(pid)?.terminate();
  workers.delete(pid);
}

function receive(message: ToSandbox): void {
  switch (message.type) {
    case 'sandbox.load':
      load(message.assets);
      return;
    case 'process.start':
      start(message.pid);
      return;
    case 'process.kill':
      kill(message.pid);
      return;
    case 'cell.run':
    case 'namespace.reset': {
      const worker = workers.get(message.pid);
      if (worker) toWorker(worker, message);
      return;
    }
    case 'signal.send':
    case 'input.reply':
      return; // No process takes signals or input yet; the session does not send them.
    default:
      message satisfies never;
  }
}

// Outside a sandbox this script would hand its page's origin to Python.
if (self.origin !== 'null') throw new Error('The Python frame runs in an opaque origin only.');
addEventListener('message', (event: MessageEvent<ToSandbox>) => {
  if (event.source === parent) receive(event.data);
});
toPage({ type: 'sandbox.ready' });
