/**
 * What a process and the broker say to each other: the system calls that reach beyond one process.
 *
 * Each process has a port of its own, so it speaks only for itself. Messages of one port arrive in the order in which they
 * were sent. A process names what it holds by *handles*: positive numbers are its own choice, negative ones were given to it
 * by the broker when it began, with what it inherits.
 *
 * A call that is answered carries a `request`, a number that the process chooses and never uses twice.
 */

export type BrokerPid = number;
export type Handle = number;
type Request = number;

/** The status that `waitpid` gives: the exit code times 256, or the number of the signal that ended the process. */
export type WaitStatus = number;

/** The names of errors, as `errno` has them. */
export type BrokerError =
  | 'EACCES'
  | 'EADDRINUSE'
  | 'EAGAIN'
  | 'ECONNREFUSED'
  | 'EEXIST'
  | 'EINVAL'
  | 'ENOENT'
  | 'ENOMEM'
  | 'EOVERFLOW'
  | 'EPERM'
  | 'ESRCH';

/** What an interpreter must know before it begins, since it cannot be changed afterwards: `sys.flags` and the hash seed. */
export interface Boot {
  /** Options of `python`. */
  readonly options: readonly string[];
  /** `NAME=value`. */
  readonly environment: readonly string[];
}

/** What a new process runs, and where. */
export interface Command {
  readonly argv: readonly string[];
  /** `NAME=value`. */
  readonly environment: readonly string[];
  /** Absolute. */
  readonly folder: string;
  /** Its umask. */
  readonly mask: number;
  /** Signals that it ignores from its beginning, and those that are blocked, as its parent's were. */
  readonly ignored?: readonly number[];
  readonly blocked?: readonly number[];
  /** Where it is not as usual. */
  readonly boot?: Boot;
}

/**
/**
 * An open file that one process passes to another: an end of a pipe or a socket, two of the same handle being one open file; a
 * stream of the run, 0 to 2; or a file, opened anew, whose content may be shared memory. `socket` is what the processes tell
 * each other of a socket, and the broker does not look into it.
 */
export type Passed =
  | { readonly handle: Handle; readonly flags: number; readonly socket?: object }
  | { readonly stream: number }
  | OpenAnew
  | (OpenAnew & { readonly memory: Handle });

/** A descriptor that a new process has from the start. */
export type Inherited = Passed & { readonly descriptor: number };

/** A file that is opened anew. Those with the same `open` were one open file, and are again. */
interface OpenAnew {
  readonly open: number;
  readonly path: string;
  readonly flags: number;
  readonly position: number;
}

/** Bytes of shared memory that have changed. */
export interface MemoryChange {
  /** Bytes that the object has from now on, if that has changed. What it has more than before is 0 unless it is in a run. */
  readonly size?: number;
  /** Pairs, ascending: where a run of bytes begins, and how many there are. */
  readonly runs: Uint32Array<ArrayBuffer>;
  /** The bytes of all runs. */
  readonly content: Uint8Array<ArrayBuffer>;
}

/** Shared memory that a process has from its beginning. */
export interface GivenMemory {
  readonly handle: Handle;
  readonly content: Uint8Array<ArrayBuffer>;
  readonly mode: number;
}

/** What a socket is bound to: a path or an abstract name, as the processes call it, or a port of TCP. */
export type SocketName = { readonly key: string } | { readonly host: string; readonly port: number };

/** What a socket has said of sharing its port: IPV6_V6ONLY, SO_REUSEADDR, SO_REUSEPORT. */
export interface Sharing {
  readonly onlyV6: boolean;
  readonly address: boolean;
  readonly port: boolean;
}

/** What has become of a path. */
export type FileChange =
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly mode: number;
      readonly content: Uint8Array<ArrayBuffer>;
    }
  | { readonly kind: 'folder'; readonly path: string; readonly mode: number }
  | { readonly kind: 'link'; readonly path: string; readonly target: string }
  /** What a socket of AF_UNIX was bound to; `number` tells it from all others of the tree. */
  | { readonly kind: 'socket'; readonly path: string; readonly mode: number; readonly number: number }
  | { readonly kind: 'gone'; readonly path: string };

