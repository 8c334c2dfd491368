/**
 * The brokers' worker: one broker for each process that the page has started. It is a worker of its own, so that no process and
 * no page that computes keeps others waiting.
 *
 * Invariant: what comes from a process comes through that process's port.
 */
import type { BrokerPid, FromBroker } from '../../protocol/broker.ts';
import { Broker, firstPid } from './broker.ts';
import type { Began, FromBrokerWorker, FromProcess, Place, ToBrokerWorker } from './hardware-messages.ts';

/** Bytes that all processes of a page may take besides its own. */
const budget = 720 << 20;
/** Bytes that one takes at least, with multiprocessing imported: 41 to 45 MB in Chromium, as its renderer’s share of memory grows. */
const each = 45 << 20;
const mostProcesses = Math.floor(budget / each);
/** Milliseconds for a process to notice a signal: many time slices. */
const deaf = 3000;

/** Where a process runs, and in which tree. */
interface Running {
  readonly broker: Broker;
  readonly pid: BrokerPid;
}

const running = new Map<Place, Running>();
const roots = new Set<Place>();
let lastPlace = 0;

function toFrame(message: FromBrokerWorker, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

/** A tree of processes whose first runs at `root`, speaks at the other end of `port`, and has said `first`. */
function adopt(root: Place, port: MessagePort, first: FromProcess): void {
  const places = new Map<BrokerPid, Place>([[firstPid, root]]);
  let began: Began | undefined;
  const receive = (pid: BrokerPid, message: FromProcess): void => {
    // A resource tracker may need its interpreter later.
    began = message.began ?? began;
    broker.receive(pid, message);
  };
  const listen = (to: MessagePort, pid: BrokerPid): void => {
    to.onmessage = (event: MessageEvent<FromProcess>) => {
      receive(pid, event.data);
    };
  };
  const start = (pid: BrokerPid): ((message: FromBroker) => void) => {
    if (began === undefined) throw new Error('a process says to which run a new one belongs');
    const { port1, port2 } = new MessageChannel();
    lastPlace -= 1;
    places.set(pid, lastPlace);
    running.set(lastPlace, { broker, pid });
    listen(port1, pid);
    toFrame({ type: 'start', place: lastPlace, root, port: port2, began }, [port2]);
    return (message) => {
      port1.postMessage(message);
    };
  };
  const kill = (pid: BrokerPid): void => {
    const place = places.get(pid);
    // The page ends the first.
    if (place === undefined || place === root) return;
    places.delete(pid);
    running.delete(place);
    toFrame({ type: 'kill', place });
  };
  const after = (milliseconds: number, then: () => void): (() => void) => {
    const timer = setTimeout(then, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  };
  const limits = { room: () => running.size - roots.size < mostProcesses, deaf };
  const broker: Broker = new Broker({ start, kill, after }, limits, (message) => {
    port.postMessage(message);
  });
  roots.add(root);
  running.set(root, { broker, pid: firstPid });
  receive(firstPid, first);
  listen(port, firstPid);
}

self.onmessage = (event: MessageEvent<ToBrokerWorker>) => {
  const message = event.data;
  switch (message.type) {
    case 'adopt':
      adopt(message.place, message.port, message.first);
      return;
    case 'interrupt':
      running.get(message.place)?.broker.interrupt();
      return;
    case 'ended': {
      const found = running.get(message.place);
      if (roots.delete(message.place)) running.delete(message.place);
      found?.broker.ended(found.pid, message.status);
      return;
    }
    default:
      message satisfies never;
  }
};
