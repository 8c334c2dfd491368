/** What the frame says to a worker it starts, before and besides the session's own messages. */
import type { ProcessKind, ToSandbox } from '../../protocol/message.ts';

/** Sent at once, so that Pyodide's scripts load and start while the frame still compiles the module. */
export interface LoadScripts {
  readonly type: 'kernel.scripts';
  readonly kind: ProcessKind;
  /** Blob addresses of `pyodide.mjs` and `pyodide.asm.mjs`. */
  readonly pyodide: string;
  readonly pyodideAsm: string;
}

/** What Python starts from. */
export interface Core {
  readonly module: WebAssembly.Module;
  /** The archive of the modules that a start imports. */
  readonly core: ArrayBuffer;
}

export type ToWorker =
  | LoadScripts
  | ({ readonly type: 'kernel.core' } & Core)
  | { readonly type: 'kernel.stdlib'; readonly stdlib: ArrayBuffer }
  | Extract<
      ToSandbox,
      { type: 'files.put' | 'cell.run' | 'input.reply' | 'namespace.reset' | 'editor.ask' | 'signal.send' }
    >;