/** Process to broker. */
export type ToBroker =
  /** Hands a pipe to the broker: the process holds its open ends from now on, and `content` lies in it. Not answered. */
  | {
      readonly type: 'pipe.make';
      readonly reader: Handle | null;
      readonly writer: Handle | null;
      readonly content: Uint8Array<ArrayBuffer>;
    }
  /**
   * Asks for at least one and at most `size` bytes; one request of a handle is open at a time. Answered by `pipe.data`, or by
   * nothing if `pipe.stop` overtakes it. A holder who shares the end must ask for no more than its program reads.
   */
  | { readonly type: 'pipe.read'; readonly request: Request; readonly handle: Handle; readonly size: number }
  /**
   * Takes the open request back, so that the end can be shared. Answered by `pipe.stopped`; what the process has been given
   * and its program has not read then comes back by `pipe.unread`, which the broker awaits before it serves anybody.
   */
  | { readonly type: 'pipe.stop'; readonly handle: Handle }
  /**
   * Follows each `pipe.stopped`. `content` is put in front of all else, and may be empty; `passed` stands beside its first
   * byte. Not answered.
   */
  | {
      readonly type: 'pipe.unread';
      readonly handle: Handle;
      readonly content: Uint8Array<ArrayBuffer>;
      readonly passed?: readonly Passed[];
    }
  /**
   * Writes. A writing end of a pipe may have 65,536 bytes under way, that of a socket what its buffers hold; `pipe.taken` gives
   * room back. `passed` are open files that go along with the first byte (SCM_RIGHTS). Not answered.
   */
  | {
      readonly type: 'pipe.write';
      readonly handle: Handle;
      readonly content: Uint8Array<ArrayBuffer>;
      readonly passed?: readonly Passed[];
    }
  /**
   * What the handle stands for is not used any more: its last descriptor was closed. `reset`: of a socket, whose program has not
   * taken all that had come. Not answered.
   */
  | { readonly type: 'handle.close'; readonly handle: Handle; readonly reset?: boolean }
  /** Hands a connection to the broker, of which the process holds both ends: each reads and writes as a pipe. Not answered. */
  | { readonly type: 'socket.make'; readonly handle: Handle; readonly peer: Handle }
  /** `shutdown`, which ends a direction for all who hold the socket; `reset`: the connection at once. Not answered. */
  | {
      readonly type: 'socket.shutdown';
      readonly handle: Handle;
      readonly receives: boolean;
      readonly sends: boolean;
      readonly reset: boolean;
    }
  /** A new socket has a name, from an answer without error on. Answered by `socket.done`. */
  | {
      readonly type: 'socket.bind';
      readonly request: Request;
      readonly handle: Handle;
      readonly name: SocketName;
      readonly sharing: Sharing;
    }
  /** A bound socket listens: so many connections may wait, or none any more. Not answered. */
  | { readonly type: 'socket.listen'; readonly handle: Handle; readonly backlog: number | null }
  /** Before a listening socket is shared: an end that waits there to be accepted. It is the broker's then. Not answered. */
  | {
      readonly type: 'socket.queue';
      readonly handle: Handle;
      readonly end: Handle;
      readonly from: SocketName | null;
      readonly to: SocketName;
    }
  /**
   * Connects a new socket. Where the listening one has no room, that waits if `wait`, and else ends in EAGAIN. Answered by
   * `socket.done`; from an answer without error on, the process holds `handle`.
   */
  | {
      readonly type: 'socket.connect';
      readonly request: Request;
      readonly handle: Handle;
      readonly to: SocketName;
      readonly from: SocketName | null;
      readonly wait: boolean;
    }
  /** Takes the oldest connection that waits. Answered by `socket.accepted`. */
  | { readonly type: 'socket.accept'; readonly request: Request; readonly handle: Handle }
  /**
   * Starts a process that inherits `descriptors`. `group`: of a process group of its own (0), or of that one; with `session`
   * it leads a session of its own. Answered by `process.spawned` or `process.refused`, whatever becomes of the program.
   */
  | {
      readonly type: 'process.spawn';
      readonly request: Request;
      readonly command: Command;
      readonly descriptors: readonly Inherited[];
      readonly group?: number;
      readonly session?: boolean;
    }
  /** The program has loaded what starts processes: it will probably start some. Not answered. */
  | { readonly type: 'process.expected' }
  /** Files that the process has changed, for all others of its tree, those that come later too. Not answered. */
  | { readonly type: 'files.changed'; readonly changes: readonly FileChange[] }
  /**
   * The process is at its end; it says nothing after that. Not answered, but to the first process, whose end is the end of all
   * others: `process.alone`.
   */
  | { readonly type: 'process.exit'; readonly status: WaitStatus }
  /** `waitpid` has told the program of the end of a child: its number may be forgotten. Not answered. */
  | { readonly type: 'process.reaped'; readonly pid: BrokerPid }
  /**
   * `kill`: a pid, minus a group, 0 for the own group, -1 for all others. 0 as the signal only looks. Answered by
   * `process.signalled`.
   */
  | { readonly type: 'process.signal'; readonly request: Request; readonly target: number; readonly signal: number }
  /** `getpgid` and `getsid` of a process, 0 for this one. Answered by `process.known`. */
  | { readonly type: 'process.ask'; readonly request: Request; readonly target: number }
  /** Which children are of a group, 0 for this process's. Answered by `process.listed`. */
  | { readonly type: 'process.list'; readonly request: Request; readonly group: number }
  /** `setpgid`, 0 for this process or for a group of its number. Answered by `process.moved`. */
  | { readonly type: 'process.join'; readonly request: Request; readonly target: number; readonly group: number }
  /** `setsid`. Answered by `process.moved`. */
  | { readonly type: 'process.lead'; readonly request: Request }
  /** A signal has reached Python: the process is no longer suspected of being deaf. Not answered. */
  | { readonly type: 'signal.taken' }
  /**
   * Opens the semaphore of a name: with `create` a new one of that value, under a name that none has. From an answer without
   * error on, the process holds `handle`. Answered by `semaphore.done`.
   */
  | {
      readonly type: 'semaphore.open';
      readonly request: Request;
      readonly handle: Handle;
      readonly name: string;
      readonly create?: number;
    }
  /** Takes one, waiting for it if `wait`. Answered by `semaphore.taken`. */
  | { readonly type: 'semaphore.take'; readonly request: Request; readonly handle: Handle; readonly wait: boolean }
  /** Ends the waiting of a request, which is answered if it was not yet: one answer in all. */
  | { readonly type: 'semaphore.withdraw'; readonly request: Request; readonly handle: Handle }
  /** Gives one back; EOVERFLOW if there are `most` already. Answered by `semaphore.done`. */
  | { readonly type: 'semaphore.give'; readonly request: Request; readonly handle: Handle; readonly most: number }
  /** Asks how many can be taken. Answered by `semaphore.value`. */
  | { readonly type: 'semaphore.ask'; readonly request: Request; readonly handle: Handle }
  /** Takes the name away; those who have opened it go on. Answered by `semaphore.done`. */
  | { readonly type: 'semaphore.unlink'; readonly request: Request; readonly name: string }
  /** Hands over the content of a file that other processes shall share. The process holds `handle` from now on. Not answered. */
  | ({ readonly type: 'memory.make' } & GivenMemory)
  /**
   * Opens the shared memory of a name; `create` says what happens if there is none, or (`new`) also if there is one. Answered by
   * `memory.opened`.
   */
  | {
      readonly type: 'memory.open';
      readonly request: Request;
      readonly handle: Handle;
      readonly name: string;
      readonly create?: 'missing' | 'new';
      readonly mode: number;
    }
  /**
   * What the process has changed; a process says so before anything that others could take as a sign that it has. Not answered,
   * but with `confirm` by `memory.taken`.
   */
  | ({ readonly type: 'memory.changed'; readonly handle: Handle; readonly confirm: boolean } & MemoryChange)
  /** Takes the name away; those who have opened it go on. Answered by `memory.unlinked`. */
  | { readonly type: 'memory.unlink'; readonly request: Request; readonly name: string };

