/** The exercises of the course as their authors wrote them, and the answers that a reader might give. */
import type { Locator } from 'playwright-core';
import type { Exercise } from '../../../src/protocol/exercise.ts';
import { chapters } from './course.ts';

export function exerciseOf<Kind extends Exercise['kind']>(
  slug: string,
  id: string,
  kind: Kind,
): Extract<Exercise, { kind: Kind }> {
  const chapter = chapters.find((one) => one.slug === slug);
  const found = chapter?.exercises.find(({ exercise }) => exercise.id === id)?.exercise;
  if (found?.kind !== kind) throw new Error(`The chapter ${slug} has no ${kind} exercise ${id}.`);
  return found as Extract<Exercise, { kind: Kind }>;
}

export const outcome = (exercise: Locator): Locator => exercise.locator('.exercise-outcome');

/** Each check with its state, as the page shows them. */
export const states = (exercise: Locator): Promise<readonly (string | undefined)[]> =>
  exercise.locator('[data-check]').evaluateAll((items: HTMLElement[]) => items.map((item) => item.dataset['state']));
