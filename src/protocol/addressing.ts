/**
 * Who may talk to whom: for each message that names a process, the kinds of process that may receive or send it.
 *
 * Processes talk to the session only, and the session to all of them. The frame asks here before it passes on what a worker
 * says, and the session before it sends a message to a process and before it believes one of a process.
 */
import type { FromSandbox, ProcessKind } from './message.ts';
import type { ToSandbox } from './to-sandbox.ts';

/** `process.start` and `process.kill` name a process, but are the frame's to obey. */
type ToProcessType = Exclude<Extract<ToSandbox, { pid: number }>['type'], 'process.start' | 'process.kill'>;
type FromProcessType = Extract<FromSandbox, { pid: number }>['type'];

const everyKind = ['notebook', 'script'] as const;
const explorer = ['explorer'] as const;

const receivers = {
  'files.put': everyKind,
  'process.ask': everyKind,
  'cell.run': everyKind,
  'signal.send': everyKind,
  'input.reply': everyKind,
  'network.connect': everyKind,
  'network.send': everyKind,
  'network.close': everyKind,
  'packages.reply': everyKind,
  'explore.begin': explorer,
  'step.begin': explorer,
  'step.go': explorer,
  'namespace.reset': ['notebook'],
  'editor.ask': ['notebook'],
} satisfies Readonly<Record<ToProcessType, readonly ProcessKind[]>>;

const senders = {
  'process.ready': [...everyKind, ...explorer],
  'process.failed': [...everyKind, ...explorer],
  'explore.progress': explorer,
  'explore.answer': explorer,
  'step.told': explorer,
  'cell.output': everyKind,
  'cell.timeline': everyKind,
  'cell.files': everyKind,
  'cell.finished': everyKind,
  'process.alive': everyKind,
  'input.request': everyKind,
  'input.withdrawn': everyKind,
  'network.listening': everyKind,
  'network.received': everyKind,
  'network.ended': everyKind,
  'packages.request': everyKind,
  'editor.answered': ['notebook'],
  'namespace.cleared': ['notebook'],
} satisfies Readonly<Record<FromProcessType, readonly ProcessKind[]>>;

function allows(table: Readonly<Record<string, readonly ProcessKind[]>>, kind: ProcessKind, type: string): boolean {
  return Object.hasOwn(table, type) && (table[type]?.includes(kind) ?? false);
}

/** Whether a process of this kind is ever told such a message; a run must also be of the process's own kind. */
export function mayReceive(kind: ProcessKind, message: ToProcess): boolean {
  if (message.type === 'cell.run' && message.request.mode !== kind) return false;
  return allows(receivers, kind, message.type);
}

/** Whether a process of this kind may say a message of this type; false for any word that is no such type. */
export function maySend(kind: ProcessKind, type: string): boolean {
  return allows(senders, kind, type);
}

/** A message from the session to a process. */
export type Addressed = Extract<ToSandbox, { type: ToProcessType }>;

type WithoutPid<Message> = Message extends { readonly pid: number } ? Omit<Message, 'pid'> : never;

/** The same before the process's number is set. */
export type ToProcess = WithoutPid<Addressed>;