/** Broker to process. */
export type FromBroker =
  /** The first message of a process that was spawned. Not answered. */
  | {
      readonly type: 'process.begin';
      readonly pid: BrokerPid;
      readonly parent: BrokerPid;
      readonly command: Command;
      readonly descriptors: readonly Inherited[];
      readonly files: readonly FileChange[];
      readonly memories: readonly GivenMemory[];
      /** Which share of the ports that are given to who asks for none is its own; the first process has share 0. */
      readonly share: number;
    }
  /** Files that another process has changed. Not answered. */
  | { readonly type: 'files.changed'; readonly changes: readonly FileChange[] }
  /** Answers `pipe.read`. Empty content is the end of the file. `more`: something is left. `passed` came beside the first byte. */
  | {
      readonly type: 'pipe.data';
      readonly request: Request;
      readonly content: Uint8Array<ArrayBuffer>;
      readonly more: boolean;
      readonly passed?: readonly Passed[];
      /** What of `passed` is shared memory. */
      readonly memories?: readonly GivenMemory[];
    }
  /** Answers `pipe.stop`: no `pipe.data` comes any more. */
  | { readonly type: 'pipe.stopped'; readonly handle: Handle }
  /** What a reading end is like, told whenever that changes; `shared`: other processes hold it, too. */
  | {
      readonly type: 'pipe.state';
      readonly handle: Handle;
      readonly readable: boolean;
      readonly ended: boolean;
      readonly shared: boolean;
    }
  /** A writing end has room for so many bytes more, since readers have taken them. */
  | { readonly type: 'pipe.taken'; readonly handle: Handle; readonly bytes: number }
  /** Nobody can read any more what this end writes. */
  | { readonly type: 'pipe.broken'; readonly handle: Handle }
  /** A direction of a connection has ended: by another who holds the same end (`own`), or by the other end. */
  | {
      readonly type: 'socket.shut';
      readonly handle: Handle;
      readonly own: boolean;
      readonly receives: boolean;
      readonly sends: boolean;
    }
  /** Nobody holds the other end any more; `reset`: and not all that was sent to it was read there. */
  | { readonly type: 'socket.over'; readonly handle: Handle; readonly reset: boolean }
  /** How many connections wait at a listening socket, told whenever that changes; `shared`: others hold it, too. */
  | { readonly type: 'socket.waiting'; readonly handle: Handle; readonly waiting: number; readonly shared: boolean }
  | { readonly type: 'socket.done'; readonly request: Request; readonly error?: BrokerError }
  /** Answers `socket.accept`; without `end` where another process was quicker. */
  | {
      readonly type: 'socket.accepted';
      readonly request: Request;
      readonly end?: Handle;
      readonly from?: SocketName;
      readonly to?: SocketName;
    }
  | { readonly type: 'process.spawned'; readonly request: Request; readonly pid: BrokerPid }
  /** Answers `process.spawn`: EAGAIN where there are as many processes as there may be, EPERM for a group that it cannot join. */
  | { readonly type: 'process.refused'; readonly request: Request; readonly error: BrokerError }
  | { readonly type: 'process.signalled'; readonly request: Request; readonly error?: BrokerError }
  | {
      readonly type: 'process.known';
      readonly request: Request;
      readonly group?: BrokerPid;
      readonly session?: BrokerPid;
      readonly error?: BrokerError;
    }
  | { readonly type: 'process.listed'; readonly request: Request; readonly pids: readonly BrokerPid[] }
  | { readonly type: 'process.moved'; readonly request: Request; readonly error?: BrokerError }
  /** A child has ended. It comes after all that the child has written. */
  | { readonly type: 'child.ended'; readonly pid: BrokerPid; readonly status: WaitStatus }
  /** The first process has ended its program, and no other process is left; resource trackers have said what they had to say. */
  | { readonly type: 'process.alone' }
  /** The parent has ended, and the broker itself (1) is the parent now. */
  | { readonly type: 'parent.ended' }
  /** Answered by `signal.taken`, before its handler runs or its default action is taken. */
  | { readonly type: 'signal.arrived'; readonly signal: number }
  | { readonly type: 'semaphore.done'; readonly request: Request; readonly error?: BrokerError }
  | { readonly type: 'semaphore.taken'; readonly request: Request; readonly taken: boolean }
  | { readonly type: 'semaphore.value'; readonly request: Request; readonly value: number }
  /**
   * Without an error the process holds `handle`: the one it has chosen, or the one that it had already. `room`: bytes that shared
   * memory may still take.
   */
  | {
      readonly type: 'memory.opened';
      readonly request: Request;
      readonly error?: BrokerError;
      readonly handle: Handle;
      readonly content: Uint8Array<ArrayBuffer>;
      readonly mode: number;
      readonly room: number;
    }
  /** What another holder has changed, after `taken` changes of this one. */
  | ({ readonly type: 'memory.changed'; readonly handle: Handle; readonly taken: number } & MemoryChange)
  | { readonly type: 'memory.taken'; readonly handle: Handle; readonly taken: number }
  | { readonly type: 'memory.unlinked'; readonly request: Request; readonly error?: BrokerError };
