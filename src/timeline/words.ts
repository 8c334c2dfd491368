/** What lanes do, in words. A name of the program's stands between backquotes. */
import type { Interval, Lane, LaneId, LaneKind, Place, Story, Wait, Woken } from './story.ts';

/** A duration: `0.41 s`, `80 ms`, `0.3 ms`. */
export function span(seconds: number): string {
  if (seconds >= 100) return `${seconds.toFixed(0)} s`;
  if (seconds >= 0.0995) return `${Number(seconds.toPrecision(seconds < 1 ? 2 : 3))} s`;
  const milliseconds = seconds * 1000;
  return `${milliseconds >= 10 ? milliseconds.toFixed(0) : Number(milliseconds.toPrecision(milliseconds < 0.1 ? 1 : 2))} ms`;
}

export const many = (count: number, one: string, more = `${one}s`): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : more}`;

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

/** `a thread` in one word, for many of them. */
const nouns: Readonly<Record<LaneKind, string>> = {
  thread: 'thread',
  task: 'task',
  greenlet: 'greenlet',
  hub: 'hub',
};

/** `3 threads`; `1 thread and 4 tasks`. */
export function manyLanes(lanes: readonly { readonly kind: LaneKind }[], other = ''): string {
  const kinds = Map.groupBy(lanes, ({ kind }) => kind);
  return listed([...kinds].map(([kind, each]) => many(each.length, `${other}${nouns[kind]}`)));
}

/** What takes turns inside the threads: `tasks`. */
export function innerNouns(lanes: readonly { readonly kind: LaneKind }[]): string {
  const kinds = new Set(lanes.map(({ kind }) => kind).filter((kind) => kind !== 'thread' && kind !== 'hub'));
  return listed([...kinds].map((kind) => `${nouns[kind]}s`));
}

/** ` at line 12`; nothing if it is not known. */
export function atLine(place: Place | undefined): string {
  if (place === undefined) return '';
  return place.file === undefined ? ` at line ${place.line}` : ` at ${place.file}:${place.line}`;
}

export type Names = (lane: LaneId | undefined) => string;

export function namesOf({ lanes }: Story): Names {
  const names = new Map(lanes.map(({ id, name }) => [id, name]));
  return (lane) => (lane === undefined ? '' : (names.get(lane) ?? 'a thread that has ended'));
}

const quoted = (name: string | undefined): string => (name === undefined ? '' : ` \`${name}\``);

/** What a function of the library waits for, with the name of the object that it is called on behind. */
const calls: Readonly<Record<string, string>> = {
  'AsyncResult.get': 'the result of the AsyncResult',
  'Barrier.wait': 'the others at the Barrier',
  'Condition.wait': 'a notify of the Condition',
  'Condition.wait_for': 'a notify of the Condition',
  'BaseSelectorEventLoop.sock_accept': 'a connection to the socket',
  'BaseSelectorEventLoop.sock_connect': 'the connection of the socket',
  'BaseSelectorEventLoop.sock_recv': 'data of the socket',
  'BaseSelectorEventLoop.sock_sendall': 'room in the socket',
  'Event.wait': 'the Event',
  'Group.join': 'the end of the Group',
  'GroupMappingMixin.spawn': 'room in the Pool',
  'Future.exception': 'the result of the Future',
  'Future.result': 'the result of the Future',
  'Process.communicate': 'the end of the process',
  'Process.wait': 'the end of the process',
  'Queue.get': 'an item of the Queue',
  'Queue.join': 'the work on all items of the Queue',
  'Queue.put': 'room in the Queue',
  'Semaphore.acquire': 'the Semaphore',
  'JoinableQueue.join': 'the work on all items of the Queue',
  'SimpleQueue.get': 'an item of the Queue',
  'SimpleQueue.put': 'room in the Queue',
  'CapacityLimiter.acquire': 'the CapacityLimiter',
  'MemoryReceiveChannel.receive': 'an item of the channel',
  'MemorySendChannel.send': 'room in the channel',
  'SocketListener.accept': 'a connection to the socket',
  'SocketStream.receive_some': 'data of the stream',
  'SocketStream.send_all': 'room in the stream',
  to_thread_run_sync: 'a call in another thread',
  'SocketMixin.recv': 'data of the socket',
  'SocketMixin.recv_into': 'data of the socket',
  'socket.accept': 'a connection to the socket',
  'socket.connect': 'the connection of the socket',
  'StreamReader.read': 'data of the stream',
  'StreamReader.readexactly': 'data of the stream',
  'StreamReader.readline': 'a line of the stream',
  'StreamReader.readuntil': 'data of the stream',
  'StreamWriter.drain': 'room in the stream',
  '_AsCompletedIterator._wait_for_one': 'the next task to end',
  open_connection: 'a connection',
  to_thread: 'a call in another thread',
};

