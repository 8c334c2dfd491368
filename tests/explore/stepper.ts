/** Runs a program step by step in a worker of Node, and waits for where it stands. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import * as v from 'valibot';
import { explorerSources } from '../../src/kernel/virtual/explorer-sources.ts';
import { prepareVirtual } from '../../src/kernel/virtual/prepare.ts';
import {
  steppingToldSchema,
  type StepCommand,
  type StepLane,
  type SteppingAsked,
  type SteppingTold,
  type Stands,
} from '../../src/protocol/stepping.ts';

type Until = Extract<StepCommand, { kind: 'go' }>['until'];

export class Stepper implements AsyncDisposable {
  readonly #worker: Worker;
  readonly #told: SteppingTold[] = [];
  /** What was printed so far. */
  printed = '';
  now!: Stands;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (told: unknown) => this.#told.push(v.parse(steppingToldSchema, told)));
  }

  static async open(source: string, changes: Partial<SteppingAsked> = {}): Promise<Stepper> {
    const asked = { filename: 'program.py', source, before: [], argv: [], beside: {}, granularity: 'gil', ...changes };
    const workerData = { ...(await prepareVirtual()), sources: await explorerSources(), asked };
    const stepper = new Stepper(new Worker(new URL('step-worker.ts', import.meta.url), { workerData }));
    await stepper.stands();
    return stepper;
  }

  async told(): Promise<SteppingTold> {
    while (this.#told.length === 0) await once(this.#worker, 'message');
    const told = this.#told.shift();
    if (told === undefined) throw new Error('unreachable');
    if (told.kind !== 'refused') this.printed += told.output.map(({ text }) => text).join('');
    return told;
  }

  async stands(): Promise<Stands> {
    const told = await this.told();
    if (told.kind !== 'stands') throw new Error(JSON.stringify(told));
    this.now = told;
    return told;
  }

  send(...commands: readonly StepCommand[]): void {
    this.#worker.postMessage(commands);
  }

  go(name: string, until: Until): Promise<Stands> {
    this.send({ kind: 'go', lane: this.now.lanes.indexOf(this.lane(name)), until });
    return this.stands();
  }

  lane(name: string): StepLane {
    const found = this.now.lanes.find((lane) => lane.name === name);
    if (!found) throw new Error(`${name} is none of ${this.now.lanes.map((lane) => lane.name).join(', ')}`);
    return found;
  }

  /** The line at which a thread stands. */
  line(name: string): number | undefined {
    return this.lane(name).frames[0]?.line;
  }

  names(name: string, frame = 0): Record<string, string> {
    return Object.fromEntries((this.lane(name).frames[frame]?.names ?? []).map(({ name: key, text }) => [key, text]));
  }

  get shared(): Record<string, string> {
    return Object.fromEntries(this.now.shared.map(({ name, text }) => [name, text]));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker.terminate();
  }
}
