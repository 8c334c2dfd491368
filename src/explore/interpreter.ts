/**
 * A worker of Node with one interpreter in it that runs a program under many schedules, answers once, and is thrown away.
 * Invariant: but for the length of a search, which real time limits, what it does follows from its order alone.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { bootVirtual } from '../kernel/virtual/interpreter.ts';
import type { Answer, Message, Order } from './order.ts';

const order = workerData as Order;
const say = (message: Message) => parentPort?.postMessage(message);
const answer = (answer: Answer) => say({ type: 'answer', answer });
/** Of the real clock; `bootVirtual` takes over the others. */
const realSeconds = () => Number(process.hrtime.bigint()) / 1e9;

const printed = { stdout: '', stderr: '' };
/** No slice is ever over: threads change places where the search says. */
const never = { begin: () => undefined, over: () => false };
const { python, time, begin } = await bootVirtual(order, {
  slices: () => never,
  write: (stream, text) => {
    printed[stream] += text;
  },
  failed: (reason) => {
    answer({ kind: 'died', why: String(reason), python: '' });
  },
});

const outside = {
  printed: () => {
    const { stdout, stderr } = printed;
    printed.stdout = printed.stderr = '';
    return [stdout, stderr];
  },
  pass_time: (milliseconds: number) => {
    time.pass(milliseconds);
  },
  /** Each run begins at the same time. */
  restart: () => {
    time.restart();
  },
  real_seconds: realSeconds,
  progress: (runs: number) => say({ type: 'progress', runs }),
  finished: (json: string) => answer(JSON.parse(json) as Answer),
};
const globals = python.globals as unknown as { set(name: string, value: unknown): void };
globals.set('sources', JSON.stringify(order.explorer));
python.runPython(order.loader, { filename: 'load.py' });
begin('open_search', JSON.stringify(order.asked), outside);
