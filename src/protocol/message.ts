/**
 * The messages from the sandbox to the page's session; those the other way stand in `to-sandbox.ts`.
 *
 * `sandbox.*` is between the session and the frame itself. Every other message is between the session and one process,
 * which `pid` names; the frame passes it on. The frame sets `pid` on all that a process says, so a process speaks for
 * itself only. `addressing.ts` says which kind of process may send and receive which message.
 *
 * What comes out of the sandbox is data from outside: the session uses nothing that does not pass its schema.
 */
import * as v from 'valibot';
import { explorationAnswerSchema, explorationProgressSchema } from './exploration.ts';
import { steppingToldSchema } from './stepping.ts';
import { faultSchema } from './fault.ts';
import { runEventSchema } from './event.ts';
import { answerSchema } from './question.ts';
import { connectionNumber, listenerSchema, receivedBytes } from './network.ts';
import { outcomeSchema, type RunRequest } from './run.ts';
import { list, note, seconds, text, wholeNumber, type Data } from './schema.ts';
import { timelineSchema } from './timeline.ts';
import { writtenSchema } from './written.ts';

/** Names a worker with one interpreter. The session chooses it and never uses it twice. */
export type Pid = number;

/**
 * A notebook runs the cells of all chapters one after the other; a script runs one program and no more; an explorer runs one
 * under many schedules, or step by step.
 */
export type ProcessKind = RunRequest['mode'] | 'explorer';

const pid = wholeNumber;
/** The number of a run, as the session chose it in `cell.run`; unique within the page. */
const run = wholeNumber;
const version = text(100);
const mostEvents = 50_000;

/** Sandbox to session. */
export const fromSandboxSchema = v.variant('type', [
  /** The frame sends it once, when its script runs. The session answers with `sandbox.load` and `process.start`. */
  v.object({ type: v.literal('sandbox.ready') }),
  /** The frame's answer to `sandbox.ask`. */
  v.object({ type: v.literal('sandbox.alive') }),
  /** The frame sends it when no process can ever start, for example because the browser does not compile the module. */
  v.object({ type: v.literal('sandbox.failed'), fault: faultSchema }),
  /** A process's answer to `process.start`, once it has booted. From now on it takes messages. */
  v.object({ type: v.literal('process.ready'), pid, python: version, pyodide: version, fibers: v.boolean() }),
  /**
   * A process sends it when its interpreter has died, or the frame when the worker has. It settles all that waits for the
   * process; the session kills what is left.
   */
  v.object({ type: v.literal('process.failed'), pid, fault: faultSchema }),
  /**
   * A process sends it while `run` runs, and after the end for what a task of a notebook still prints. It carries the events
   * in their order, those of a short time together.
   */
  v.object({ type: v.literal('cell.output'), pid, run, events: list(runEventSchema, mostEvents) }),
  /** A process sends it once, before `cell.finished`, if `cell.run` asked for it and the interpreter has threads. */
  v.object({ type: v.literal('cell.timeline'), pid, run, timeline: timelineSchema }),
  /** A process sends it once, before `cell.finished`, if `cell.run` asked for it. */
  v.object({ type: v.literal('cell.files'), pid, run, written: writtenSchema }),
  /** A process sends it when the run is over, after the last of its events. `duration` is on the cell's clock. */
  v.object({ type: v.literal('cell.finished'), pid, run, duration: seconds, outcome: outcomeSchema }),
  /** A process sends it while it searches. */
  v.object({ type: v.literal('explore.progress'), pid, progress: explorationProgressSchema }),
  /** A process's answer to `explore.begin`; it is of no further use. */
  v.object({ type: v.literal('explore.answer'), pid, answer: explorationAnswerSchema }),
  /** A process sends it when its program stands and waits for `step.go`, when it asks for input, and when it cannot go on. */
  v.object({ type: v.literal('step.told'), pid, told: steppingToldSchema }),
  /** A process's answer to `process.ask`, as soon as it takes messages: one that computes without a pause stays silent. */
  v.object({ type: v.literal('process.alive'), pid }),
  /** A process's answer to `editor.ask`. */
  v.object({ type: v.literal('editor.answered'), pid, request: wholeNumber, answer: answerSchema }),
  /** A process's answer to `namespace.reset`. */
  v.object({ type: v.literal('namespace.cleared'), pid, namespace: note }),
  /** A process sends it when its program reads from a terminal that has no line left. Answered by `input.reply`. */
  v.object({
    type: v.literal('input.request'),
    pid,
    run,
    request: wholeNumber,
    /** What the program printed last without ending the line. */
    prompt: note,
    /** The program asked that what is typed is not shown. */
    secret: v.boolean(),
  }),
  /** A process sends it when its program no longer waits for the answer to its last `input.request`. Not answered. */
  v.object({ type: v.literal('input.withdrawn'), pid, run }),
  /** A process sends it when a port begins or ceases to listen; `listeners` are all that listen now. Not answered. */
  v.object({ type: v.literal('network.listening'), pid, listeners: list(listenerSchema, 1_000) }),
  /** A process sends it when a server has sent something on a connection that the session has opened. Not answered. */
  v.object({ type: v.literal('network.received'), pid, connection: connectionNumber, data: receivedBytes }),
  /**
   * A process sends it when the server has closed a connection, or when it could not be made or was lost: then `error` is
   * what CPython says of it, for example `[Errno 104] Connection reset by peer`. Not answered.
   */
  v.object({ type: v.literal('network.ended'), pid, connection: connectionNumber, error: v.exactOptional(note) }),
  /**
   * A process sends it when its program imports what a distribution has that is not there, and before a run whose packages
   * are known. The names are those of distributions, first what is imported, then what it requires. Answered by
   * `packages.reply`.
   */
  v.object({ type: v.literal('packages.request'), pid, request: wholeNumber, names: list(text(100), 100) }),
]);

export type FromSandbox = Data<typeof fromSandboxSchema>;
