/** The messages that the frame itself sends to a worker when it starts it. All others come from the session. */
import type { ProcessKind, ToSandbox } from '../../protocol/message.ts';

/** Sent at once, so that Pyodide's scripts load and start while the frame still compiles the module. */
export interface LoadScripts {
  readonly type: 'kernel.scripts';
  readonly kind: ProcessKind;
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
  | LoadScripts
  | ({ readonly type: 'kernel.core' } & Core)
  | { readonly type: 'kernel.stdlib'; readonly stdlib: ArrayBuffer }
  | Extract<
      ToSandbox,
      { type: 'files.put' | 'cell.run' | 'input.reply' | 'namespace.reset' | 'editor.ask' | 'signal.send' }
    >;
