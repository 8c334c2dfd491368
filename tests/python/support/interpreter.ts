/**
 * A worker of Node with one interpreter in it, with virtual time and seeded slices. It runs one test under many seeds, says
 * how that ended, and is thrown away.
 * Invariant: what it does follows from its order alone.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { bootVirtual } from '../../../src/kernel/virtual/interpreter.ts';
import type { Ending, Order } from './order.ts';
import { SeededSlices } from './seeded-slices.ts';

const order = workerData as Order;
let printed = '';

function end(ending: Ending): void {
  parentPort?.postMessage(ending);
}

let slices: SeededSlices | undefined;
const { python, machine, begin } = await bootVirtual(order, {
  slices: (module, time) => (slices = new SeededSlices(module, time)),
  write: (_, text) => {
    printed += text;
  },
  failed: (reason) => {
    end({ kind: 'died', reason: `${String(reason)}\n${printed}` });
  },
});

const outside = {
  seed: (seed: number | undefined) => {
    slices?.seed(seed);
  },
  draw: (below: number) => slices?.draw(below),
  /** A signal from the page, after about so many places where a slice may end. */
  signal: (number: number, places: number) => {
    slices?.after(places, () => {
      machine.post({ kind: 'signal', number });
    });
  },
  printed: () => {
    const text = printed;
    printed = '';
    return text;
  },
  finished: (ending: string) => {
    end(JSON.parse(ending) as Ending);
  },
};
const globals = python.globals as unknown as { set(name: string, value: unknown): void };
globals.set('__file__', 'harness.py');
python.runPython(order.harness, { filename: 'harness.py' });
begin('open_tests', JSON.stringify(order.run), outside);
