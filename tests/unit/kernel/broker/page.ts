/** A broker with processes that are no more than a list of what they were told. */
import { Broker, firstPid, type Limits } from '../../../../src/kernel/broker/broker.ts';
import type { FromBroker, ToBroker } from '../../../../src/protocol/broker.ts';

/** One process of a test. */
export class Told {
  pid = 0;
  killed = false;
  readonly messages: FromBroker[] = [];
  readonly #receive: (pid: number, message: ToBroker) => void;

  constructor(receive: (pid: number, message: ToBroker) => void) {
    this.#receive = receive;
  }

  say(message: ToBroker): void {
    this.#receive(this.pid, message);
  }

  /** The messages of a type, in their order. */
  of<Type extends FromBroker['type']>(type: Type): Extract<FromBroker, { type: Type }>[] {
    return this.messages.filter((one): one is Extract<FromBroker, { type: Type }> => one.type === type);
  }

  last<Type extends FromBroker['type']>(type: Type): Extract<FromBroker, { type: Type }> {
    const found = this.of(type).at(-1);
    if (!found) throw new Error(`${type} was not said to process ${this.pid}: ${JSON.stringify(this.messages)}`);
    return found;
  }
}

export class Page {
  readonly broker: Broker;
  readonly first: Told;
  readonly processes = new Map<number, Told>();
  /** What the broker wants to do later. */
  readonly timers = new Set<() => void>();
  /** How often the broker has been told that a process will come. */
  expected = 0;

  constructor(limits: Partial<Limits> = {}) {
    this.first = this.#process();
    this.first.pid = firstPid;
    this.broker = new Broker(
      {
        start: (pid) => {
          const process = this.#process();
          process.pid = pid;
          this.processes.set(pid, process);
          return (message) => process.messages.push(message);
        },
        expect: () => {
          this.expected += 1;
        },
        kill: (pid) => {
          const process = this.processes.get(pid);
          if (process) process.killed = true;
        },
        after: (_milliseconds, then) => {
          this.timers.add(then);
          return () => this.timers.delete(then);
        },
      },
      { room: () => true, deaf: 1000, ...limits },
      (message) => this.first.messages.push(message),
    );
  }

  #process(): Told {
    return new Told((pid, message) => {
      this.broker.receive(pid, message);
    });
  }

  /** A child that inherits descriptors 0, 1, 2 and so on from these handles. */
  spawn(parent: Told, handles: readonly number[] = [], group?: number, session?: boolean): Told {
    const request = parent.messages.length + 1_000_000;
    parent.say({
      type: 'process.spawn',
      request,
      command: { argv: ['python3'], environment: [], folder: '/', mask: 0o22 },
      descriptors: handles.map((handle, descriptor) => ({ descriptor, handle, flags: 0 })),
      ...(group !== undefined && { group }),
      ...(session !== undefined && { session }),
    });
    const child = this.processes.get(parent.last('process.spawned').pid);
    if (!child) throw new Error('no such process');
    return child;
  }
}

export const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
export const text = (content: Uint8Array): string => new TextDecoder().decode(content);
