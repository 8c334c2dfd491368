/** The name under which a cell's code is compiled: one rule for page and recorder, so that tracebacks agree. */
import type { Cell } from './cell.ts';

/** Where programs stand and work: in their tracebacks it stands before the name, as in CPython. */
export const readerFolder = '/home/reader';

/** The name in tracebacks. */
export function fileNameOf({ id, options }: Cell): string {
  return options.name ?? `cell-${id}`;
}
