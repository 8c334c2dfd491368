/**
 * Runs a program and the checks of its exercise, each check with its own limit of time.
 *
 * Invariant: every check that was asked for has a result at the end; one that hangs ends by itself, and those after it
 * run in a new interpreter.
 */
import type { NetworkConditions } from '../protocol/cell.ts';
import type { CheckFailure } from '../protocol/check.ts';
import type { Fault } from '../protocol/fault.ts';
import { CheckWatch } from './check-watch.ts';
import type { RunEnd, SessionContract } from './contract.ts';

export interface ChecksAsked {
  readonly source: string;
  readonly filename: string;
  readonly clock: number;
  readonly net?: NetworkConditions | undefined;
  /** Loaded before the program begins, so that no check's time counts theirs. */
  readonly packages?: readonly string[];
  readonly checkSource: string;
  readonly names: readonly string[];
  /** Seconds of real time for the program's own code and for each check. */
  readonly timeout: number;
  readonly stopAtFailure: boolean;
}

export type Failure =
  | CheckFailure
  /** It did not come to its end in time; `traceback` says where it was, if it could be asked. */
  | { readonly kind: 'timeout'; readonly seconds: number; readonly traceback: string }
  /** The interpreter went away while it ran: by `os._exit`, a crash. */
  | { readonly kind: 'ended'; readonly message: string };

export type CheckResult = { readonly name: string; readonly printed: string } & (
  { readonly state: 'passed' | 'not-run' } | { readonly state: 'failed'; readonly failure: Failure }
);

export interface ChecksEnd {
  /** Why no check could run: what is wrong with the program's own code. */
  readonly program: Extract<CheckResult, { state: 'failed' }> | undefined;
  readonly results: readonly CheckResult[];
  /** It was stopped, or Python could not run at all. */
  readonly fault: Fault | undefined;
}

function endedWords(end: RunEnd): string {
  return end.outcome === 'fault' ? `${end.fault.what} ${end.fault.why}` : 'The program ended itself.';
}

interface Course {
  readonly results: Map<string, CheckResult>;
  program: ChecksEnd['program'];
  fault: Fault | undefined;
  /** By the reader. */
  interrupted: boolean;
}

/** Runs the checks that have no result yet, in one interpreter, until one of them ends that interpreter. */
async function attempt(
  session: Pick<SessionContract, 'check' | 'stop'>,
  asked: ChecksAsked,
  course: Course,
  onResult: (result: CheckResult) => void,
): Promise<void> {
  const put = (result: CheckResult): void => {
    if (result.name === '') {
      if (result.state === 'failed') course.program = result;
      return;
    }
    course.results.set(result.name, result);
    onResult(result);
  };
  const fail = (name: string, printed: string, failure: Failure): void => {
    put({ name, printed, state: 'failed', failure });
  };
  const tooLong = (traceback: string): Failure => ({ kind: 'timeout', seconds: asked.timeout, traceback });

  const watch: CheckWatch = new CheckWatch(session, asked.timeout, (event, printed) => {
    const { check } = event;
    if (event.state === 'passed') put({ name: check, printed, state: 'passed' });
    else if (event.failure.kind !== 'interrupted') fail(check, printed, event.failure);
    else if (watch.timedOut) fail(check, printed, tooLong(event.failure.traceback));
    else course.interrupted = true;
  });
  const names = asked.names.filter((name) => !course.results.has(name));
  const checks = { source: asked.checkSource, names, stopAtFailure: asked.stopAtFailure };
  const { source, filename, clock, net, packages = [] } = asked;
  const any = { source, filename, clock, ...(net && { net }), packages };
  const end = await session.check({ mode: 'script', ...any, argv: [], checks }, (events) => {
    watch.take(events);
  });
  watch.end();
  const { current, printed } = watch;
  if (current !== undefined && watch.timedOut) fail(current, printed, tooLong(''));
  else if (end.outcome === 'fault' && (current === undefined || end.fault.kind === 'interrupted')) {
    // After a timeout the fault says only that we have ended the interpreter.
    if (!watch.timedOut) course.fault = end.fault;
  } else if (current !== undefined && !course.interrupted) {
    fail(current, printed, { kind: 'ended', message: endedWords(end) });
  }
}

/** `onResult` is told each result as it comes. */
export async function runChecks(
  session: Pick<SessionContract, 'check' | 'stop'>,
  asked: ChecksAsked,
  onResult: (result: CheckResult) => void = () => undefined,
): Promise<ChecksEnd> {
  const course: Course = { results: new Map(), program: undefined, fault: undefined, interrupted: false };
  const { results } = course;
  const isOver = (): boolean => {
    if (results.size === asked.names.length || course.program || course.fault || course.interrupted) return true;
    return asked.stopAtFailure && [...results.values()].some(({ state }) => state === 'failed');
  };
  for (let before = -1; !isOver() && results.size > before;) {
    before = results.size;
    await attempt(session, asked, course, onResult);
  }
  const all = asked.names.map((name) => results.get(name) ?? ({ name, printed: '', state: 'not-run' } as const));
  return { program: course.program, results: all, fault: course.fault };
}
