/**
 * The broker of one tree of processes: owns what they share, and knows who is whose child. The first process is the page's, and
 * all others end with it. Trees do not see each other: each counts its processes from the same number.
 *
 * It computes next to nothing, so no process ever waits for another's computing. Invariant: a message of a process acts on
 * that process and on what it holds, and on nothing else; what makes no sense is dropped.
 */
import type {
  Boot,
  BrokerError,
  FileChange,
  BrokerPid,
  Command,
  FromBroker,
  ToBroker,
  WaitStatus,
} from '../../protocol/broker.ts';
import { answer, placeOf, shellSession } from './groups.ts';
import { Memories, memoryCall } from './memory.ts';
import { handOver } from './passing.ts';
import { Pipe, type Reader } from './pipe.ts';
import { type Held, Process } from './process.ts';
import { Semaphores } from './semaphores.ts';
import { Sockets } from './sockets.ts';
import { Tracker, trackerPipe } from './tracker.ts';

/** The machine under the broker: where processes run, and a clock. */
export interface Hardware {
  /** Makes a place for a process to run; what `say` is told goes there. */
  start(pid: BrokerPid, boot: Boot | undefined): (message: FromBroker) => void;
  /** A process will probably be started. */
  expect(): void;
  /** Ends it at once. */
  kill(pid: BrokerPid): void;
  /** Calls `then` after so many milliseconds; the answer takes it back. */
  after(milliseconds: number, then: () => void): () => void;
}

export interface Limits {
  /** Whether the page has room for one process more. */
  readonly room: () => boolean;
  /** Milliseconds after which a process that takes no signal is ended by it all the same. */
  readonly deaf: number;
}

/** Signals that end a process whatever it does, and those that do so if it cannot be reached (`signal(7)`). */
const [SIGINT, SIGKILL] = [2, 9];
const deadly: ReadonlySet<number> = new Set([1, 2, 3, 6, 14, 15]);
const mostSignal = 64;
const initialPid = 1;
/** Processes that run or have ended without anybody asking how: these take no memory, but must not grow without bound either. */
const mostNumbers = 1000;
/** Emscripten's number of its only process, which every interpreter would have without a broker. */
export const firstPid = 42;

export class Broker {
  readonly #hardware: Hardware;
  readonly #limits: Limits;
  readonly #semaphores = new Semaphores();
  readonly #memories = new Memories();
  readonly #sockets = new Sockets();
  readonly #processes = new Map<BrokerPid, Process>();
  /** What has become of each path since there is more than one process; the oldest change first. */
  readonly #files = new Map<string, FileChange>();
  readonly #suspected = new Map<Process, () => void>();
  /** Resource trackers: they may say what was left over when the first process has ended its program. */
  readonly #trackers = new Set<Process>();
  readonly #sayFirst: (message: FromBroker) => void;
  #lastPid = firstPid - 1;

  /** `say` reaches the first process, which runs already. */
  constructor(hardware: Hardware, limits: Limits, say: (message: FromBroker) => void) {
    this.#hardware = hardware;
    this.#limits = limits;
    this.#sayFirst = say;
    const pid = this.#nextPid();
    this.#processes.set(pid, new Process({ pid, parent: undefined, group: pid, session: shellSession, say }));
  }

