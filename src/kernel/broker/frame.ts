/**
 * The sandbox frame: compiles the module once, keeps the workers, and passes messages both ways.
 *
 * Invariant: a worker speaks for itself only. The frame stamps each message of a worker with its process id, and passes on
 * only what a process of its kind may say (`src/protocol/addressing.ts`).
 */
import * as v from 'valibot';
import { maySend } from '../../protocol/addressing.ts';
import type { Fault } from '../../protocol/fault.ts';
import type { Boot, ToBroker } from '../../protocol/broker.ts';
import type { FromSandbox, Pid, ProcessKind } from '../../protocol/message.ts';
import { toSandboxSchema, type RuntimeAsset, type ToSandbox } from '../../protocol/to-sandbox.ts';
import type { ToWorker, WorkerKind } from '../process/worker-messages.ts';
import { ChildWorker, type Said, type Tree } from './child-worker.ts';
import type { FromBrokerWorker, Place, ToBrokerWorker } from './hardware-messages.ts';
import { Inputs, isAboutInput } from './inputs.ts';

/** The worker's whole script: the build puts it here, so that a worker starts as soon as it is asked for. */
declare const KERNEL: string;
/** The broker's. */
declare const BROKER: string;

const assets = {
  pyodide: Promise.withResolvers<string>(),
  pyodideAsm: Promise.withResolvers<string>(),
  core: Promise.withResolvers<ArrayBuffer>(),
  stdlib: Promise.withResolvers<ArrayBuffer>(),
  module: Promise.withResolvers<WebAssembly.Module>(),
};
/** The script of the workers that search for schedules, once a reader has asked for a search. */
let explorer = '';
const workers = new Map<Pid, Worker>();
const kernel = scriptUrl(KERNEL);
/** Started when a process first has something to say to it. */
let broker: Worker | undefined;
/** Workers that the broker has asked for. */
const children = new Map<Place, ChildWorker>();
/** Processes of the page that the broker knows. */
const adopted = new Set<Pid>();
/** Requests for packages of children, under the numbers that the page knows them by. */
const asked = new Map<number, { readonly worker: Worker; readonly request: number }>();
let lastAsked = 0;
const inputs = new Inputs<Worker>(toPage);
/** SIGKILL and SIGABRT, as `waitpid` tells them. */
const [killed, aborted] = [9, 6];

function toPage(message: FromSandbox): void {
  parent.postMessage(message, '*');
}

function toWorker(worker: Worker, message: ToWorker, transfer: Transferable[] = []): void {
  worker.postMessage(message, transfer);
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
    case 'explorer':
      explorer = scriptUrl(asset.content);
      return;
    default:
      asset satisfies never;
  }
}

function toBroker(message: ToBrokerWorker, transfer: Transferable[] = []): void {
  if (!broker) {
    broker = new Worker(scriptUrl(BROKER));
    if (document.hidden) toBroker({ type: 'seen', seen: false });
    broker.onmessage = (event: MessageEvent<FromBrokerWorker>) => {
      const { data } = event;
      switch (data.type) {
        case 'boot':
          bootChild(data.place, data.port, data.how);
          return;
        case 'begin':
          children.get(data.place)?.begin({ root: data.root, began: data.began });
          return;
        case 'kill':
          killChild(data.place);
          return;
        default:
          data satisfies never;
      }
    };
  }
  broker.postMessage(message, transfer);
}

/** Gives a worker all that it boots from. */
async function boot(worker: Worker, kind: WorkerKind, port: MessagePort, how?: Boot): Promise<void> {
  const [pyodide, pyodideAsm] = await Promise.all([assets.pyodide.promise, assets.pyodideAsm.promise]);
  toWorker(worker, { type: 'kernel.scripts', kind, broker: port, how, pyodide, pyodideAsm }, [port]);
  const [module, core] = await Promise.all([assets.module.promise, assets.core.promise]);
  toWorker(worker, { type: 'kernel.core', module, core });
  toWorker(worker, { type: 'kernel.stdlib', stdlib: await assets.stdlib.promise });
}

