/**
 * Puts the work of a file beside what is kept here.
 *
 * Invariant: all of it is written or nothing; an edit or answer of this browser that differs gives way only when asked.
 */
import type { Archive } from './archive.ts';
import { aside, keyOf } from './keys.ts';
import { readPlace } from './place.ts';
import { parseProgress, type ExerciseProgress } from './progress.ts';
import { parseEdit } from './saved-edit.ts';

/** Key to text. */
type Writes = ReadonlyMap<string, string>;

export interface Plan {
  /** What can be written without a loss. */
  readonly additions: Writes;
  /** What would take the place of something else. */
  readonly replacements: Writes;
}

/** The more of both: attempts are not added up, since a file is often imported twice. */
function both(one: ExerciseProgress, other: ExerciseProgress): ExerciseProgress {
  const solved = [one.solved, other.solved].filter((date) => date !== undefined).sort()[0];
  return { format: 1, attempts: Math.max(one.attempts, other.attempts), ...(solved !== undefined && { solved }) };
}

/** Throws where the browser forbids storage. */
export function planImport({ progress, edits, answers, places }: Archive): Plan {
  const additions = new Map<string, string>();
  const replacements = new Map<string, string>();
  for (const [place, given] of progress) {
    const key = keyOf('progress', place);
    const text = localStorage.getItem(key);
    const kept = text === null ? undefined : parseProgress(text);
    if (text !== null && !kept) additions.set(`${key}${aside}`, text);
    const merged = JSON.stringify(kept ? both(kept, given) : given);
    if (merged !== text) additions.set(key, merged);
  }
  for (const [slug, given] of places) {
    const kept = readPlace(slug);
    // The reader goes on where they were last.
    if (!kept || kept.at < given.at) additions.set(keyOf('place', slug), JSON.stringify(given));
  }
  const place = (key: string, text: string, kept: string | null | undefined): void => {
    if (kept === null) additions.set(key, text);
    else if (kept !== text) replacements.set(key, text);
  };
  for (const [at, edit] of edits) {
    const key = keyOf('edit', at);
    const text = localStorage.getItem(key);
    const kept = text === null ? undefined : parseEdit(text);
    // The same text over another original is the same work.
    if (kept?.source === edit.source) continue;
    place(key, JSON.stringify(edit), text);
  }
  for (const [at, answer] of answers) place(keyOf('answer', at), answer, localStorage.getItem(keyOf('answer', at)));
  return { additions, replacements };
}

/** False when the browser refuses: then all is as it was. */
export function write(writes: Writes): boolean {
  const before = new Map<string, string | null>();
  try {
    for (const [key, text] of writes) {
      before.set(key, localStorage.getItem(key));
      localStorage.setItem(key, text);
    }
    return true;
  } catch {
    // What was shorter before fits again once what is new has gone.
    for (const [key, text] of before) if (text === null) localStorage.removeItem(key);
    for (const [key, text] of before) if (text !== null) localStorage.setItem(key, text);
    return false;
  }
}
