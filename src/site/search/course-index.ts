/**
 * The index that the dialog asks: Pagefind's, which finds and ranks, narrowed here by chapter and kind. Pagefind's own filters
 * would be read whole for every first query; ours are read when a reader opens one.
 */
import type { PagefindAPI, PagefindSearchResult } from '@pagefind/component-ui';
import { inflated } from './inflated.ts';
import { countPlaces, isKept, type Choice, type Counts } from './narrow.ts';
import { Places, type Place } from './places.ts';
import { ranking } from './ranking.ts';

interface PagefindModule {
  createInstance(options: Record<string, unknown>): Pick<PagefindAPI, 'search'>;
}

type Pagefind = Pick<PagefindAPI, 'search'>;

const unreachable = 'The index of this course could not be loaded. Check the connection and search again.';

export class CourseIndex {
  readonly #pagefind: Pagefind;
  readonly #folder: URL;
  #places: Places | undefined;
  /** Names of what the last query found; undefined while nothing is asked. */
  #found: readonly string[] | undefined;
  #asked = 0;

  constructor(pagefind: Pagefind, folder: URL) {
    this.#pagefind = pagefind;
    this.#folder = folder;
  }

  /** Rejects, in words for the reader, when nothing is found because the index cannot be reached. */
  async search(term: string | null, { filters = {} }: { filters?: Choice } = {}): Promise<PagefindSearchResult> {
    const mine = ++this.#asked;
    const found = await this.#pagefind.search(term);
    // Pagefind takes a part of its index that does not load for one that has nothing.
    if (found.results.length === 0) await this.#reach();
    if (mine === this.#asked) this.#found = found.results.map(({ id }) => id);
    const places = this.#places;
    if (places === undefined) return found;
    const kept = found.results.filter(({ id }) => {
      const place = places.of(id);
      return place !== undefined && isKept(place, filters);
    });
    const { available, total } = countPlaces(
      found.results.flatMap(({ id }) => places.of(id) ?? []),
      filters,
    );
    return { ...found, results: kept, filters: available, totalFilters: total };
  }

  /** Nothing is asked any more. */
  clear(): void {
    this.#asked += 1;
    this.#found = undefined;
  }

  /** Reads where the records stand, once; from then on a search can be narrowed. */
  async readPlaces(): Promise<void> {
    this.#places ??= new Places(await inflated(new URL('places.bin', this.#folder)));
  }

  /** Rejects when the host cannot be asked: what the browser has kept is no proof. */
  async #reach(): Promise<void> {
    const entry = new URL('pagefind-entry.json', this.#folder);
    const answer = await fetch(entry, { cache: 'no-store' }).catch(() => undefined);
    if (!answer?.ok) throw new Error(unreachable);
  }

  /** Of the results of the last query, or of the whole course while nothing is asked; undefined before the places are read. */
  counts(choice: Choice): { readonly available: Counts; readonly total: Counts } | undefined {
    const places = this.#places;
    if (places === undefined) return undefined;
    const found: readonly Place[] = this.#found?.flatMap((name) => places.of(name) ?? []) ?? places.all();
    return countPlaces(found, choice);
  }
}

let attempts = 0;

/** Rejects when the site has no index or it cannot be reached. */
export async function openIndex(root: URL): Promise<CourseIndex> {
  const folder = new URL('pagefind/', root);
  const script = new URL('pagefind.js', folder);
  // A browser may remember that a module did not load: each further attempt has an address of its own.
  if (attempts > 0) script.search = String(attempts);
  attempts += 1;
  const pagefind = (await import(/* @vite-ignore */ script.href)) as PagefindModule;
  return new CourseIndex(pagefind.createInstance({ baseUrl: root.href, ranking, excerptLength: 30 }), folder);
}
