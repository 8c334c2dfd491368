/** The name under which a cell's code is compiled: one rule for page and recorder, so that tracebacks agree. */
import type { Cell } from './cell.ts';

/** The name in tracebacks. */
export function fileNameOf({ id, options }: Cell): string {
  return options.name ?? `cell-${id}`;
}
