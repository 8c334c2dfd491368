/** Everything that this site keeps in the browser, read as it stands. Settings are not the reader's work and not in it. */
import { aside, keyOf, type Kind } from './keys.ts';
import { parsePlace } from './place.ts';
import { parseProgress } from './progress.ts';
import { parseEdit } from './saved-edit.ts';

export interface Entry {
  readonly key: string;
  readonly kind: Kind;
  /** SLUG/ID, or SLUG of a place in a chapter. */
  readonly place: string;
  readonly text: string;
  /** False for what nothing can be made of; it is kept for who can. */
  readonly readable: boolean;
}

/** The kind and the place that a key of this site names; undefined for any other key. */
function readKey(key: string): { readonly kind: Kind; readonly place: string } | undefined {
  for (const kind of ['progress', 'edit', 'answer', 'place'] as const) {
    const prefix = keyOf(kind, '');
    if (!key.startsWith(prefix)) continue;
    const rest = key.slice(prefix.length);
    const place = kind === 'edit' || kind === 'answer' ? rest.replace(/^#/, 'home/').replace('/#', '/') : rest;
    // A site below this one has further folders in its keys.
    const form = kind === 'place' ? /^[^/#\s]+$/ : /^[^/#\s]+\/[^/#\s]+$/;
    if (form.test(place) && keyOf(kind, place) === key) return { kind, place };
  }
  return undefined;
}

const parsers = {
  progress: parseProgress,
  edit: parseEdit,
  answer: (text: string) => text,
  place: parsePlace,
} as const;

/** In the order of their keys. Throws where the browser forbids storage. */
export function readEntries(): readonly Entry[] {
  return Object.keys(localStorage)
    .sort()
    .flatMap((key) => {
      const moved = key.endsWith(aside);
      const known = readKey(moved ? key.slice(0, -aside.length) : key);
      const text = localStorage.getItem(key);
      if (!known || text === null) return [];
      return [{ key, ...known, text, readable: !moved && parsers[known.kind](text) !== undefined }];
    });
}

/** Forgets all of it. */
export function eraseEntries(): void {
  for (const { key } of readEntries()) localStorage.removeItem(key);
}