  /** What is alive or not yet forgotten, for tests and for bounds. */
  census(): Readonly<Record<'processes' | 'handles' | 'semaphores' | 'memories', number>> {
    const processes = [...this.#processes.values()];
    return {
      processes: processes.length,
      handles: processes.reduce((sum, process) => sum + process.handles, this.#sockets.underWay),
      semaphores: this.#semaphores.size,
      memories: this.#memories.size,
    };
  }

  /** A process has died, or the page has ended it; with the first, all others go. */
  ended(pid: BrokerPid, status: WaitStatus): void {
    const process = this.#processes.get(pid);
    if (process?.status === undefined && process) this.#end(process, status);
    if (pid === firstPid) this.#endAll(() => true);
  }

  /** Ctrl-C at the terminal, of which the first process has been told already: a signal to all others of its group. */
  interrupt(): void {
    for (const process of [...this.#processes.values()])
      if (process.group === firstPid && process.pid !== firstPid) this.#deliver(process, SIGINT);
  }

  /** The names by which the first process knew the others are gone: so are they. */
  endOthers(): void {
    this.#endAll(({ pid }) => pid !== firstPid);
  }

  receive(pid: BrokerPid, message: ToBroker): void {
    const process = this.#processes.get(pid);
    if (!process || process.status !== undefined) return;
    switch (message.type) {
      case 'pipe.make': {
        const { reader, writer, content } = message;
        const pipe = new Pipe(content);
        if (writer !== null) process.take([process.write(pipe, writer)]);
        if (reader !== null) process.take([process.read(pipe, reader)]);
        return;
      }
      case 'pipe.read':
        reading(process.held(message.handle), ({ pipe, reader }) => {
          pipe.read(reader, message.request, message.size);
        });
        return;
      case 'pipe.stop':
        reading(process.held(message.handle), ({ pipe, reader }) => {
          pipe.stop(reader);
        });
        return;
      case 'pipe.unread':
        reading(process.held(message.handle), ({ pipe, reader }) => {
          pipe.unread(reader, message.content, this.#sockets.parcel(process, message.passed));
        });
        return;
      case 'pipe.write': {
        const held = process.held(message.handle);
        if (held?.kind === 'writer') held.pipe.write(held.writer, message.content);
        if (held?.kind === 'end') {
          held.end.write(held.holder, message.content, this.#sockets.parcel(process, message.passed));
        }
        return;
      }
      case 'handle.close':
        process.close(message.handle, message.reset);
        return;
      case 'socket.make':
      case 'socket.shutdown':
      case 'socket.bind':
      case 'socket.listen':
      case 'socket.queue':
      case 'socket.connect':
      case 'socket.accept':
        this.#sockets.receive(process, message);
        return;
      case 'process.spawn':
        this.#spawn(process, message);
        return;
      case 'process.expected':
        this.#hardware.expect();
        return;
      case 'files.changed':
        for (const change of message.changes) {
          this.#files.delete(change.path);
          this.#files.set(change.path, change);
        }
        for (const other of this.#processes.values()) if (other !== process) other.say(message);
        return;
      case 'process.exit':
        this.#end(process, message.status);
        if (pid === firstPid) this.#endAll((other) => !this.#trackers.has(other));
        return;
      case 'process.reaped':
        if (this.#processes.get(message.pid)?.parent === process) this.#reap(message.pid);
        return;
      case 'process.signal': {
        const { request, target, signal } = message;
        const error = this.#signal(process, target, signal);
        process.say({ type: 'process.signalled', request, ...(error && { error }) });
        return;
      }
      case 'process.ask':
      case 'process.list':
      case 'process.join':
      case 'process.lead':
        process.say(answer(this.#processes, process, message));
        return;
      case 'signal.taken':
        this.#trust(process);
        return;
      case 'semaphore.open':
      case 'semaphore.take':
      case 'semaphore.withdraw':
      case 'semaphore.give':
      case 'semaphore.ask':
      case 'semaphore.unlink':
        this.#semaphore(process, message);
        return;
      case 'memory.make':
      case 'memory.open':
      case 'memory.changed':
      case 'memory.unlink':
        memoryCall(this.#memories, process, message);
        return;
      default:
        message satisfies never;
    }
  }

  #spawn(parent: Process, message: Extract<ToBroker, { type: 'process.spawn' }>): void {
    const { request, command, descriptors } = message;
    const pid = this.#lastPid + 1;
    const place = placeOf(this.#processes, parent, pid, message.group, message.session ?? false);
    const room = this.#limits.room() && this.#processes.size < mostNumbers;
    if (!room || typeof place === 'string') {
      parent.say({ type: 'process.refused', request, error: typeof place === 'string' ? place : 'EAGAIN' });
      return;
    }
    this.#lastPid = pid;
    const isTracker = trackerPipe(command, descriptors) !== undefined;
    const say = isTracker ? this.#tracker(pid, command) : this.#hardware.start(pid, command.boot);
    const child = new Process({ pid, parent, ...place, say });
    child.portShare = this.#freeShare();
    this.#processes.set(pid, child);
    if (isTracker) this.#trackers.add(child);
    const { passed, memories, arrived } = handOver(parent, child, descriptors);
    say({
      type: 'process.begin',
      pid,
      parent: parent.pid,
      command,
      descriptors: passed,
      files: [...this.#files.values()],
      memories,
      share: child.portShare,
    });
    arrived();
    parent.say({ type: 'process.spawned', request, pid });
  }

  #tracker(pid: BrokerPid, command: Command): (message: FromBroker) => void {
    const tracker = new Tracker(command, {
      act: (message) => {
        this.receive(pid, message);
      },
      start: () => this.#hardware.start(pid, command.boot),
      files: () => [...this.#files.values()],
    });
    return (message) => {
      tracker.hear(message);
    };
  }

  #freeShare(): number {
    const taken = new Set(
      [...this.#processes.values()].map(({ status, portShare }) => (status === undefined ? portShare : -1)),
    );
    let share = 0;
    while (taken.has(share)) share += 1;
    return share;
  }

  #nextPid(): BrokerPid {
    this.#lastPid += 1;
    return this.#lastPid;
  }

  #end(process: Process, status: WaitStatus): void {
    this.#trust(process);
    process.status = status;
    this.#hardware.kill(process.pid);
    process.closeAll();
    const { parent, pid } = process;
    for (const other of [...this.#processes.values()]) {
      if (other.parent !== process) continue;
      other.parent = undefined;
      if (other.status === undefined) other.say({ type: 'parent.ended' });
      else this.#reap(other.pid);
    }
    if (parent && parent.status === undefined) parent.say({ type: 'child.ended', pid, status });
    else this.#reap(pid);
    this.#trackers.delete(process);
    this.#tellAlone();
  }

  #endAll(isMeant: (process: Process) => boolean): void {
    for (const process of [...this.#processes.values()])
      if (process.status === undefined && isMeant(process)) this.#end(process, SIGKILL);
  }

  /** Tells the first process, which has exited, that no other runs any more. */
  #tellAlone(): void {
    if (this.#processes.size === 0) this.#sayFirst({ type: 'process.alone' });
  }

  #reap(pid: BrokerPid): void {
    if (this.#processes.get(pid)?.status !== undefined) this.#processes.delete(pid);
  }

  #signal(sender: Process, target: number, signal: number): BrokerError | undefined {
    // The broker itself; nobody may signal it.
    if (target === initialPid) return 'EPERM';
    const group = target === 0 ? sender.group : -target;
    const isMeant = (process: Process): boolean => {
      if (target > 0) return process.pid === target;
      return target === -1 ? process !== sender : process.group === group;
    };
    const meant = [...this.#processes.values()].filter(isMeant);
    if (meant.length === 0) return 'ESRCH';
    if (signal < 0 || signal > mostSignal) return 'EINVAL';
    if (signal === 0) return undefined;
    for (const process of meant) this.#deliver(process, signal);
    return undefined;
  }

  #deliver(process: Process, signal: number): void {
    if (process.status !== undefined) return;
    if (signal === SIGKILL) {
      this.#end(process, SIGKILL);
      return;
    }
    if (deadly.has(signal) && !this.#suspected.has(process)) {
      const takeBack = this.#hardware.after(this.#limits.deaf, () => {
        this.#suspected.delete(process);
        this.ended(process.pid, signal);
      });
      this.#suspected.set(process, takeBack);
    }
    process.say({ type: 'signal.arrived', signal });
  }

  #trust(process: Process): void {
    this.#suspected.get(process)?.();
    this.#suspected.delete(process);
  }

  #semaphore(process: Process, message: Extract<ToBroker, { type: `semaphore.${string}` }>): void {
    const done = (error?: BrokerError): void => {
      if (message.type === 'semaphore.withdraw') return;
      process.say({ type: 'semaphore.done', request: message.request, ...(error && { error }) });
    };
    if (message.type === 'semaphore.unlink') {
      done(this.#semaphores.unlink(message.name) ? undefined : 'ENOENT');
      return;
    }
    if (message.type === 'semaphore.open') {
      const { name, create, handle } = message;
      const found = create === undefined ? this.#semaphores.find(name) : this.#semaphores.make(name, create);
      if (found) process.open(found, handle);
      done(found ? undefined : create === undefined ? 'ENOENT' : 'EEXIST');
      return;
    }
    const held = process.held(message.handle);
    if (held?.kind !== 'semaphore') {
      done('EINVAL');
      return;
    }
    const { semaphore, taker } = held;
    switch (message.type) {
      case 'semaphore.take':
        semaphore.take(taker, message.request, message.wait);
        return;
      case 'semaphore.withdraw':
        semaphore.withdraw(taker, message.request);
        return;
      case 'semaphore.give':
        done(semaphore.give(message.most) ? undefined : 'EOVERFLOW');
        return;
      case 'semaphore.ask':
        process.say({ type: 'semaphore.value', request: message.request, value: semaphore.value });
        return;
      default:
        message satisfies never;
    }
  }
}

/** Who reads a pipe, be it one of a connection. */
function reading(held: Held | undefined, then: (held: { readonly pipe: Pipe; readonly reader: Reader }) => void): void {
  if (held?.kind === 'reader') then(held);
  if (held?.kind === 'end') then({ pipe: held.end.incoming, reader: held.holder });
}
