/**
 * The brokers' worker: one broker for each process that the page has started. It is a worker of its own, so that no process and
 * no page that computes keeps others waiting.
 *
 * Invariant: what comes from a process comes through that process's port.
 */
import type { Boot, BrokerPid, FromBroker } from '../../protocol/broker.ts';
import { Broker, firstPid } from './broker.ts';
import type { Began, FromBrokerWorker, FromProcess, Place, ToBrokerWorker, ToProcess } from './hardware-messages.ts';
import { Pool } from './pool.ts';

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
/** Workers that the broker has asked for, those that wait too. */
const ports = new Map<Place, MessagePort>();
let lastPlace = 0;

function toFrame(message: FromBrokerWorker, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

function childCount(): number {
  return running.size - roots.size;
}

function bootWorker(how?: Boot): Place {
  const { port1, port2 } = new MessageChannel();
  lastPlace -= 1;
  ports.set(lastPlace, port1);
  toFrame({ type: 'boot', place: lastPlace, port: port2, how }, [port2]);
  return lastPlace;
}

function killWorker(place: Place): void {
  ports.get(place)?.close();
  ports.delete(place);
  toFrame({ type: 'kill', place });
}

const pool = new Pool(
  {
    boot: bootWorker,
    kill: killWorker,
    after,
    free: (waiting) => childCount() < navigator.hardwareConcurrency && childCount() + waiting < mostProcesses,
  },
  howManyWait(),
);

/** Some browsers say how many GB of memory there are. */
function howManyWait(): number {
  const memory: unknown = Reflect.get(navigator, 'deviceMemory');
  return typeof memory === 'number' && memory < 4 ? 1 : 2;
}

function after(milliseconds: number, then: () => void): () => void {
  const timer = setTimeout(then, milliseconds);
  return () => {
    clearTimeout(timer);
  };
}

/** A worker for a process: one that waits, unless it must boot in a way of its own. */
function takeWorker(how: Boot | undefined): Place {
  const waiting = how ? undefined : pool.take();
  if (waiting !== undefined) return waiting;
  const place = bootWorker(how);
  pool.boots(place);
  return place;
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
  const start = (pid: BrokerPid, how: Boot | undefined): ((message: FromBroker) => void) => {
    if (began === undefined) throw new Error('a process says to which run a new one belongs');
    const belongs = began;
    const place = takeWorker(how);
    const port = ports.get(place);
    if (!port) throw new Error('each worker has a port');
    places.set(pid, place);
    running.set(place, { broker, pid });
    listen(port, pid);
    toFrame({ type: 'begin', place, root, began });
    pool.expect();
    return (message) => {
      const told: ToProcess = message.type === 'process.begin' ? { ...message, began: belongs } : message;
      port.postMessage(told);
    };
  };
  const kill = (pid: BrokerPid): void => {
    const place = places.get(pid);
    // The page ends the first.
    if (place === undefined || place === root) return;
    places.delete(pid);
    running.delete(place);
    killWorker(place);
    pool.ended(place);
  };
  const expect = (): void => {
    pool.expect();
  };
  const limits = { room: () => childCount() < mostProcesses, deaf };
  const broker: Broker = new Broker({ start, expect, kill, after }, limits, (message) => {
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
    case 'reset':
      running.get(message.place)?.broker.endOthers();
      return;
    case 'ready':
      pool.ready(message.place);
      return;
    case 'ended': {
      const found = running.get(message.place);
      if (roots.delete(message.place)) {
        running.delete(message.place);
        if (roots.size === 0) pool.giveUp();
      }
      if (found) found.broker.ended(found.pid, message.status);
      else if (ports.has(message.place)) {
        killWorker(message.place);
        pool.ended(message.place);
      }
      return;
    }
    case 'seen':
      pool.see(message.seen);
      return;
    default:
      message satisfies never;
  }
};
