/** What became of each cell of a run of the recorder, and the line that tells it. */
import { stripVTControlCharacters } from 'node:util';
import type { Chapter } from '../chapters/chapter.ts';

export type Outcome =
  | { readonly kind: 'recorded' | 'unchanged' | 'removed'; readonly note: string }
  /** Not run, since it passed before and nothing has changed; `known.ts` says what that means. */
  | { readonly kind: 'kept'; readonly note: string }
  /** Not run, and that is no failure. */
  | { readonly kind: 'skipped'; readonly note: string }
  /** `details` go below the line: a traceback or a difference. */
  | { readonly kind: 'failed'; readonly note: string; readonly details: string };

/** Of a check that has nothing to run. */
export const kept: Outcome = { kind: 'kept', note: 'passed before, and nothing that decides it has changed' };

const signs = { recorded: '✓', unchanged: '✓', removed: '−', kept: '·', skipped: '·', failed: '✗' } as const;

export function tell(chapter: Chapter, id: string, line: number | undefined, outcome: Outcome): void {
  const note = outcome.note === '' ? '' : `  ${outcome.note}`;
  console.log(`${signs[outcome.kind]} ${chapter.folder}/${id}  ${outcome.kind}${note}`);
  if (outcome.kind !== 'failed') return;
  const said = process.stdout.isTTY ? outcome.details : stripVTControlCharacters(outcome.details);
  const details = said.replace(/^/gm, '    ');
  console.log(`  ${chapter.file}${line === undefined ? '' : `:${line}`}\n${details}`);
}

/** The closing line; true when nothing failed. */
export function summarise(outcomes: readonly Outcome[]): boolean {
  const counts = Object.entries(Object.groupBy(outcomes, ({ kind }) => kind));
  const words = counts.map(([kind, some]) => `${kind}: ${some.length}`);
  console.log(`\n${words.length === 0 ? 'Nothing to do.' : words.join(', ')}`);
  return !outcomes.some(({ kind }) => kind === 'failed');
}