function start(pid: Pid, kind: ProcessKind): void {
  const worker = new Worker(kind === 'explorer' ? explorer : kernel);
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
    if (isAboutInput(data)) inputs.hear(pid, worker, data);
    else parent.postMessage({ ...data, pid }, '*');
  };
  worker.onerror = (event) => {
    event.preventDefault();
    fail(crashed('The Python interpreter died.', event.message || 'Its worker ended with an error.'));
  };
  worker.onmessageerror = () => {
    fail(crashed('The Python interpreter sent something unreadable.', 'A message could not be decoded.'));
  };
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = (event: MessageEvent<ToBroker>) => {
    port1.onmessage = null;
    // What a process says last comes after its end.
    if (workers.get(pid) !== worker) return;
    adopted.add(pid);
    toBroker({ type: 'adopt', place: pid, port: port1, first: event.data }, [port1]);
  };
  void boot(worker, kind, port2);
}

function kill(pid: Pid): void {
  if (!workers.has(pid)) return;
  workers.get(pid)?.terminate();
  workers.delete(pid);
  inputs.forget(pid);
  if (adopted.delete(pid)) toBroker({ type: 'ended', place: pid, status: killed });
}

/** Starts a worker that becomes a process when the broker says so. */
function bootChild(place: Place, port: MessagePort, how: Boot | undefined): void {
  const worker = new Worker(kernel);
  const child = new ChildWorker(worker, {
    ready: () => {
      toBroker({ type: 'ready', place });
    },
    said: (message, tree) => {
      hearChild(worker, message, tree);
    },
    died: (why, tree) => {
      if (!children.has(place)) return;
      if (tree) tellDeath(why, tree);
      toBroker({ type: 'ended', place, status: aborted });
    },
  });
  children.set(place, child);
  void boot(worker, 'child', port, how);
}

/** The parent of a process whose interpreter has died sees SIGABRT, and the reader why. */
function tellDeath(why: string, { root, began }: Tree): void {
  const now = performance.timeOrigin + performance.now();
  const at = (began.elapsed + (now - began.at) * began.clock) / 1000;
  const text = `The Python interpreter of a process died: ${why}\n`;
  toPage({ type: 'cell.output', pid: root, run: began.run, events: [{ type: 'stderr', at, text }] });
}

function hearChild(worker: Worker, message: Said, { root }: Tree): void {
  if (message.type === 'cell.output') {
    parent.postMessage({ ...message, pid: root }, '*');
  } else if (message.type === 'packages.request' && 'request' in message && typeof message.request === 'number') {
    lastAsked -= 1;
    asked.set(lastAsked, { worker, request: message.request });
    parent.postMessage({ ...message, request: lastAsked, pid: root }, '*');
  } else if (isAboutInput(message)) {
    inputs.hear(root, worker, message);
  }
}

function killChild(place: Place): void {
  const child = children.get(place);
  if (!child) return;
  child.worker.terminate();
  children.delete(place);
  inputs.gone(child.worker);
  for (const [request, { worker }] of asked) if (worker === child.worker) asked.delete(request);
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
      start(message.pid, message.kind);
      return;
    case 'process.kill':
      kill(message.pid);
      return;
    case 'process.ask':
    case 'files.put':
    case 'cell.run':
    case 'explore.begin':
    case 'step.begin':
    case 'step.go':
    case 'editor.ask':
    case 'network.connect':
    case 'network.send':
    case 'network.close':
    case 'signal.send':
    case 'namespace.reset': {
      const worker = workers.get(message.pid);
      if (worker) toWorker(worker, message);
      if (message.type === 'signal.send' && adopted.has(message.pid))
        toBroker({ type: 'interrupt', place: message.pid });
      if (message.type === 'namespace.reset' && adopted.has(message.pid))
        toBroker({ type: 'reset', place: message.pid });
      return;
    }
    case 'input.reply': {
      const asked = inputs.answered(message);
      if (asked) toWorker(asked.place, { ...message, request: asked.request });
      return;
    }
    case 'packages.reply': {
      const child = asked.get(message.request);
      asked.delete(message.request);
      const worker = child?.worker ?? workers.get(message.pid);
      if (worker) toWorker(worker, child ? { ...message, request: child.request } : message);
      return;
    }
    default:
      message satisfies never;
  }
}

document.addEventListener('visibilitychange', () => {
  if (broker) toBroker({ type: 'seen', seen: !document.hidden });
});
// Outside a sandbox, Python would run with the rights of the page's origin.
if (self.origin !== 'null') throw new Error('The Python frame runs in an opaque origin only.');
addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.source === parent) receive(v.parse(toSandboxSchema, event.data));
});
toPage({ type: 'sandbox.ready' });
