/** Under a cell, the ports on which its program listens. What shows them is loaded when the first one does. */
import type { Port } from '../../session/contract.ts';
import type { LiveCell } from './cell.ts';

let latest = Promise.resolve();

/** In the order of the calls. A page that cannot load the bar goes without it: the program itself is not concerned. */
export function showPorts(cell: LiveCell, run: object, ports: readonly Port[]): Promise<void> {
  latest = latest
    .then(async () => {
      const bar = await import('../network/bar.ts');
      bar.showPorts(cell, run, ports);
    })
    .catch(() => undefined);
  return latest;
}
