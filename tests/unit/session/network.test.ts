/** The page as a client of the network inside a process: who hears what, and that everything ends. */
import { beforeEach, expect, it } from 'vitest';
import type { Listener } from '../../../src/protocol/network.ts';
import type { ToSandbox } from '../../../src/protocol/to-sandbox.ts';
import type { Client, Port } from '../../../src/session/contract.ts';
import { Network } from '../../../src/session/network.ts';
import type { Process } from '../../../src/session/process.ts';
import { Processes } from '../../../src/session/processes.ts';

const loss = { fault: { kind: 'crashed', what: 'It died.', why: 'Why.', mend: 'Mend.' }, stateLost: true } as const;

let posted: ToSandbox[];
let processes: Processes;
let network: Network;
let process: Process;
/** What a run has been told, each time as `host port`. */
let told: string[][];
let latest: readonly Port[];

beforeEach(() => {
  posted = [];
  told = [];
  latest = [];
  processes = new Processes((message) => posted.push(message));
  network = new Network();
  process = processes.start('notebook');
  process.booted();
});

function follow(run: number): void {
  network.follow(process, run, (ports) => {
    latest = ports;
    told.push(ports.map(({ host, port }) => `${host} ${port}`));
  });
}

function listening(...listeners: Listener[]): void {
  network.listening(process, { type: 'network.listening', pid: process.pid, listeners });
}

const on = (port: number, run: number, host = '127.0.0.1'): Listener => ({ host, port, run });

/** A client that writes down what it hears. */
function client(): Client & { readonly heard: (string | undefined)[] } {
  const heard: (string | undefined)[] = [];
  return {
    heard,
    received: (data) => heard.push(new TextDecoder().decode(data)),
    ended: (error) => heard.push(error),
  };
}

const received = (connection: number, text: string, from = process): void => {
  network.received(from, {
    type: 'network.received',
    pid: from.pid,
    connection,
    data: new TextEncoder().encode(text),
  });
};

it('tells a run of its own ports, when they change', () => {
  follow(1);
  follow(2);
  listening(on(8000, 1));
  listening(on(8000, 1), on(9000, 2));
  listening(on(9000, 2));
  expect(told).toEqual([['127.0.0.1 8000'], ['127.0.0.1 9000'], []]);
});

it('gives the same port object as long as the port listens', () => {
  follow(1);
  listening(on(8000, 1));
  const [first] = latest;
  listening(on(8000, 1), on(8001, 1));
  expect(latest[0]).toBe(first);
});

it('passes bytes both ways, and an end once', () => {
  follow(1);
  listening(on(8000, 1));
  posted = [];
  const caller = client();
  const connection = latest[0]?.connect(caller);
  const data = new Uint8Array([1, 2]);
  connection?.send(data, true);
  expect(posted).toEqual([
    { type: 'network.connect', pid: process.pid, connection: 1, host: '127.0.0.1', port: 8000 },
    { type: 'network.send', pid: process.pid, connection: 1, data, last: true },
  ]);
  received(1, 'hello');
  network.ended(process, { type: 'network.ended', pid: process.pid, connection: 1 });
  network.ended(process, { type: 'network.ended', pid: process.pid, connection: 1, error: 'again' });
  received(1, 'late');
  expect(caller.heard).toEqual(['hello', undefined]);
  posted = [];
  connection?.send(data);
  connection?.close();
  expect(posted).toEqual([]);
});

it('says nothing more to a client that has closed its connection', () => {
  follow(1);
  listening(on(8000, 1));
  const caller = client();
  latest[0]?.connect(caller).close();
  expect(posted.at(-1)).toEqual({ type: 'network.close', pid: process.pid, connection: 1 });
  received(1, 'late');
  processes.kill(process, loss);
  expect(caller.heard).toEqual([]);
});

it('ends connections and ports when the process dies, and refuses new ones', () => {
  follow(1);
  listening(on(8000, 1));
  const [port] = latest;
  const caller = client();
  port?.connect(caller);
  processes.kill(process, loss);
  expect(caller.heard).toEqual(['It died.']);
  expect(told.at(-1)).toEqual([]);
  const late = client();
  port?.connect(late);
  expect(late.heard).toHaveLength(1);
});

it('lets no process speak on the connection of another', () => {
  follow(1);
  listening(on(8000, 1));
  const caller = client();
  latest[0]?.connect(caller);
  const other = processes.start('script');
  other.booted();
  received(1, 'forged', other);
  network.ended(other, { type: 'network.ended', pid: other.pid, connection: 1 });
  expect(caller.heard).toEqual([]);
});
