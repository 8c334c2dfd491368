/**
 * Runs one function of a Python program under many seeds, in an interpreter of its own.
 * Invariant: the same call has the same answer, however busy the machine is.
 */
import { readFile } from 'node:fs/promises';
import { oneAnswer } from '../../../src/kernel/virtual/one-answer.ts';
import { prepareVirtual } from '../../../src/kernel/virtual/prepare.ts';
import type { Ending, Order } from './order.ts';

const support = (name: string) => new URL(name, import.meta.url);

/** Read once. */
let harness: Promise<string> | undefined;

/** `limit`, in milliseconds, is for an interpreter that nothing can interrupt any more; without it there is none. */
export async function runSchedules(run: Order['run'], limit?: number): Promise<Ending> {
  harness ??= readFile(support('harness.py'), 'utf8');
  const order: Order = { ...(await prepareVirtual()), harness: await harness, run };
  return oneAnswer({
    script: support('interpreter.ts'),
    order,
    answerIn: (ending: Ending) => ending,
    limit:
      limit === undefined
        ? undefined
        : {
            milliseconds: limit,
            answer: { kind: 'died', reason: `it neither ends nor can be interrupted, after ${String(limit / 1000)} s` },
          },
  });
}
