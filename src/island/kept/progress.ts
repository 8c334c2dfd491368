/**
 * How far a reader is with each exercise: one entry for each that was tried, so that two tabs do not overwrite each other.
 *
 * Invariant: what cannot be read counts as nothing done.
 */
import { keyOf } from './keys.ts';

export interface ExerciseProgress {
  readonly format: 1;
  /** How often it was checked or answered. */
  readonly attempts: number;
  /** ISO date, UTC, of the first time that it was solved. */
  readonly solved?: string;
}

/** Undefined for anything that is no entry. */
export function asProgress(value: unknown): ExerciseProgress | undefined {
  if (typeof value !== 'object' || value === null || !('format' in value) || value.format !== 1) return undefined;
  if (!('attempts' in value) || !Number.isSafeInteger(value.attempts) || Number(value.attempts) < 0) return undefined;
  const attempts = Number(value.attempts);
  const solved: unknown = 'solved' in value ? value.solved : undefined;
  if (solved === undefined) return { format: 1, attempts };
  return typeof solved === 'string' && !Number.isNaN(Date.parse(solved)) ? { format: 1, attempts, solved } : undefined;
}

export function parseProgress(text: string): ExerciseProgress | undefined {
  try {
    return asProgress(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** False when it was never solved, when the entry is unreadable, and where the browser forbids storage. */
export function isSolved(chapter: string, id: string): boolean {
  try {
    return parseProgress(localStorage.getItem(keyOf('progress', `${chapter}/${id}`)) ?? '')?.solved !== undefined;
  } catch {
    return false;
  }
}
