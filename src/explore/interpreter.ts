/** A worker of Node with one interpreter in it that runs a program under many schedules, answers once, and is thrown away. */
import { parentPort, workerData } from 'node:worker_threads';
import { serveExploration } from '../kernel/virtual/explorer.ts';
import { bootVirtual } from '../kernel/virtual/interpreter.ts';
import type { Message, Order } from './order.ts';

const order = workerData as Order;
const say = (message: Message) => parentPort?.postMessage(message);

await serveExploration(
  {
    asked: order.asked,
    sources: order.sources,
    realSeconds: () => Number(process.hrtime.bigint()) / 1e9,
    progress: (progress) => say({ type: 'progress', progress }),
    answer: (answer) => say({ type: 'answer', answer }),
  },
  (options) => bootVirtual(order, options),
);
