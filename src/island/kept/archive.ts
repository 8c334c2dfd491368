/**
 * The reader's work as a file: what export writes and import reads.
 *
 * Invariant: a file is read whole or refused with a sentence; nothing of it is trusted beyond its shape.
 */
import type { Entry } from './entries.ts';
import { asPlace, type Place } from './place.ts';
import { asProgress, type ExerciseProgress } from './progress.ts';
import { asEdit, type SavedEdit } from './saved-edit.ts';

const format = 'course-work';
const version = 1;
/** Characters; browsers keep about five million for a site. */
const longest = 20_000_000;

/** Each by its place, SLUG/ID; places in chapters by SLUG. */
export interface Archive {
  readonly progress: ReadonlyMap<string, ExerciseProgress>;
  readonly edits: ReadonlyMap<string, SavedEdit>;
  readonly answers: ReadonlyMap<string, string>;
  readonly places: ReadonlyMap<string, Place>;
}

/** `course` is the title of the course. What cannot be read goes along as it is, by its key. */
export function writeArchive(entries: readonly Entry[], course: string): string {
  const of = (kind: Entry['kind'], value: (text: string) => unknown): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      entries
        .filter((entry) => entry.readable && entry.kind === kind)
        .map(({ place, text }): [string, unknown] => [place, value(text)]),
    );
  const archive = {
    format,
    version,
    course,
    exported: new Date().toISOString(),
    progress: of('progress', JSON.parse),
    edits: of('edit', JSON.parse),
    answers: of('answer', (text) => text),
    places: of('place', JSON.parse),
    unreadable: Object.fromEntries(entries.filter(({ readable }) => !readable).map(({ key, text }) => [key, text])),
  };
  return `${JSON.stringify(archive, undefined, 2)}\n`;
}

class Refused extends Error {}

function section<Value>(
  file: Readonly<Record<string, unknown>>,
  name: string,
  as: (value: unknown) => Value | undefined,
  form = /^[^/#\s]{1,100}\/[^/#\s]{1,100}$/,
): ReadonlyMap<string, Value> {
  const found = file[name];
  if (typeof found !== 'object' || found === null || Array.isArray(found))
    throw new Refused(`This file is damaged: it has no ${name}.`);
  return new Map(
    Object.entries(found).map(([place, value]): [string, Value] => {
      const read = as(value);
      if (!form.test(place) || read === undefined)
        throw new Refused(`This file is damaged: its ${name} cannot be read at “${place.slice(0, 60)}”.`);
      return [place, read];
    }),
  );
}

/** What is in a file, or a sentence that says why it cannot be imported. */
export function readArchive(text: string, course: string): Archive | string {
  const foreign = 'This file is none that this course has exported.';
  if (text.length > longest) return foreign;
  try {
    const file: unknown = JSON.parse(text);
    if (typeof file !== 'object' || file === null || !('format' in file) || file.format !== format) return foreign;
    const fields = file as Readonly<Record<string, unknown>>;
    if (fields['version'] !== version)
      return 'This file was written by a later version of this course. Reload the page and try again.';
    if (fields['course'] !== course) return `This file is of another course, ${String(fields['course']).slice(0, 60)}.`;
    return {
      progress: section(fields, 'progress', asProgress),
      edits: section(fields, 'edits', asEdit),
      answers: section(fields, 'answers', (value) => (typeof value === 'string' ? value : undefined)),
      // Files of before places were kept have none.
      places: 'places' in fields ? section(fields, 'places', asPlace, /^[^/#\s]{1,100}$/) : new Map(),
    };
  } catch (error) {
    return error instanceof Refused ? error.message : foreign;
  }
}
