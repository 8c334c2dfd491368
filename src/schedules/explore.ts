/**
 * Searches for a schedule under which a program fails, and replays one.
 *
 * Invariant: a failure is told only after the same schedule has failed in the same way in an interpreter of its own that had
 * run nothing but the plain schedule before.
 */
import type {
  ExplorationAnswer,
  ExplorationAsked,
  ExplorationProgress,
  Replayed,
  Searched,
} from '../protocol/exploration.ts';

/** Points that a run may have, searched or replayed: the name of a schedule counts them. */
export const MOST_POINTS = 20_000;

export type Progress = (progress: ExplorationProgress) => void;
/** Asks a new interpreter. */
export type AnswerOf = (asked: ExplorationAsked, progress?: Progress) => Promise<ExplorationAnswer>;

export interface Explored {
  readonly searched: Searched;
  /** Of a failure: how it went in an interpreter of its own. */
  readonly replayed: Replayed | undefined;
  /** Whether that interpreter failed alike; a program may ask for something that differs from run to run. */
  readonly again: boolean;
}

/** Raised when there is no answer: the program cannot be run at all, or the interpreter died. */
export class Unanswered extends Error {}

function unanswered(answer: ExplorationAnswer): Unanswered {
  return new Unanswered('why' in answer ? answer.why : `unexpected: ${answer.kind}`);
}

export async function replay(answerOf: AnswerOf, asked: ExplorationAsked): Promise<Replayed> {
  const answer = await answerOf(asked);
  if (answer.kind !== 'replayed') throw unanswered(answer);
  return answer;
}

export async function explore(answerOf: AnswerOf, asked: ExplorationAsked, progress?: Progress): Promise<Explored> {
  const searched = await answerOf({ ...asked, schedule: null }, progress);
  if (searched.kind === 'held') return { searched, replayed: undefined, again: false };
  if (searched.kind !== 'failed') throw unanswered(searched);
  const replayed = await replay(answerOf, { ...asked, schedule: searched.schedule });
  return { searched, replayed, again: searched.again && replayed.failure?.kind === searched.failure.kind };
}
