/** A process: one interpreter in one worker. It boots when told, then runs one request after the other. */
import { bootPython, loadScripts } from './boot.ts';
import { Clock } from './clock.ts';
import { Interpreter } from './interpreter.ts';
import type { Core, LoadScripts, ToWorker } from './worker-messages.ts';
import { say, saysCrash } from './worker-voice.ts';

const core = Promise.withResolvers<Core>();
const stdlib = Promise.withResolvers<ArrayBuffer>();
let interpreter: Interpreter | undefined;
/** Made before Pyodide is loaded, so that Pyodide reads the cell's clock everywhere. */
const clock = new Clock(self);

async function boot(message: LoadScripts): Promise<void> {
  const { kind, broker } = message;
  if (kind === 'explorer') throw new TypeError('this worker is no explorer');
  const scripts = await loadScripts(message);
  const booted = await bootPython(scripts, core.promise, message.how);
  interpreter = new Interpreter(booted, { kind, broker }, clock, say, saysCrash);
  // A child imports more at its start than the small archive has, and the whole one is there already.
  if (kind === 'child') interpreter.completeEarly(await stdlib.promise);
  const started = await interpreter.start();
  if (kind !== 'child') interpreter.complete(await stdlib.promise);
  say({ type: 'process.ready', pyodide: scripts.version, ...started });
}

async function receive(message: ToWorker): Promise<void> {
  switch (message.type) {
    case 'kernel.scripts':
      await boot(message);
      return;
    case 'kernel.core':
      core.resolve(message);
      return;
    case 'kernel.stdlib':
      stdlib.resolve(message.stdlib);
      return;
    case 'files.put':
      interpreter?.put(message.files, message.gone);
      return;
    case 'cell.run':
      await interpreter?.run(message.run, message.request);
      return;
    case 'signal.send':
      interpreter?.interrupt();
      return;
    case 'process.ask':
      say({ type: 'process.alive' });
      return;
    case 'editor.ask':
      interpreter?.ask(message.request, message.question);
      return;
    case 'input.reply':
      interpreter?.reply(message.request, message.text);
      return;
    case 'network.connect':
      interpreter?.network({ kind: 'connect', connection: message.connection, host: message.host, port: message.port });
      return;
    case 'network.send':
      interpreter?.network({ kind: 'send', connection: message.connection, data: message.data, last: message.last });
      return;
    case 'network.close':
      interpreter?.network({ kind: 'close', connection: message.connection });
      return;
    case 'packages.reply':
      interpreter?.deliver(message);
      return;
    case 'namespace.reset':
      interpreter?.reset(message.namespace);
      say({ type: 'namespace.cleared', namespace: message.namespace });
      return;
    case 'explore.begin':
    case 'step.begin':
    case 'step.go':
      throw new TypeError('this worker is no explorer');
    default:
      message satisfies never;
  }
}

self.onmessage = (event: MessageEvent<ToWorker>) => {
  receive(event.data).catch(saysCrash);
};
