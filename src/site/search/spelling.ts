/** Mends misspelt words from the words of the course: a word that the course uses, or begins with, is never changed. */
import { distance } from '../../chapters/distance.ts';

export class Vocabulary {
  readonly #words: ReadonlyMap<string, number>;

  /** `text` has a line for each word: the word, a space, how often the course uses it. */
  constructor(text: string) {
    this.#words = new Map(
      text
        .split('\n')
        .map((line) => line.split(' '))
        .map(([word = '', count = '0']) => [word, Number(count)]),
    );
  }

  #knows(word: string): boolean {
    if (this.#words.has(word)) return true;
    for (const known of this.#words.keys()) if (known.startsWith(word)) return true;
    // Search itself brings plurals and other endings to one stem.
    return ['s', 'es', 'ed', 'ing'].some(
      (ending) => word.endsWith(ending) && this.#words.has(word.slice(0, -ending.length)),
    );
  }

  /** How often the course uses a word, words of titles counted many times; of a dotted name its best-known part. */
  count(word: string): number {
    const parts = word.toLowerCase().match(/[a-z]+/g) ?? [];
    return Math.max(0, ...parts.map((part) => this.#words.get(part) ?? 0));
  }

  /** The nearest word of the course (the most used of equally near ones), or the word itself. */
  mend(word: string): string {
    const wanted = word.toLowerCase();
    if (!/^[a-z]{4,}$/.test(wanted) || this.#knows(wanted)) return word;
    const most = wanted.length < 8 ? 1 : 2;
    let found = word;
    let nearest = most + 1;
    let oftenest = 0;
    for (const [known, count] of this.#words) {
      const away = distance(wanted, known, Math.min(most, nearest));
      if (away > most || away > nearest || (away === nearest && count <= oftenest)) continue;
      [found, nearest, oftenest] = [known, away, count];
    }
    return found;
  }
}
