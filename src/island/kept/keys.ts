/**
 * What a reader has done is kept in the browser's storage and nowhere else; these are the keys, one for each thing.
 *
 * Invariant: a key names the site by the path of its home page, so that sites on one host stay apart.
 */

/** How far an exercise is, a changed cell, the reader's own words of an exercise, where the reader stopped in a chapter. */
export type Kind = 'progress' | 'edit' | 'answer' | 'place';

const home = (): string => new URL(document.documentElement.dataset['root'] ?? './', document.baseURI).pathname;

/** What stands behind the key of an entry that could not be read and was moved aside. */
export const aside = ' unreadable';

/** `place` is SLUG/ID, with `home` for the slug of the home page; of a place in a chapter, SLUG. */
export function keyOf(kind: Kind, place: string): string {
  if (kind === 'progress' || kind === 'place') return `course-${kind} ${home()} ${place}`;
  return `course-${kind} ${home()}${place.replace('/', '/#').replace(/^home\//, '')}`;
}

const here = (): string => location.pathname.replace(/index\.html$/, '');

/** Of a cell of this page. */
export const editKey = (id: string): string => `course-edit ${here()}#${id}`;

/** Of an exercise of this page. */
export const answerKey = (id: string): string => `course-answer ${here()}#${id}`;
