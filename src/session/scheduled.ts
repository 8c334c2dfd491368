/**
 * A program that follows a schedule, as a run: what an explorer is asked for it, and what its answer is as events.
 *
 * Invariant: a schedule that was made for other code or another Python is followed as far as it agrees, and the output says so.
 */
import type { ExplorationAsked, Replayed } from '../protocol/exploration.ts';
import type { OutputEvent } from '../protocol/event.ts';
import type { Fault } from '../protocol/fault.ts';
import { readerFolder } from '../protocol/file-name.ts';
import type { ProgramRun } from '../protocol/run.ts';
import type { MountedFile } from '../protocol/to-sandbox.ts';
import { MOST_POINTS } from '../schedules/explore.ts';
import { mark } from '../schedules/mark.ts';
import { readName } from '../schedules/schedule-name.ts';
import type { ExplorationEnd, RunEnd } from './contract.ts';
import { programDeadlock } from './faults.ts';

/** Real seconds that the run may have. */
const SECONDS = 60;

type Modules = ExplorationAsked['beside'];

/** The modules that a program of that name finds beside it, by name: of those in folders of their own an explorer has none. */
export function modulesIn(files: readonly MountedFile[], filename: string): Modules {
  const modules: Record<string, string> = {};
  for (const { path, content } of files) {
    const at = path.lastIndexOf('/');
    const [folder, name] = [path.slice(0, at), path.slice(at + 1)] as const;
    if (folder !== readerFolder || name === filename || !/^[\p{L}_][\p{L}\p{N}_]*\.py$/u.test(name)) continue;
    modules[name.slice(0, -'.py'.length)] = new TextDecoder().decode(content);
  }
  return modules;
}

const sources = ({ source }: ProgramRun, beside: Modules) => ({ source, before: [], beside });

export function replayOf(request: ProgramRun, schedule: string, beside: Modules): ExplorationAsked {
  const made = readName(schedule);
  if (made === undefined) throw new TypeError(`${schedule} is no name of a schedule`);
  const { filename, argv } = request;
  return {
    ...{ ...sources(request, beside), filename, argv, granularity: made.granularity, schedule: made.schedule },
    ...{ seconds: SECONDS, runs: 1, limit: MOST_POINTS, compare: false },
  };
}

const endless: Fault = {
  kind: 'timeout',
  what: 'The program was ended.',
  why: 'Under its schedule it does not come to an end.',
  mend: 'Let every loop that waits end.',
};

/** Ends the line that says so. */
const asFarAs = ': it is followed as far as it agrees.\n';

/** The line of a run that did not follow its schedule to the end. */
export function strayed(events: readonly OutputEvent[]): string | undefined {
  const [first] = events;
  return first?.type === 'stderr' && first.text.endsWith(asFarAs) ? first.text.trimEnd() : undefined;
}

/** A run under a schedule, and the modules beside it. */
interface Scheduled {
  readonly request: ProgramRun;
  readonly schedule: string;
  readonly beside: Modules;
}

/** What differs between what the schedule was made for and what has run. */
function disagreement({ request, schedule, beside }: Scheduled, { python, missed }: Replayed): string {
  const made = readName(schedule);
  if (made?.mark !== mark(sources(request, beside))) return 'The schedule was made for other code';
  if (made.python !== python) return `The schedule was made for Python ${made.python}`;
  return missed.length > 0 ? 'The program does not go the schedule’s way' : '';
}

function eventsOf(scheduled: Scheduled, replayed: Replayed): OutputEvent[] {
  const { printed, error, exit, duration } = replayed;
  const events = printed.map(({ stream, at, text }): OutputEvent => ({ type: stream, at, text }));
  const last = events.at(-1);
  if (error && last?.type === 'stderr' && last.text.endsWith(error.traceback)) {
    const rest = last.text.slice(0, -error.traceback.length);
    events.pop();
    if (rest !== '') events.push({ ...last, text: rest });
    events.push({ type: 'error', at: duration, ...error });
  }
  if (exit !== null) events.push({ type: 'exit', at: duration, code: exit });
  const words = disagreement(scheduled, replayed);
  return words === '' ? events : [{ type: 'stderr', at: 0, text: words + asFarAs }, ...events];
}

export function scheduledRun(
  scheduled: Scheduled,
  end: ExplorationEnd,
): { readonly events: readonly OutputEvent[]; readonly run: RunEnd } {
  if (end.kind === 'fault') return { events: [], run: { outcome: 'fault', fault: end.fault, stateLost: false } };
  if (end.kind !== 'replayed') {
    const why = 'why' in end ? end.why : '';
    const fault: Fault = {
      kind: 'unsupported',
      what: 'The schedule cannot be followed.',
      why,
      mend: 'Change the code.',
    };
    return { events: [], run: { outcome: 'fault', fault, stateLost: false } };
  }
  const { failure, error, exit, duration } = end;
  const events = eventsOf(scheduled, end);
  if (error) return { events, run: { outcome: 'error', duration } };
  if (failure?.kind === 'deadlock')
    return { events, run: { outcome: 'fault', fault: programDeadlock, stateLost: false, duration } };
  if (failure?.kind === 'livelock') return { events, run: { outcome: 'fault', fault: endless, stateLost: false } };
  return { events, run: { outcome: exit === null ? 'ok' : 'exited', duration } };
}
