/**
 * Every recorded output of the course is what readers get today: all live cells run again and compared by their rules, all
 * exercises judged again. What passed before, and depends on nothing that has changed, is left out, but not in CI.
 *
 * Programs of a course on concurrency sleep for half of their time, so the chapters are shared out between two test files,
 * which run side by side, each in a browser of its own.
 */
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { chainOf, cellsById } from '../../src/chapters/chain.ts';
import { checkCourse } from '../../src/chapters/check-course.ts';
import { formatFaults } from '../../src/chapters/content-fault.ts';
import type { WriteExercise } from '../../src/protocol/exercise.ts';
import { checkCell } from '../../src/recorder/check-cell.ts';
import { inCi, Known } from '../../src/recorder/known.ts';
import { orphansOf } from '../../src/recorder/orphans.ts';
import type { Outcome } from '../../src/recorder/outcome.ts';
import { checkExercise } from '../../src/recorder/record-exercise.ts';
import { Runners } from '../../src/recorder/runners.ts';
import { runtimeHash } from '../../src/recorder/runtime-hash.ts';
import { select } from '../../src/recorder/select.ts';

/** Milliseconds for a browser to start, on a machine that does much else. */
const patience = 600_000;

/** Each program has a limit of its own, which the driver keeps: a test's limit only has to be longer. */
const limitOf = (seconds: number): number => patience + seconds * 1000;

/** Of its solution, its starter and its wrong answers; each check has a limit, and so has the program's own code. */
const exerciseSeconds = ({ starter, checks, wrong }: WriteExercise): number =>
  (2 + wrong.length) * (1 + checks.length) * (starter.options.timeout + 2);

function conclude(outcome: Outcome, place: string, context: TestContext): void {
  if (outcome.kind === 'kept' || outcome.kind === 'skipped') context.skip(outcome.note);
  const details = outcome.kind === 'failed' ? `\n${outcome.details}` : '';
  // What was recorded or removed was written, which a check never does.
  if (outcome.kind !== 'unchanged') expect.fail(`${place} ${outcome.kind}: ${outcome.note}${details}`);
}

/** Defines the tests of every second chapter: `first` is 0 for the first, the third and so on, 1 for those between. */
export function checkEverySecondChapter(first: 0 | 1): void {
  const root = process.cwd();
  const course = checkCourse(root);
  const selections = select(root, course.chapters, {
    targets: [],
    check: true,
    all: false,
    stale: false,
    native: false,
    reference: false,
  });
  if ('fault' in selections) throw new Error(selections.fault);

  const native = process.env['NATIVE_PYTHON']?.trim();
  const runners = new Runners(native === '' ? undefined : native);
  let known: Known;
  beforeAll(async () => {
    known = new Known(root, await runtimeHash(), !inCi());
  }, 600_000);
  afterAll(() => runners[Symbol.asyncDispose]());

  it('the chapters have no faults', () => {
    expect(formatFaults(course.faults.filter(({ about }) => about === 'content'))).toBe('');
  });

  const mine = selections.filter((_, place) => place % 2 === first);
  describe.each(mine.map((selection) => [selection.chapter.folder, selection] as const))('%s', (_, selection) => {
    const { chapter, cells, exercises } = selection;
    const byId = cellsById(chapter);

    it('has no snapshot without a cell and no verdict without an exercise', () => {
      expect(orphansOf(root, chapter).map(({ file }) => file)).toEqual([]);
    });

    for (const placed of cells) {
      const { cell, line } = placed;
      const seconds = chainOf(cell, byId).reduce((sum, { options }) => sum + options.timeout, 0);
      it(cell.id, { timeout: limitOf(seconds) }, async (context) => {
        const runner = runners.canRun(cell) ? runners : undefined;
        conclude(await checkCell(root, chapter, placed, runner, known), `${chapter.file}:${line}`, context);
      });
    }

    for (const { exercise, line } of exercises) {
      it(`exercise ${exercise.id}`, { timeout: limitOf(exerciseSeconds(exercise)) }, async (context) => {
        const outcome = await checkExercise(root, chapter, exercise, () => runners.driver(), known);
        conclude(outcome, `${chapter.file}:${line}`, context);
      });
    }
  });
}
