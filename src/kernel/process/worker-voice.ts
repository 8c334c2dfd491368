/** What a worker says to the frame; the frame adds the process id. */
import type { Fault } from '../../protocol/fault.ts';
import type { FromSandbox } from '../../protocol/message.ts';

type WithoutPid<T> = T extends { readonly pid: number } ? Omit<T, 'pid'> : never;
export type FromWorker = WithoutPid<FromSandbox>;

export function say(message: FromWorker): void {
  self.postMessage(message);
}

/** A program let a signal take its default action, which ends the process: that is no failure of the interpreter. */
export function killedBy(signal: string): Fault {
  return {
    kind: 'crashed',
    what: `The Python interpreter was ended by ${signal}.`,
    why: `The default action of ${signal} ends the process, and no handler was set for it.`,
    mend: `Run the cell again: a new interpreter starts, and names defined before are gone. \`signal.signal(signal.${signal}, …)\` sets a handler.`,
  };
}

/** The interpreter itself has failed, and not the reader's program: nothing in this worker can be trusted any more. */
export function saysCrash(reason: unknown): void {
  const detail = reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason);
  const memory = /out of memory|allocation failed|memory\.grow|Array buffer allocation|\bMemoryError\b/i.test(detail);
  // The words of Chromium and of Firefox. Nearly all of CPython checks how deep it is, so this is rarely reached.
  const stack = /call stack size exceeded|too much recursion/i.test(detail);
  say({
    type: 'process.failed',
    fault: {
      kind: 'crashed',
      what: `The Python interpreter ${memory ? 'ran out of memory' : stack ? 'ran out of stack' : 'died'}.`,
      why: stack
        ? `Code in C called itself some thousands of times without asking how deep it is (${detail.slice(0, 200)}).`
        : detail.slice(0, 2000),
      mend: 'Run the cell again: a new interpreter starts, and names defined before are gone.',
    },
  });
}
