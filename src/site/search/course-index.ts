/**
 * The index that the dialog asks: Pagefind's, which finds and ranks, asked for fewer words when little holds all of them, and
 * narrowed here by chapter and kind. Pagefind's own filters would be read whole for every first query; ours are read when a
 * reader opens one.
 */
import type { PagefindAPI, PagefindRawResult, PagefindSearchResult } from '@pagefind/component-ui';
import { findEnough, type Step } from './find-enough.ts';
import { inflated } from './inflated.ts';
import { countPlaces, isKept, type Choice, type Counts } from './narrow.ts';
import { Places, type Place } from './places.ts';
import { ranking } from './ranking.ts';
import { Vocabulary } from './spelling.ts';
import type { Words } from './words.ts';

interface PagefindModule {
  createInstance(options: Record<string, unknown>): Pick<PagefindAPI, 'search'>;
}

type Pagefind = Pick<PagefindAPI, 'search'>;

/** How many were found by one wording of a query; the first is the reader's own. */
export interface Counted {
  readonly query: string;
  readonly count: number;
}

export interface Answer extends PagefindSearchResult {
  readonly counted: readonly Counted[];
  /** How many there are in all chapters and of every kind. */
  readonly everywhere: number;
}

/** The first result of a looser wording says, in `meta.looser`, which. */
function headed(result: PagefindRawResult, looser: string): PagefindRawResult {
  return {
    ...result,
    data: async () => {
      const data = await result.data();
      return { ...data, meta: { ...data.meta, looser } };
    },
  };
}

const unreachable = 'The index of this course could not be loaded. Check the connection and search again.';

export class CourseIndex {
  readonly #pagefind: Pagefind;
  readonly #folder: URL;
  readonly #words: Words;
  #places: Places | undefined;
  /** Names of what the last query found; undefined while nothing is asked. */
  #found: readonly string[] | undefined;
  #asked = 0;

  constructor(pagefind: Pagefind, folder: URL, words: Words) {
    this.#pagefind = pagefind;
    this.#folder = folder;
    this.#words = words;
  }

  /** Rejects, in words for the reader, when nothing is found because the index cannot be reached. */
  async search(term: string | null, { filters = {} }: { filters?: Choice } = {}): Promise<Answer> {
    const mine = ++this.#asked;
    const steps = await this.#find(term ?? '');
    const found = steps.flatMap(({ results }) => results.map(({ id }) => id));
    if (mine === this.#asked) this.#found = found;
    const kept = steps.map(({ query, results }) => ({
      query,
      results: results.filter(({ id }) => this.#isKept(id, filters)),
    }));
    const counts = this.#places && countPlaces(this.#placesOf(found), filters);
    return {
      results: kept.flatMap(({ query, results: [first, ...rest] }, at) =>
        first === undefined ? [] : [at === 0 ? first : headed(first, query), ...rest],
      ),
      counted: kept.map(({ query, results }) => ({ query, count: results.length })),
      everywhere: found.length,
      ...(counts && { filters: counts.available, totalFilters: counts.total }),
    };
  }

  async #find(term: string): Promise<readonly Step<PagefindRawResult>[]> {
    // Without its words, the shortest of a query is the first to go.
    const vocabulary = await this.#words.enoughFor(term).catch(() => new Vocabulary());
    return findEnough(term, vocabulary, async (query) => {
      const { results } = await this.#pagefind.search(query);
      // Pagefind takes a part of its index that does not load for one that has nothing.
      if (results.length === 0) await this.#reach();
      return results;
    });
  }

  #isKept(name: string, choice: Choice): boolean {
    if (this.#places === undefined) return true;
    const place = this.#places.of(name);
    return place !== undefined && isKept(place, choice);
  }

  #placesOf(names: readonly string[]): readonly Place[] {
    return names.flatMap((name) => this.#places?.of(name) ?? []);
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
    if (this.#places === undefined) return undefined;
    return countPlaces(this.#found === undefined ? this.#places.all() : this.#placesOf(this.#found), choice);
  }
}

let attempts = 0;

/** Rejects when the site has no index or it cannot be reached. */
export async function openIndex(root: URL, words: Words): Promise<CourseIndex> {
  const folder = new URL('pagefind/', root);
  const script = new URL('pagefind.js', folder);
  // A browser may remember that a module did not load: each further attempt has an address of its own.
  if (attempts > 0) script.search = String(attempts);
  attempts += 1;
  const pagefind = (await import(/* @vite-ignore */ script.href)) as PagefindModule;
  return new CourseIndex(pagefind.createInstance({ baseUrl: root.href, ranking, excerptLength: 30 }), folder, words);
}
