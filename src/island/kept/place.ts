/**
 * Where a reader stopped in each chapter, one entry for each.
 *
 * Invariant: what cannot be read counts as no place, and the next one takes its place: nothing is lost that was work.
 */
import { keyOf } from './keys.ts';

export interface Place {
  readonly format: 1;
  /** Anchor of the section that was being read. */
  readonly section: string;
  /** What it is called, since the home page does not know the sections of a chapter. */
  readonly title: string;
  /** Share of the page that had been scrolled through, 0 to 1. */
  readonly read: number;
  /** ISO date, UTC. */
  readonly at: string;
}

/** Undefined for anything that is no place. */
export function asPlace(value: unknown): Place | undefined {
  if (typeof value !== 'object' || value === null || !('format' in value) || value.format !== 1) return undefined;
  const { section, title, read, at } = value as Readonly<Record<string, unknown>>;
  if (typeof section !== 'string' || typeof title !== 'string' || typeof at !== 'string') return undefined;
  if (typeof read !== 'number' || !(read >= 0 && read <= 1) || Number.isNaN(Date.parse(at))) return undefined;
  return { format: 1, section, title, read, at };
}

export function parsePlace(text: string): Place | undefined {
  try {
    return asPlace(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Undefined too where the browser forbids storage. */
export function readPlace(slug: string): Place | undefined {
  try {
    return parsePlace(localStorage.getItem(keyOf('place', slug)) ?? '');
  } catch {
    return undefined;
  }
}

/** Where the browser refuses, the reader begins at the start again, as in any other text. */
export function keepPlace(slug: string, place: Omit<Place, 'format' | 'at'>): void {
  try {
    const kept: Place = { format: 1, ...place, at: new Date().toISOString() };
    localStorage.setItem(keyOf('place', slug), JSON.stringify(kept));
  } catch {}
}
