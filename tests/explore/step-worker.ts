/** A worker of Node with one interpreter in it that runs a program step by step. */
import { parentPort, workerData } from 'node:worker_threads';
import { bootVirtual } from '../../src/kernel/virtual/interpreter.ts';
import type { ExplorerSources } from '../../src/kernel/virtual/open-explorer.ts';
import type { Prepared } from '../../src/kernel/virtual/prepare.ts';
import { serveStepping } from '../../src/kernel/virtual/stepping.ts';
import type { StepCommand, SteppingAsked } from '../../src/protocol/stepping.ts';

const order = workerData as Prepared & { readonly sources: ExplorerSources; readonly asked: SteppingAsked };
const early: StepCommand[] = [];
let take = (commands: readonly StepCommand[]): void => {
  early.push(...commands);
};
parentPort?.on('message', (commands: readonly StepCommand[]) => {
  take(commands);
});
take = await serveStepping(
  {
    asked: order.asked,
    sources: order.sources,
    tell: (told) => {
      parentPort?.postMessage(told);
    },
  },
  (options) => bootVirtual(order, options),
);
take(early);
