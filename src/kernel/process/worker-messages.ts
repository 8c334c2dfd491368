/** The messages that the frame itself sends to a worker when it starts it. All others come from the session. */
import type { Addressed } from '../../protocol/addressing.ts';
import type { ProcessKind } from '../../protocol/message.ts';
import type { Boot } from '../../protocol/broker.ts';

/** A process that the page starts, or one that another process starts: that one waits until it is told what to run. */
export type WorkerKind = ProcessKind | 'child';

/** An explorer has a worker of its own (src/kernel/virtual/worker.ts). */
export type InterpreterKind = Exclude<WorkerKind, 'explorer'>;

/** What Pyodide's scripts are loaded from. */
export interface LoadScripts {
  readonly type: 'kernel.scripts';
  readonly kind: WorkerKind;
  /** Leads to the broker. */
  readonly broker: MessagePort;
  /** How Python boots, where that is not as usual. */
  readonly how: Boot | undefined;
  /** Blob addresses of `pyodide.mjs` and `pyodide.asm.mjs`. */
  readonly pyodide: string;
  readonly pyodideAsm: string;
}

/** The files that Python starts from. */
export interface Core {
  readonly module: WebAssembly.Module;
  /** The archive of the modules that a start imports. */
  readonly core: ArrayBuffer;
}

export type ToWorker =
  /** Sent at once, so that Pyodide's scripts load and start while the frame still compiles the module. Not answered. */
  | LoadScripts
  /** Sent when the module is compiled and the archive is there. Not answered. */
  | ({ readonly type: 'kernel.core' } & Core)
  /** Sent last. The worker answers all three by the `process.ready` or `process.failed` that the session waits for. */
  | { readonly type: 'kernel.stdlib'; readonly stdlib: ArrayBuffer }
  /** What the session says to this process, passed on as it is. */
  | Addressed;
