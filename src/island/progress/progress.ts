/**
 * What a reader has done, kept in the browser's storage and nowhere else: one entry for each exercise that was tried.
 *
 * Key: `course-progress HOME SLUG/ID`, where HOME is the path of the course's home page, so that sites on one host stay
 * apart. Value: the JSON of `ExerciseProgress`. One entry an exercise, so that two tabs do not overwrite each other.
 * Invariant: what cannot be read counts as nothing done and is moved aside, to the key with ` unreadable` behind it,
 * before anything is written in its place.
 */

export interface ExerciseProgress {
  readonly format: 1;
  /** How often it was checked or answered. */
  readonly attempts: number;
  /** ISO date, UTC, of the first time that it was solved. */
  readonly solved?: string;
}

const home = (): string => new URL(document.documentElement.dataset['root'] ?? './', document.baseURI).pathname;

/** What the key of every entry of this site begins with. */
const progressPrefix = (): string => `course-progress ${home()} `;

const keyOf = (chapter: string, id: string): string => `${progressPrefix()}${chapter}/${id}`;

/** Undefined for anything that is no entry. */
function parseProgress(text: string): ExerciseProgress | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('format' in value) || value.format !== 1) return undefined;
    if (!('attempts' in value) || !Number.isSafeInteger(value.attempts)) return undefined;
    const attempts = value.attempts as number;
    const solved: unknown = 'solved' in value ? value.solved : undefined;
    if (solved === undefined) return { format: 1, attempts };
    return typeof solved === 'string' && !Number.isNaN(Date.parse(solved))
      ? { format: 1, attempts, solved }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined when it was never tried, when the entry is unreadable, and where the browser forbids storage. */
export function progressOf(chapter: string, id: string): ExerciseProgress | undefined {
  try {
    return parseProgress(localStorage.getItem(keyOf(chapter, id)) ?? '');
  } catch {
    return undefined;
  }
}

/** Counts one attempt. False when the browser refuses, for want of room or of leave: then nothing is kept. */
export function recordAttempt(chapter: string, id: string, solved: boolean): boolean {
  const key = keyOf(chapter, id);
  try {
    const text = localStorage.getItem(key);
    const before = text === null ? undefined : parseProgress(text);
    if (text !== null && before === undefined) localStorage.setItem(`${key} unreadable`, text);
    const first = before?.solved ?? (solved ? new Date().toISOString() : undefined);
    const now: ExerciseProgress = {
      format: 1,
      attempts: (before?.attempts ?? 0) + 1,
      ...(first !== undefined && { solved: first }),
    };
    localStorage.setItem(key, JSON.stringify(now));
    return true;
  } catch {
    return false;
  }
}
