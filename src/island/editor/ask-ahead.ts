/**
 * Asks Python a question that nobody waits for, once for each interpreter, when an editor is open and nothing runs: what
 * answers questions is imported then, and the reader's first completion does not wait for it.
 */
import { aheadQuestion } from '../../protocol/question.ts';
import { generation, session } from '../live/python.ts';
import { whenIdle } from '../live/turns.ts';

let asking: Promise<void> | undefined;
let answered: number | undefined;

async function ask(): Promise<void> {
  const asked = generation();
  if ((await session.ask(aheadQuestion)) !== undefined) answered = asked;
}

function askAhead(): void {
  if (asking || answered === generation() || session.state.phase !== 'ready') return;
  asking = ask().finally(() => {
    asking = undefined;
  });
}

let begun = false;

/** Call it when an editor opens. */
export function askWhenIdle(): void {
  askAhead();
  if (begun) return;
  begun = true;
  whenIdle(askAhead);
}
