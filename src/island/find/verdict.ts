/** What came of a search, as elements: what was covered, or the schedule that fails with its steps. */
import type { ExplorationAsked } from '../../protocol/exploration.ts';
import type { Explored } from '../../schedules/explore.ts';
import { mark } from '../../schedules/mark.ts';
import { writeName } from '../../schedules/schedule-name.ts';
import { toldCovered, toldOnce, toldRuns, toldVerdict } from '../../schedules/tell.ts';
import { copy } from '../copy.ts';
import type { LiveCell } from '../live/cell.ts';
import { make, makeButton } from '../make.ts';
import { markIn } from './mark.ts';
import { stepsView } from './steps-view.ts';
import { stopWhileScrolling } from '../tab-stop.ts';

export interface Verdict {
  /** In one sentence or a few: also what is spoken. */
  readonly words: string;
  readonly rest: readonly Node[];
  /** The name of the schedule that was found. */
  readonly schedule?: string;
}

const noOrder = 'It starts no second thread, so there is no order to choose.';

function texts(pairs: readonly (readonly [words: string, text: string])[]): Node[] {
  return pairs
    .filter(([, text]) => text !== '')
    .flatMap(([words, text]) => {
      const pre = make('pre', 'find-text', text.trimEnd());
      stopWhileScrolling(pre);
      return [make('p', 'find-note', words), pre];
    });
}

function nameOf(cell: HTMLElement, name: string): HTMLElement {
  const code = make('code', 'find-name', name);
  const button = makeButton('Copy', () => {
    copy(cell, Promise.resolve([name, 'Copied the schedule']), code);
  });
  button.ariaLabel = 'Copy the schedule';
  return make(
    'p',
    'find-schedule',
    'The schedule: ',
    code,
    ' ',
    button,
    ' A link by Share or Open in playground takes it along.',
  );
}

export function verdictOf({ element, cell }: LiveCell, asked: ExplorationAsked, explored: Explored): Verdict {
  const program = cell.options.name ?? 'The program';
  const { searched, replayed, again } = explored;
  if (searched.kind === 'held' || replayed === undefined) {
    const alone = searched.kind === 'held' && searched.threads === 1;
    const covered = toldCovered(searched.runs, searched.covered);
    return { words: `No schedule failed. ${alone ? noOrder : covered}`, rest: [] };
  }
  const { failure, schedule, python, runs } = searched;
  if (!again) return { words: toldOnce(program, failure), rest: [] };
  const { granularity, filename } = asked;
  const name = writeName({ granularity, python, mark: mark(asked), schedule });
  const found = schedule === 'plain' ? 'It needs no particular order.' : `Found in ${toldRuns(runs)}.`;
  const steps = stepsView(replayed, filename, (step) => {
    void markIn(element, step?.file, step?.line);
  });
  const usual = failure.kind === 'output' ? (replayed.usual ?? '') : '';
  const printed = texts([
    ['The plain run prints:', usual],
    ['It prints:', replayed.stdout],
    ['On standard error:', replayed.stderr],
  ]);
  return {
    words: `${toldVerdict(replayed, program)} ${found}`,
    rest: [...printed, steps, nameOf(element, name)],
    schedule: name,
  };
}
