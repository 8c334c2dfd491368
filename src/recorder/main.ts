/** `npm run record`: writes snapshots and verdicts, or with `--check` proves that they still hold. Exit code 1 when any fails. */
import { formatFaults } from '../chapters/content-fault.ts';
import { checkCourse } from '../chapters/check-course.ts';
import { asksForHelp, readArguments, usage } from './arguments.ts';
import type { RecorderArguments } from './arguments.ts';
import { checkCell } from './check-cell.ts';
import type { Driver } from './driver/contract.ts';
import { checkExercise, recordExercise } from './record-exercise.ts';
import { inCi, Known } from './known.ts';
import { seeToOrphans } from './orphans.ts';
import { summarise, tell } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { NativePython } from './native/native-python.ts';
import { recordCell } from './record.ts';
import { recordReferences } from './reference.ts';
import { whileRunning } from './running.ts';
import { Runners } from './runners.ts';
import { runtimeHash } from './runtime-hash.ts';
import { select } from './select.ts';
import type { Selection } from './select.ts';

const root = process.cwd();

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

async function referAll(
  selections: readonly Selection[],
  check: boolean,
  command: string | undefined,
): Promise<Outcome[]> {
  if (command === undefined || command === '')
    fail('--reference runs cells natively: name an interpreter, for example NATIVE_PYTHON=python3.14.');
  await using native = new NativePython(command);
  const outcomes: Outcome[] = [];
  for (const { chapter, cells, whole } of selections)
    outcomes.push(...(await recordReferences(root, chapter, cells, native, { check, whole })));
  return outcomes;
}

async function runAll(
  selections: readonly Selection[],
  { check, all: everything, native, reference, targets }: RecorderArguments,
): Promise<Outcome[]> {
  const command = process.env['NATIVE_PYTHON']?.trim();
  if (reference) return referAll(selections, check, command);
  await using runners = new Runners(command === '' ? undefined : command);
  // A cell that is named is meant to be run.
  const named = targets.some((target) => target.includes('/'));
  const known = check ? new Known(root, await runtimeHash(), !everything && !named && !inCi()) : undefined;
  const outcomes: Outcome[] = [];
  const all = selections.reduce((sum, { cells, exercises }) => sum + cells.length + exercises.length, 0);
  let number = 0;
  for (const selection of selections) {
    const { chapter, cells, exercises, whole } = selection;
    for (const placed of cells) {
      const canRun = runners.canRun(placed.cell);
      if (!canRun && !check && (native || named)) {
        fail(`“${placed.cell.id}” is native: name an interpreter, for example NATIVE_PYTHON=python3.14.`);
      }
      number += 1;
      const work = (): Promise<Outcome> => {
        if (check) return checkCell(root, chapter, placed, canRun ? runners : undefined, known);
        if (canRun) return recordCell(root, chapter, placed, runners);
        return Promise.resolve({ kind: 'skipped', note: 'needs NATIVE_PYTHON' });
      };
      const outcome = await whileRunning(chapter, placed.cell.id, { number, all }, work);
      tell(chapter, placed.cell.id, placed.line, outcome);
      outcomes.push(outcome);
    }
    for (const { exercise, line } of exercises) {
      const driver = (): Promise<Driver> => runners.driver();
      number += 1;
      const outcome = await whileRunning(chapter, exercise.id, { number, all }, () =>
        check ? checkExercise(root, chapter, exercise, driver, known) : recordExercise(root, chapter, exercise, driver),
      );
      tell(chapter, exercise.id, line, outcome);
      outcomes.push(outcome);
    }
    if (whole) outcomes.push(...seeToOrphans(root, chapter, check));
  }
  return outcomes;
}

if (asksForHelp(process.argv.slice(2))) {
  console.log(usage);
  process.exit(0);
}
const read = readArguments(process.argv.slice(2));
if ('fault' in read) fail(`${read.fault}\n\n${usage}`);
const course = checkCourse(root);
const selections = select(root, course.chapters, read);
if ('fault' in selections) fail(`${selections.fault}\n\n${usage}`);

const files = new Set(selections.map(({ chapter }) => chapter.file));
const faults = course.faults.filter(({ about, file }) => about === 'content' && files.has(file));
if (faults.length > 0) console.error(`${formatFaults(faults)}\n\nCells with faults are left out.\n`);

const outcomes = await runAll(selections, read).catch((error: unknown) =>
  fail(`The recorder itself failed: ${error instanceof Error ? error.message : String(error)}`),
);
const good = summarise(outcomes);
process.exitCode = good && faults.length === 0 ? 0 : 1;
