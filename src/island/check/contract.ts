/** What the page and the worker that checks code say to each other, and the list of the files it is made of. */
import type { RuntimeFile } from '../../protocol/manifest.ts';

/** `check/manifest.json`, as the build writes it. */
export interface CheckerManifest {
  readonly format: 1;
  readonly worker: RuntimeFile;
  readonly ruff: RuntimeFile;
}

/** Row and column count from 1; a column is a UTF-16 code unit. */
interface Position {
  readonly row: number;
  readonly column: number;
}

export interface Remark {
  readonly from: Position;
  readonly to: Position;
  /** For example `F841`; '' for a syntax error. */
  readonly code: string;
  readonly message: string;
}

export type ToChecker =
  | { readonly type: 'checker.load'; readonly ruff: ArrayBuffer }
  | { readonly type: 'checker.check'; readonly request: number; readonly source: string; readonly notebook: boolean };

export type FromChecker =
  | { readonly type: 'checker.ready' }
  | { readonly type: 'checker.checked'; readonly request: number; readonly remarks: readonly Remark[] };
