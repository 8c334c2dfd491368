/** Narrows what a search has found by chapter and by kind, and counts what each further choice would leave. */
import type { Place } from './places.ts';

/** For each filter the values that are chosen: a result has one of them. No value is no choice. */
export type Choice = Readonly<Partial<Record<string, readonly string[]>>>;

/** For each filter its values, in the order in which a reader looks for them, with the number of results. */
export type Counts = Record<keyof Place, Record<string, number>>;

const FILTERS = ['chapter', 'kind'] as const;

/** Chapters by number; what has none after them. */
function byNumber(one: string, other: string): number {
  const [first, second] = [one, other].map((label) => /^\d+/.exec(label)?.[0] ?? 'Infinity').map(Number);
  return (first ?? 0) - (second ?? 0) || one.localeCompare(other);
}

function count(places: readonly Place[], filter: keyof Place): Record<string, number> {
  const counts = new Map<string, number>();
  for (const place of places) counts.set(place[filter], (counts.get(place[filter]) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([one], [other]) => byNumber(one, other)));
}

function has(place: Place, choice: Choice, filter: keyof Place): boolean {
  const chosen = choice[filter] ?? [];
  return chosen.length === 0 || chosen.includes(place[filter]);
}

export function isKept(place: Place, choice: Choice): boolean {
  return FILTERS.every((filter) => has(place, choice, filter));
}

/** `available` leaves a filter's own choice out: a second value of it may still be chosen. */
export function countPlaces(
  places: readonly Place[],
  choice: Choice,
): { readonly available: Counts; readonly total: Counts } {
  const others = (filter: keyof Place): readonly Place[] =>
    places.filter((place) => FILTERS.every((other) => other === filter || has(place, choice, other)));
  const counts = (of: (filter: keyof Place) => readonly Place[]): Counts => ({
    chapter: count(of('chapter'), 'chapter'),
    kind: count(of('kind'), 'kind'),
  });
  return { available: counts(others), total: counts(() => places) };
}
