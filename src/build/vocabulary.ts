/** The words of the search index with how often each occurs: what the page corrects misspelt queries by. */
import { LETTERS } from '../site/search/words.ts';
import type { SearchRecord } from './search-records.ts';

/** Above this the rarest words are left out, so that the files stay small in a course of any size. */
const MOST_WORDS = 12_000;

/** A word of a title or an alias is worth as much as so many in the text: when a query is cut short, it stays. */
const TITLE = 100;

const PLAIN = /[A-Za-z][A-Za-z]+/g;

export class Vocabulary {
  readonly #counts = new Map<string, number>();

  add({ title, text, aliases, names }: SearchRecord): void {
    for (const word of `${title} ${aliases}`.match(PLAIN) ?? []) this.#count(word, TITLE);
    for (const word of `${text} ${names}`.match(PLAIN) ?? []) {
      this.#count(word);
      // A part of a name (`Pool` in `ThreadPool`) counts as a word too.
      const parts = word.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? [];
      if (parts.length > 1)
        parts.forEach((part) => {
          this.#count(part);
        });
    }
  }

  /** For each first letter, lines of `word count` in lower case, the most used first. */
  byLetter(): ReadonlyMap<string, string> {
    const lines = new Map(LETTERS.map((letter) => [letter, [] as string[]]));
    const kept = [...this.#counts]
      .sort(([one, often], [other, oftener]) => oftener - often || (one < other ? -1 : 1))
      .slice(0, MOST_WORDS);
    for (const [word, count] of kept) lines.get(word.charAt(0))?.push(`${word} ${count}`);
    return new Map([...lines].map(([letter, words]) => [letter, words.join('\n')]));
  }

  #count(word: string, times = 1): void {
    const key = word.toLowerCase();
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + times);
  }
}
