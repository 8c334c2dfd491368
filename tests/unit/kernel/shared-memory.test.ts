/** What processes see of memory that they change at the same time, however late each hears of the others. */
import { describe, expect, it } from 'vitest';
import type { FromBroker, ToBroker } from '../../../src/protocol/broker.ts';
import { Broker } from '../../../src/kernel/broker/broker.ts';
import { FileLimits } from '../../../src/kernel/machine/file-limits.ts';
import { Mappings } from '../../../src/kernel/machine/mappings.ts';
import { SharedMemory } from '../../../src/kernel/machine/shared-memory.ts';
import type { FileNode, FileSystem, Stream } from '../../../src/kernel/machine/cpython/file-system.ts';

/** A file system with files that have no names. */
function files(): FileSystem {
  const streams: (Stream | null)[] = [];
  const fs = {
    streams,
    getStream: (fd: number) => streams[fd],
    isFile: () => true,
    lookupPath: () => ({}),
    mknod: () => ({ mode: 0o100600, contents: new Uint8Array(0), usedBytes: 0 }),
    unlink: () => undefined,
    truncate: (node: FileNode, size: number) => {
      const contents = new Uint8Array(size);
      contents.set(node.contents.subarray(0, size));
      Object.assign(node, { contents, usedBytes: size });
    },
    open: (node: FileNode) => {
      const stream = { fd: streams.length, node, path: '/gone' };
      streams.push(stream as unknown as Stream);
      return stream;
    },
    close: (stream: Stream) => {
      streams[stream.fd ?? 0] = null;
    },
  };
  return fs as unknown as FileSystem;
}

/** A process without a program; its messages and those to it lie in queues until they are delivered. */
class Sharing {
  readonly fs = files();
  readonly sent: ToBroker[] = [];
  readonly coming: FromBroker[] = [];
  time = 0;
  readonly memory = new SharedMemory(
    this.fs,
    { mappings: new Mappings(), fileLimits: new FileLimits() },
    (message) => this.sent.push(message),
    () => this.time,
  );
  fd = -1;

  get node(): FileNode {
    const stream = this.fs.getStream(this.fd);
    if (!stream) throw new Error('it is not open');
    return stream.node;
  }

  /** Says something that others may take as a sign. */
  release(): void {
    const message: ToBroker = { type: 'pipe.write', handle: 1000, content: new Uint8Array(0) };
    this.memory.release(message);
    this.sent.push(message);
  }

  hear(message: FromBroker): void {
    if (message.type === 'memory.changed' || message.type === 'memory.taken') this.memory.hear(message);
    if (message.type === 'memory.opened') {
      this.memory.opened(message);
      this.fd = this.memory.open(message.handle, '/dev/shm/m', 2, true);
    }
  }
}

/** Processes that share 64 bytes; messages go as far as `deliver` lets them. */
function sharing(count: number) {
  const processes = Array.from({ length: count }, () => new Sharing());
  const places = new Map<number, Sharing>();
  const first = processes[0] ?? new Sharing();
  places.set(42, first);
  const broker = new Broker(
    {
      start: (pid) => {
        const process = processes[places.size];
        if (process) places.set(pid, process);
        return (message) => process?.coming.push(structuredClone(message));
      },
      expect: () => undefined,
      kill: () => undefined,
      after: () => () => undefined,
    },
    { room: () => true, deaf: 1 },
    (message) => first.coming.push(structuredClone(message)),
  );
  for (let index = 1; index < count; index += 1) {
    const command = { argv: [], environment: [], folder: '/', mask: 0o22 };
    broker.receive(42, { type: 'process.spawn', request: 0, command, descriptors: [] });
  }
  const pids = [...places.keys()];
  /** One message of a process to the broker, or one to it. */
  const deliver = (index: number, toBroker: boolean): void => {
    const process = processes[index];
    if (!process) return;
    if (toBroker) {
      const message = process.sent.shift();
      if (message) broker.receive(pids[index] ?? 0, structuredClone(message));
    } else {
      const message = process.coming.shift();
      if (message) process.hear(message);
    }
  };
  const deliverAll = (): void => {
    while (processes.some(({ sent, coming }) => sent.length + coming.length > 0))
      for (let index = 0; index < count; index += 1) {
        deliver(index, true);
        deliver(index, false);
      }
  };
  for (const process of processes) {
    const message = { type: 'memory.open', request: 1, handle: 1, name: 'm', mode: 0, create: 'missing' } as const;
    process.memory.release(message);
    process.sent.push(message);
    deliverAll();
  }
  first.fs.truncate(first.node, 64);
  first.release();
  deliverAll();
  return { processes, broker, deliver, deliverAll };
}

