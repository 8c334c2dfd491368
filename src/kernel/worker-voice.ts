/** What a worker says to the frame; the frame adds the process id. */
import type { FromSandbox } from '../protocol/message.ts';

type WithoutPid<T> = T extends { readonly pid: number } ? Omit<T, 'pid'> : never;
export type FromWorker = WithoutPid<FromSandbox>;

export function say(message: FromWorker): void {
  self.postMessage(message);
}

/** The interpreter itself failed, not the reader's program: nothing in this worker can be trusted any more. */
export function saysCrash(reason: unknown): void {
  const detail = reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason);
  const memory = /out of memory|allocation failed|memory\.grow|Array buffer allocation/i.test(detail);
  say({
    type: 'process.failed',
    fault: {
      kind: 'crashed',
      what: memory ? 'The Python interpreter ran out of memory.' : 'The Python interpreter died.',
      why: detail.slice(0, 2000),
      mend: 'Run the cell again: a new interpreter starts, and names defined before are gone.',
    },
  });
}
