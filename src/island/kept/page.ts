/**
 * Puts back what the reader has done before: progress, solved exercises, their own words, edited cells. Loaded by a page
 * only when something is kept.
 *
 * Invariant: nothing on the page moves, and no focus is taken.
 */
import { showEdits } from './edits.ts';
import { answerKey } from './keys.ts';
import { isSolved } from './progress.ts';
import { showProgress } from './show.ts';

function showSolved(): void {
  for (const exercise of document.querySelectorAll<HTMLElement>('py-exercise')) {
    const state = exercise.querySelector<HTMLElement>('.exercise-state');
    if (!state || !isSolved(exercise.dataset['chapter'] ?? '', exercise.id)) continue;
    state.textContent = 'Solved';
    state.hidden = false;
  }
}

function putBackAnswers(): void {
  for (const text of document.querySelectorAll<HTMLTextAreaElement>('py-exercise textarea')) {
    const kept = localStorage.getItem(answerKey(text.closest('py-exercise')?.id ?? ''));
    if (kept !== null) text.value = kept;
  }
}

/** What may have changed while the page stands: in another tab. */
export function showKept(): void {
  showProgress();
  showSolved();
  showEdits();
}

/** Once, when the page has loaded. */
export function putBack(): void {
  showKept();
  putBackAnswers();
}