/** Numbers that look random and are the same each time (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

describe('shared memory', () => {
  it.each(Array.from({ length: 40 }, (_, seed) => seed))('is the same for all when all is told (%d)', (seed) => {
    const random = numbers(seed);
    const { processes, deliver, deliverAll } = sharing(3);
    for (let step = 0; step < 400; step += 1) {
      const index = random(3);
      const process = processes[index];
      const act = random(4);
      if (act === 0) process?.node.contents.fill(random(256), random(60), 60 + random(4));
      else if (act === 1) process?.release();
      else deliver(index, act === 2);
    }
    for (const process of processes) process.release();
    deliverAll();
    const [one, ...others] = processes.map(({ node }) => [...node.contents]);
    for (const other of others) expect(other).toEqual(one);
  });

  it('loses no byte of those who write side by side', () => {
    const random = numbers(99);
    const { processes, deliver, deliverAll } = sharing(3);
    for (let at = 0; at < 64; at += 1) {
      const index = at % 3;
      const process = processes[index];
      if (process) process.node.contents[at] = index + 1;
      if (random(3) === 0) process?.release();
      deliver(random(3), random(2) === 0);
    }
    for (const process of processes) process.release();
    deliverAll();
    const whole = Array.from({ length: 64 }, (_, at) => (at % 3) + 1);
    for (const { node } of processes) expect([...node.contents]).toEqual(whole);
  });

  it('has bytes of both where two store into one number at the same time', () => {
    const { processes, deliverAll } = sharing(2);
    const [one, two] = processes;
    if (!one || !two) throw new Error('there are two');
    const stored = (process: Sharing, value: number): void => {
      new DataView(process.node.contents.buffer).setUint32(0, value, true);
    };
    stored(one, 0xff);
    one.release();
    deliverAll();
    stored(one, 0x1_00);
    stored(two, 0x2_00_ff);
    for (const process of processes) process.release();
    deliverAll();
    for (const { node } of processes)
      expect(new DataView(node.contents.buffer).getUint32(0, true).toString(16)).toBe('20100');
  });

  it('is told before a sign, at a sleep, and now and then while a program computes', () => {
    const { processes } = sharing(2);
    const [process] = processes;
    if (!process) throw new Error('there is none');
    const told = () => process.sent.splice(0).map(({ type }) => type);
    process.node.contents[0] = 1;
    process.memory.release({ type: 'pipe.read', request: 1, handle: 1000, size: 1 });
    expect(told()).toEqual([]);
    process.release();
    expect(told()).toEqual(['memory.changed', 'pipe.write']);
    process.node.contents[0] = 2;
    process.memory.slice();
    expect(told()).toEqual([]);
    process.time += 100;
    process.memory.slice();
    expect(told()).toEqual(['memory.changed']);
    process.node.contents[0] = 3;
    process.memory.idle();
    expect(told()).toEqual(['memory.changed']);
  });

  it('is not made of a file that is too large', () => {
    const process = new Sharing();
    const { fd, node } = process.fs.open({ mode: 0o100600 } as FileNode, 2);
    const shared = (bytes: number) => {
      Object.assign(node, { contents: new Uint8Array(8), usedBytes: bytes });
      return process.memory.share(fd ?? -1, 7);
    };
    expect([shared(2 ** 30), shared(8)]).toEqual([undefined, 7]);
    expect(process.sent.map(({ type }) => type)).toEqual(['memory.make']);
  });

  it('is given up with the last descriptor, after what was changed', () => {
    const { processes, broker, deliverAll } = sharing(2);
    for (const { fs, fd, node } of processes) {
      node.contents[0] = 5;
      const stream = fs.getStream(fd);
      if (stream) fs.close(stream);
    }
    expect(processes.map(({ sent }) => sent.map(({ type }) => type))).toEqual([
      ['memory.changed', 'handle.close'],
      ['memory.changed', 'handle.close'],
    ]);
    deliverAll();
    expect(broker.census()).toMatchObject({ handles: 0, memories: 1 });
    broker.receive(42, { type: 'memory.unlink', request: 9, name: 'm' });
    expect(broker.census().memories).toBe(0);
  });
});
