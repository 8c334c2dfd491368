/**
 * Keeps that an exercise was tried; apart from what reads it, which a page loads before the reader tries any.
 *
 * Invariant: what cannot be read is moved aside before anything is written in its place.
 */
import { aside, keyOf } from './keys.ts';
import { parseProgress, type ExerciseProgress } from './progress.ts';

/** Counts one attempt. `refused` when the browser gives no room or no leave: then nothing is kept and nothing lost. */
export function recordAttempt(chapter: string, id: string, solved: boolean): 'kept' | 'moved-aside' | 'refused' {
  const key = keyOf('progress', `${chapter}/${id}`);
  try {
    const text = localStorage.getItem(key);
    const before = text === null ? undefined : parseProgress(text);
    const unreadable = text !== null && before === undefined;
    if (unreadable) localStorage.setItem(`${key}${aside}`, text);
    const first = before?.solved ?? (solved ? new Date().toISOString() : undefined);
    const now: ExerciseProgress = {
      format: 1,
      attempts: (before?.attempts ?? 0) + 1,
      ...(first !== undefined && { solved: first }),
    };
    localStorage.setItem(key, JSON.stringify(now));
    return unreadable ? 'moved-aside' : 'kept';
  } catch {
    return 'refused';
  }
}
