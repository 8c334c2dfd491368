/** What the frame says to a worker it starts, before and besides the session's own messages. */
import type { ProcessKind, ToSandbox } from '../protocol/message.ts';

/** Sent at once, so that the scripts load while the frame still compiles the module. */
export interface LoadScripts {
  readonly type: 'kernel.scripts';
  /** Blob addresses of `pyodide.mjs` and `pyodide.asm.mjs`. */
  readonly pyodide: string;
  readonly pyodideAsm: string;
}

export interface Boot {
  readonly type: 'kernel.boot';
  readonly kind: ProcessKind;
  readonly module: WebAssembly.Module;
  readonly stdlib: ArrayBuffer;
}

export type ToWorker =
  | LoadScripts
  | Boot
  | Extract<ToSandbox, { type: 'files.put' | 'cell.run' | 'namespace.reset' | 'editor.ask' | 'signal.send' }>;
