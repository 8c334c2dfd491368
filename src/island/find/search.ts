/** Has the page's Python search the program of a cell, with the cells that it continues. */
import type { ExplorationAsked } from '../../protocol/exploration.ts';
import type { Fault } from '../../protocol/fault.ts';
import { explore, MOST_POINTS, type AnswerOf, type Explored, type Progress } from '../../schedules/explore.ts';
import type { LiveCell } from '../live/cell.ts';
import { programOf } from '../live/program-of.ts';
import { session } from '../live/python.ts';

/** What a reader chooses of a search. */
export type Choice = Pick<ExplorationAsked, 'granularity' | 'seconds' | 'compare'>;

/** Runs for each second: more than there is time for, so that time is what limits the search. */
const RUNS = 1_000;

/** There is no answer, and this is why. */
export class Faulted extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.what);
    this.fault = fault;
  }
}

export function askedOf(target: LiveCell, choice: Choice): ExplorationAsked {
  const { seconds } = choice;
  return {
    ...{ ...programOf(target), ...choice },
    ...{ runs: seconds * RUNS, limit: MOST_POINTS, schedule: null },
  };
}

/** Rejects with Faulted or, for a program that cannot be explored, with Unanswered. */
export function search(asked: ExplorationAsked, progress: Progress, signal: AbortSignal): Promise<Explored> {
  const answerOf: AnswerOf = async (one, told = () => undefined) => {
    const end = await session.explore(one, told, signal);
    if (end.kind === 'fault') throw new Faulted(end.fault);
    return end;
  };
  return explore(answerOf, asked, progress);
}
