/**
 * Where each record of the search index stands, its chapter and kind: told by the record's name, which counts the records
 * in the order of the pages. The build writes the list; a reader who narrows a search loads it.
 *
 * Invariant: the records of a page follow one another, in the index as in the list.
 */

const KINDS = ['Code', 'Exercise', 'Glossary', 'Text'] as const;

export type RecordKind = (typeof KINDS)[number];

export interface Place {
  /** For example `3. Under the hood`. */
  readonly chapter: string;
  readonly kind: RecordKind;
}

/** How many characters of a build's mark are in a name: a name that two builds share would let a cache answer for the wrong one. */
const MARK = 4;

const turned = (digits: string): string => Array.from(digits).reverse().join('');

/**
 * The name of record `number` among `count`: the digit that changes each time stands first, which gzip makes half the
 * size of an order by which names would sort (docs/adr/0025-what-a-query-of-the-search-index-reads.md).
 */
export function recordName(number: number, count: number, mark: string): string {
  return (
    turned(number.toString(36).padStart((count - 1).toString(36).length, '0')) + mark.slice(-MARK).padStart(MARK, '0')
  );
}

function numberOf(name: string): number {
  return Number.parseInt(turned(name.slice(0, -MARK)), 36);
}

/** A line for each page that has records: its chapter, a tab, and the first letter of each record's kind. */
export function listPlaces(pages: readonly (readonly Place[])[]): string {
  return pages
    .flatMap((places) => {
      const [first] = places;
      return first === undefined ? [] : [`${first.chapter}\t${places.map(({ kind }) => kind[0]).join('')}`];
    })
    .join('\n');
}

export class Places {
  readonly #all: readonly Place[];

  /** Reads what `listPlaces` has written. */
  constructor(list: string) {
    this.#all = list.split('\n').flatMap((line) => {
      const [chapter = '', letters = ''] = line.split('\t');
      return Array.from(letters).flatMap((letter) => {
        const kind = KINDS.find((known) => known.startsWith(letter));
        return kind === undefined ? [] : [{ chapter, kind }];
      });
    });
  }

  of(name: string): Place | undefined {
    return this.#all[numberOf(name)];
  }

  all(): readonly Place[] {
    return this.#all;
  }
}
