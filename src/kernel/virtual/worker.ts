/**
 * A worker of the page with one interpreter in it that searches for a schedule, replays one, or runs a program step by step;
 * whoever started it ends it.
 */
import type { Addressed } from '../../protocol/addressing.ts';
import type { StepCommand, SteppingTold } from '../../protocol/stepping.ts';
import { bootPython, loadScripts } from '../process/boot.ts';
import type { Core, LoadScripts, ToWorker } from '../process/worker-messages.ts';
import { say, saysCrash } from '../process/worker-voice.ts';
import { serveExploration } from './explorer.ts';
import type { ExplorerSources } from './open-explorer.ts';
import { overPython, type VirtualInterpreter, type VirtualOptions } from './over-python.ts';
import { serveStepping } from './stepping.ts';
import { VirtualTime } from './virtual-time.ts';

/** The build puts the Python side here. */
declare const EXPLORER: ExplorerSources;

/** `_kernel.boot`, as far as it is used here. */
interface Boot {
  readonly archive: string;
  look_again(): void;
  load_start(): void;
}

type Begin = Extract<Addressed, { type: 'explore.begin' }>;

const core = Promise.withResolvers<Core>();
const stdlib = Promise.withResolvers<ArrayBuffer>();
const realNow = performance.now.bind(performance);
const time = new VirtualTime();
time.install();
let boot: ((options: VirtualOptions) => Promise<VirtualInterpreter>) | undefined;

async function load(message: LoadScripts): Promise<void> {
  const scripts = await loadScripts(message);
  const { python, own } = await bootPython(scripts, core.promise, { options: [], environment: environment() });
  boot = async (options) => {
    const virtual = overPython({ python, own, time }, options);
    const kernel = python.pyimport('_kernel.boot') as Boot;
    kernel.load_start();
    own.descriptors.fs.writeFile(kernel.archive, new Uint8Array(await stdlib.promise), { canOwn: true });
    kernel.look_again();
    return virtual;
  };
  const { _module } = python as unknown as { readonly _module: { readonly jspiSupported: boolean } };
  await stdlib.promise;
  say({ type: 'process.ready', pyodide: scripts.version, python: '', fibers: _module.jspiSupported });
}

/** The order of a set of strings is the same in each run. */
const environment = (): readonly string[] => ['PYTHONHASHSEED=0'];

async function serve({ asked }: Begin): Promise<void> {
  if (!boot) throw new Error('a search begins when its interpreter is there');
  const served = {
    asked,
    sources: EXPLORER,
    realSeconds: () => realNow() / 1000,
    progress: (progress: Parameters<Parameters<typeof serveExploration>[0]['progress']>[0]) => {
      say({ type: 'explore.progress', progress });
    },
    answer: (answer: Parameters<Parameters<typeof serveExploration>[0]['answer']>[0]) => {
      say({ type: 'explore.answer', answer });
    },
  };
  await serveExploration(served, boot);
}

const early: StepCommand[] = [];
let take = (commands: readonly StepCommand[]): void => {
  early.push(...commands);
};

async function step({ asked }: Extract<Addressed, { type: 'step.begin' }>): Promise<void> {
  if (!boot) throw new Error('a program begins when its interpreter is there');
  const tell = (told: SteppingTold) => {
    say({ type: 'step.told', told });
  };
  take = await serveStepping({ asked, sources: EXPLORER, tell }, boot);
  take(early);
}

async function receive(message: ToWorker): Promise<void> {
  if (message.type === 'kernel.scripts') await load(message);
  else if (message.type === 'kernel.core') core.resolve(message);
  else if (message.type === 'kernel.stdlib') stdlib.resolve(message.stdlib);
  else if (message.type === 'explore.begin') await serve(message);
  else if (message.type === 'step.begin') await step(message);
  else if (message.type === 'step.go') take(message.commands);
}

self.onmessage = (event: MessageEvent<ToWorker>) => {
  receive(event.data).catch(saysCrash);
};
