/** One hash for all that can change what a cell prints: its source, the options that reach Python, and its chain. */
import { createHash } from 'node:crypto';
import type { Cell } from '../protocol/cell.ts';

/** Options that only judge or decorate the output (compare, masks, title, timeout, lines, timeline) are left out on purpose. */
function essence({ id, source, options }: Cell): unknown {
  const { mode, name, native, clock, net, labels, packages, schedule, stdin } = options;
  return {
    mode,
    file: name ?? id,
    native: native !== undefined,
    clock,
    net,
    labels,
    packages: [...packages].sort(),
    schedule,
    stdin,
    source,
  };
}

/** `chain` as `chainOf` gives it: the cell itself comes last. */
export function cellHash(chain: readonly Cell[]): string {
  return `sha256-${createHash('sha256')
    .update(JSON.stringify(chain.map(essence)))
    .digest('hex')}`;
}
