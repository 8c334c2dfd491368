/**
 * The ports on which processes listen, and the connections that the page has opened to them.
 *
 * Invariant: a connection ends once for its client, by its server's end, by its own `close`, or by the death of the
 * process; whoever follows a run hears of every change to the ports that the run has opened, the last time of none.
 */
import type { FromSandbox } from '../protocol/message.ts';
import type { Client, Connection, OnListening, Port } from './contract.ts';
import * as faults from './faults.ts';
import type { Process } from './process.ts';

type Message<Type extends FromSandbox['type']> = Extract<FromSandbox, { type: Type }>;

interface Follower {
  readonly process: Process;
  readonly onListening: OnListening;
  ports: readonly Port[];
}

interface Open {
  readonly process: Process;
  readonly client: Client;
  /** It is over: nobody hears of it any more. */
  readonly forget: () => void;
}

export class Network {
  /** By run. */
  readonly #followers = new Map<number, Follower>();
  readonly #open = new Map<number, Open>();
  #connections = 0;

  /** Tells `onListening` of the ports that `run` opens in `process`, also after its end. */
  follow(process: Process, run: number, onListening: OnListening): void {
    // What the run before this one has opened last may not have been told yet.
    for (const [earlier, { ports }] of this.#followers)
      if (earlier < run - 1 && ports.length === 0) this.#followers.delete(earlier);
    this.#followers.set(run, { process, onListening, ports: [] });
    process.onDeath(() => {
      this.#tell(run, []);
      this.#followers.delete(run);
    });
  }

  listening(process: Process, { listeners }: Message<'network.listening'>): void {
    for (const [run, follower] of this.#followers) {
      if (follower.process !== process) continue;
      const known = new Map(follower.ports.map((port) => [`${port.host} ${port.port}`, port]));
      const ports = listeners
        .filter((listener) => listener.run === run)
        .map(({ host, port }) => known.get(`${host} ${port}`) ?? this.#port(process, host, port));
      this.#tell(run, ports);
    }
  }

  received(process: Process, { connection, data }: Message<'network.received'>): void {
    const open = this.#open.get(connection);
    if (open?.process === process) open.client.received(data);
  }

  ended(process: Process, { connection, error }: Message<'network.ended'>): void {
    const open = this.#open.get(connection);
    if (open?.process !== process) return;
    open.forget();
    open.client.ended(error);
  }

  #tell(run: number, ports: readonly Port[]): void {
    const follower = this.#followers.get(run);
    if (!follower) return;
    const before = follower.ports;
    if (ports.length === before.length && ports.every((port, index) => port === before[index])) return;
    follower.ports = ports;
    follower.onListening(ports);
  }

  #port(process: Process, host: string, port: number): Port {
    return { host, port, connect: (client) => this.#connect(process, host, port, client) };
  }

  #connect(process: Process, host: string, port: number, client: Client): Connection {
    this.#connections += 1;
    const connection = this.#connections;
    const forget = (): void => {
      release();
      this.#open.delete(connection);
    };
    const release = process.onDeath(({ fault }) => {
      forget();
      client.ended(fault.what);
    });
    if (process.state === 'dead') {
      release();
      client.ended(faults.programEnded.what);
      return { send: () => undefined, close: () => undefined };
    }
    this.#open.set(connection, { process, client, forget });
    process.post({ type: 'network.connect', connection, host, port });
    return {
      send: (data, last = false) => {
        if (this.#open.has(connection)) process.post({ type: 'network.send', connection, data, last });
      },
      close: () => {
        if (!this.#open.has(connection)) return;
        forget();
        process.post({ type: 'network.close', connection });
      },
    };
  }
}
