/**
 * `npm run python -- --explore FILE` searches for a schedule under which a program fails; `--schedule NAME FILE` replays one.
 *
 * Invariant: the exit code is 1 if the program failed, 0 if it held, and 2 if that could not be told.
 */
import { parseArgs } from 'node:util';
import type { ExplorationAsked } from '../protocol/exploration.ts';
import { MOST_POINTS, Unanswered } from '../schedules/explore.ts';
import { mark } from '../schedules/mark.ts';
import { readName, writeName } from '../schedules/schedule-name.ts';
import { toldCovered, toldOnce, toldPhase, toldRuns } from '../schedules/tell.ts';
import { explore, readProgram, replay } from './explore.ts';
import { toldReplay } from './table.ts';

export const exploreUsage = [
  'npm run python -- --explore [--granularity gil|instruction] [--seconds S] [--runs N] [--any-output] FILE [ARGS...]',
  'npm run python -- --schedule NAME [--any-output] FILE [ARGS...]',
].join('\n');

const exitCodes = { held: 0, failed: 1, untold: 2 } as const;

/** What was asked makes no sense. */
export class ExploreUsageError extends Error {}

/** Whether the options ask for a search or a replay. */
export const asksToExplore = (options: readonly string[]): boolean =>
  options.some((word) => word === '--explore' || word === '--schedule');

/** Options that have a value. */
export const exploreOptions: readonly string[] = ['--granularity', '--seconds', '--runs', '--schedule'];

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new ExploreUsageError(`${name} ${text}: a number above 0 is meant.`);
  return value;
}

/** What was written: our options, then FILE, then the program's own words. */
interface Written {
  readonly options: readonly string[];
  readonly file: string | undefined;
  readonly argv: readonly string[];
}

async function readArguments({
  options,
  file,
  argv,
}: Written): Promise<{ asked: ExplorationAsked; file: string; made: string | undefined }> {
  const { values } = parseArgs({
    args: [...options],
    options: {
      explore: { type: 'boolean', default: false },
      schedule: { type: 'string' },
      granularity: { type: 'string', default: 'gil' },
      seconds: { type: 'string', default: '20' },
      runs: { type: 'string', default: '20000' },
      'any-output': { type: 'boolean', default: false },
    },
  });
  if (file === undefined) throw new ExploreUsageError('FILE is missing.');
  const { schedule: name } = values;
  if (values.explore && name !== undefined) throw new ExploreUsageError('--explore and --schedule exclude each other.');
  const made = name === undefined ? undefined : readName(name);
  if (name !== undefined && made === undefined) {
    throw new ExploreUsageError(`--schedule ${name}: no name of a schedule; --explore prints them.`);
  }
  const granularity = made?.granularity ?? values.granularity;
  if (granularity !== 'gil' && granularity !== 'instruction') {
    throw new ExploreUsageError(`--granularity ${granularity}: gil or instruction is meant.`);
  }
  const asked: ExplorationAsked = {
    ...(await readProgram(file)),
    argv,
    granularity,
    seconds: positive('--seconds', values.seconds),
    runs: positive('--runs', values.runs),
    limit: MOST_POINTS,
    compare: !values['any-output'],
    schedule: made?.schedule ?? null,
  };
  return { asked, file, made: made?.mark };
}

async function search(asked: ExplorationAsked, file: string): Promise<number> {
  const terminal = process.stderr.isTTY;
  const { searched, replayed, again } = await explore(asked, (progress) => {
    if (!terminal) return;
    process.stderr.write(`\r\u001b[K${String(progress.runs)} runs, ${toldPhase(progress)}`);
  });
  if (terminal) process.stderr.write('\r\u001b[K');
  if (searched.kind === 'held' || replayed === undefined) {
    console.log(`${file}: no schedule failed. ${toldCovered(searched.runs, searched.covered)}`);
    return exitCodes.held;
  }
  const { failure, schedule, python } = searched;
  if (!again) {
    console.log(toldOnce(file, failure));
    return exitCodes.untold;
  }
  console.log(toldReplay(replayed, file));
  const name = writeName({ granularity: asked.granularity, python, mark: mark(asked), schedule });
  console.log(`\nFound in ${toldRuns(searched.runs)}. Again: npm run python -- --schedule ${name} ${file}`);
  return exitCodes.failed;
}

async function again(asked: ExplorationAsked, file: string, made: string | undefined): Promise<number> {
  if (made !== mark(asked)) {
    console.error(`The schedule was made for other code than ${file} now has: it is followed as far as it agrees.`);
  }
  const replayed = await replay(asked);
  console.log(toldReplay(replayed, file));
  return replayed.failure === null ? exitCodes.held : exitCodes.failed;
}

/** Answers with the exit code; raises ExploreUsageError. */
export async function exploreCommand(written: Written): Promise<number> {
  const { asked, file, made } = await readArguments(written);
  try {
    return await (asked.schedule === null ? search(asked, file) : again(asked, file, made));
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    console.error(error.message);
    return exitCodes.untold;
  }
}
