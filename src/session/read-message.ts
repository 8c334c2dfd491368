/**
 * Reads what comes out of the sandbox, which is data from outside: a message of the protocol, or nothing.
 *
 * Invariant: what is returned has exactly the declared fields, of the declared types, within the size limits.
 */
import type { Fault, FaultKind } from '../protocol/fault.ts';
import type { FromSandbox, RunOutcome } from '../protocol/message.ts';
import type { RunEvent } from '../protocol/snapshot.ts';
import { readAnswer } from './read-answer.ts';
import { fields, flag, list, number, oneOf, text, Unreadable, type Fields } from './read-fields.ts';

const longestNote = 4_000;
const mostEvents = 50_000;

const faultKinds: readonly FaultKind[] = ['python', 'interrupted', 'timeout', 'deadlock', 'unsupported', 'crashed'];
const outcomes: readonly RunOutcome[] = ['ok', 'error', 'interrupted', 'deadlock', 'exited'];

function fault(value: unknown): Fault {
  const { kind, what, why, mend } = fields(value);
  return {
    kind: oneOf(kind, faultKinds),
    what: text(what, longestNote),
    why: text(why, longestNote),
    mend: text(mend, longestNote),
  };
}

function runEvent(value: unknown): RunEvent {
  const event = fields(value);
  const at = number(event['at']);
  switch (event['type']) {
    case 'stdout':
      return { type: 'stdout', at, text: text(event['text']) };
    case 'stderr':
      return { type: 'stderr', at, text: text(event['text']) };
    case 'result': {
      const result = { type: 'result', at, text: text(event['text']) } as const;
      return event['introspection'] === true ? { ...result, introspection: true } : result;
    }
    case 'error': {
      const { name, message, traceback } = event;
      return { type: 'error', at, name: text(name), message: text(message), traceback: text(traceback) };
    }
    case 'exit':
      return { type: 'exit', at, code: number(event['code']) };
    default:
      throw new Unreadable();
  }
}

function events(value: unknown): readonly RunEvent[] {
  return list(value, mostEvents).map(runEvent);
}

function read(message: Fields): FromSandbox {
  const pid = () => number(message['pid']);
  const run = () => number(message['run']);
  switch (message['type']) {
    case 'sandbox.ready':
    case 'sandbox.alive':
      return { type: message['type'] };
    case 'sandbox.failed':
      return { type: 'sandbox.failed', fault: fault(message['fault']) };
    case 'process.ready':
      return {
        type: 'process.ready',
        pid: pid(),
        python: text(message['python'], 100),
        pyodide: text(message['pyodide'], 100),
        fibers: flag(message['fibers']),
      };
    case 'process.failed':
      return { type: 'process.failed', pid: pid(), fault: fault(message['fault']) };
    case 'cell.output':
      return { type: 'cell.output', pid: pid(), run: run(), events: events(message['events']) };
    case 'cell.finished': {
      const outcome = oneOf(message['outcome'], outcomes);
      return { type: 'cell.finished', pid: pid(), run: run(), duration: number(message['duration']), outcome };
    }
    case 'editor.answered':
      return {
        type: 'editor.answered',
        pid: pid(),
        request: number(message['request']),
        answer: readAnswer(message['answer']),
      };
    case 'namespace.cleared':
      return { type: 'namespace.cleared', pid: pid(), namespace: text(message['namespace'], longestNote) };
    case 'input.request':
      return {
        type: 'input.request',
        pid: pid(),
        run: run(),
        request: number(message['request']),
        prompt: text(message['prompt'], longestNote),
        secret: flag(message['secret']),
      };
    case 'input.withdrawn':
      return { type: 'input.withdrawn', pid: pid(), run: run() };
    default:
      throw new Unreadable();
  }
}

/** The message, or undefined for anything that is none. */
export function readMessage(data: unknown): FromSandbox | undefined {
  try {
    return read(fields(data));
  } catch (reason) {
    if (reason instanceof Unreadable) return undefined;
    throw reason;
  }
}
