/** Judges one exercise in the readers' kernel: its solution passes, its starter fails, each wrong answer fails where it should. */
import type { WriteExercise } from '../protocol/exercise.ts';
import type { Verdict } from '../chapters/exercises/verdicts.ts';
import { exerciseHash } from '../chapters/exercises/verdicts.ts';
import { fileNameOf } from '../protocol/file-name.ts';
import type { ChecksEnd, Failure } from '../session/run-checks.ts';
import type { Driver } from './driver/contract.ts';

export type Judgement =
  | { readonly right: true; readonly verdict: Verdict }
  /** `details` says which of its programs ended otherwise than its author says, and how. */
  | { readonly right: false; readonly details: string };

function failureWords(failure: Failure): string {
  switch (failure.kind) {
    case 'unmet': {
      const { source, message, actual, expected } = failure;
      const values = actual === undefined ? [] : [`actual: ${actual}`];
      if (expected !== undefined) values.push(`expected: ${expected}`);
      return [message ?? source, ...values].join('\n');
    }
    case 'exception':
      return failure.traceback === '' ? failure.message : failure.traceback.trimEnd();
    case 'timeout':
      return `it did not come to its end within ${failure.seconds} s\n${failure.traceback}`.trimEnd();
    case 'deadlock':
      return `deadlock\n${failure.traceback}`.trimEnd();
    case 'interrupted':
      return 'it was interrupted';
    case 'ended':
      return failure.message;
    default:
      return failure satisfies never;
  }
}

interface FirstFailure {
  /** '' for the program's own code. */
  readonly name: string;
  readonly words: string;
}

function firstFailure({ program, results, fault }: ChecksEnd): FirstFailure | undefined {
  if (fault !== undefined) return { name: '', words: `${fault.what} ${fault.why} ${fault.mend}` };
  const first = program ?? results.find((result) => result.state === 'failed');
  if (first === undefined) return undefined;
  const printed = first.printed.trimEnd();
  return { name: first.name, words: failureWords(first.failure) + (printed === '' ? '' : `\nprinted: ${printed}`) };
}

/** Rejects for a fault of the driver alone. */
export async function judge(driver: Driver, exercise: WriteExercise): Promise<Judgement> {
  const { starter, checkSource, checks, solution, wrong } = exercise;
  const run = async (source: string, stopAtFailure: boolean): Promise<FirstFailure | undefined> =>
    firstFailure(
      await driver.check({
        source,
        filename: fileNameOf(starter),
        clock: starter.options.clock,
        net: starter.options.net,
        packages: starter.options.packages,
        checkSource,
        names: checks.map(({ name }) => name),
        timeout: starter.options.timeout,
        stopAtFailure,
      }),
    );
  const bad = (details: string): Judgement => ({ right: false, details });
  const where = (name: string): string => (name === '' ? 'before any check' : `at ${name}`);

  const solved = await run(solution, false);
  if (solved !== undefined) return bad(`The solution fails ${where(solved.name)}:\n${solved.words}`);
  const started = await run(starter.source, true);
  if (started === undefined) return bad('The starter passes every check: there is nothing to do.');
  const wrongFail: string[] = [];
  for (const [index, { source, fails }] of wrong.entries()) {
    const failed = await run(source, true);
    const which = `Wrong answer ${index + 1} (${fails})`;
    if (failed === undefined) return bad(`${which} passes every check.`);
    if (failed.name !== fails) return bad(`${which} fails first ${where(failed.name)}:\n${failed.words}`);
    wrongFail.push(failed.name);
  }
  const { producer } = driver;
  if (producer.kind !== 'browser') throw new TypeError('exercises are judged in a browser');
  return {
    right: true,
    verdict: {
      format: 1,
      exercise: exercise.id,
      hash: exerciseHash(exercise),
      python: producer.python,
      pyodide: producer.pyodide,
      judged: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
      passes: checks.map(({ name }) => name),
      starterFails: started.name,
      wrongFail,
    },
  };
}
