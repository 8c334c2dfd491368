/** A process: one interpreter in one worker. It boots when told, then runs one request after the other. */
import { bootPython, loadScripts, type Scripts } from './boot.ts';
import { Clock } from './clock.ts';
import { Interpreter } from './interpreter.ts';
import type { ToWorker } from './worker-messages.ts';
import { say, saysCrash } from './worker-voice.ts';

let scripts: Promise<Scripts> | undefined;
let interpreter: Interpreter | undefined;
/** Before Pyodide captures anything: its clocks are the cell's. */
const clock = new Clock(self);

async function receive(message: ToWorker): Promise<void> {
  switch (message.type) {
    case 'kernel.scripts':
      scripts = loadScripts(message);
      return;
    case 'kernel.boot': {
      if (!scripts) return;
      const ready = await scripts;
      interpreter = new Interpreter(await bootPython(ready, message), message.kind, clock, say, saysCrash);
      say({ type: 'process.ready', pyodide: ready.version, ...(await interpreter.start()) });
      return;
    }
    case 'files.put':
      interpreter?.put(message.files);
      return;
    case 'cell.run':
      await interpreter?.run(message.request);
      return;
    case 'signal.send':
      interpreter?.interrupt();
      return;
    case 'editor.ask':
      interpreter?.ask(message.request, message.question);
      return;
    case 'namespace.reset':
      interpreter?.reset(message.namespace);
      say({ type: 'namespace.cleared', namespace: message.namespace });
      return;
    default:
      message satisfies never;
  }
}

self.onmessage = (event: MessageEvent<ToWorker>) => {
  receive(event.data).catch(saysCrash);
};