/** Functions that a thread is in while it runs an event loop; it waits there when no task can go on. */
const loops: readonly string[] = ['run', 'Runner.run', 'BaseEventLoop.run_until_complete', 'BaseEventLoop.run_forever'];

const acquires: readonly string[] = ['Condition.__enter__', 'Condition.acquire'];

/** What is waited for, as a sentence says it behind "waited for". */
export function waitedFor({ kind, thing, call: called, name }: Wait): string {
  // A function within one of the library's is its own affair.
  const call = called?.replace(/\.<locals>.*/, '');
  if (kind === 'sleep') return `\`${thing}\``;
  if (kind === 'join') return thing;
  if (call === 'Thread.start') return 'its new thread to begin';
  if (kind === 'lock') {
    const own = thing.replace(/^an? /, '');
    if (call === undefined) return name === undefined ? thing : `the ${own}${quoted(name)}`;
    return acquires.includes(call) ? `the lock of the Condition${quoted(name)}` : `the lock inside \`${call}\``;
  }
  const known = call === undefined ? undefined : calls[call];
  if (known !== undefined) return `${known}${quoted(name)}`;
  if (call !== undefined && kind === 'other' && loops.includes(call)) return 'work for its event loop';
  if (thing === 'a Future')
    return call === undefined ? (name === undefined ? thing : `the Future${quoted(name)}`) : `\`${call}\``;
  const words = kind === 'notification' ? 'a notification' : thing;
  return call === undefined ? words : `${words} (\`${call}\`)`;
}

/** The same in a word or two, for a bar. */
export function shortWait({ kind, thing, call, name }: Wait): string {
  if (kind === 'sleep') return 'sleep';
  if (call !== undefined && kind === 'other' && loops.includes(call)) return 'event loop';
  if (kind === 'join') return thing.replace(/^the end of /, 'join ');
  if (kind === 'lock') return name ?? thing.replace(/^an? /, '');
  return call ?? thing.replace(/^an? /, '');
}

/** Who held it: ` that worker-1 held at line 12`. */
export function heldBy({ holder, held }: Wait, of: Lane, names: Names): string {
  if (holder === undefined) return '';
  if (holder === of.id) return ` that it held itself${atLine(held)}`;
  return ` that ${names(holder)} held${atLine(held)}`;
}

/** How a wait ended, behind "until". */
export function wokenBy(interval: Interval, names: Names): string {
  const { woken, open } = interval;
  if (open) return 'the run ended';
  return woken === undefined ? 'it went on' : wakes(woken, names);
}

function wakes({ by, how, place }: Woken, names: Names): string {
  if (how === 'timeout') return 'the time was up';
  if (how === 'signal') return 'a signal came';
  if (how === 'io') return 'a socket or a pipe was ready';
  if (how === 'leftover') return 'its event loop ended and cancelled it';
  if (how === 'killed') return `${names(by)} killed it${atLine(place)}`;
  if (how === 'cancelled') return by === undefined ? 'it was cancelled' : `${names(by)} cancelled it${atLine(place)}`;
  return by === undefined ? 'something outside woke it' : `${names(by)} woke it${atLine(place)}`;
}

export const failure = (failed: string): string => {
  if (failed === 'error') return 'an exception';
  if (failed === 'cancelled') return 'a cancellation';
  if (failed === 'deadlock') return 'a deadlock';
  return failed === 'interrupted' ? 'an interrupt' : failed;
};
