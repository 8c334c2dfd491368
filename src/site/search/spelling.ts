/** Mends misspelt words from the words of the course: a word that the course uses, or begins with, is never changed. */
import { distance } from '../../chapters/distance.ts';

/** What a common first letter is worth: more uses than any word has. */
const FIRST_LETTER = 1e12;

export class Vocabulary {
  readonly #words = new Map<string, number>();

  constructor(text = '') {
    this.add(text);
  }

  /** `text` has a line for each word: the word, a space, how often the course uses it. */
  add(text: string): void {
    for (const line of text.split('\n')) {
      const [word = '', count = '0'] = line.split(' ');
      if (word !== '') this.#words.set(word, Number(count));
    }
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

  /** Whether a word can be misspelt at all, and no word that begins with its letter is it. */
  misses(word: string): boolean {
    const wanted = word.toLowerCase();
    return /^[a-z]{4,}$/.test(wanted) && !this.#knows(wanted);
  }

  /** Whether a word is used, or one that is a letter away and begins as it does: no other letter's words can be meant then. */
  isEnoughFor(word: string): boolean {
    if (!this.misses(word)) return true;
    const found = this.#nearest(word.toLowerCase());
    return found !== undefined && found.away === 1 && found.word.startsWith(word.charAt(0).toLowerCase());
  }

  /**
   * The nearest word of the course, or the word itself. Of equally near ones that which begins as it does, since a first letter
   * is seldom the wrong one, and then the most used.
   */
  mend(word: string): string {
    return this.misses(word) ? (this.#nearest(word.toLowerCase())?.word ?? word) : word;
  }

  #nearest(wanted: string): { readonly word: string; readonly away: number } | undefined {
    const most = wanted.length < 8 ? 1 : 2;
    let found: { readonly word: string; readonly away: number; readonly worth: number } | undefined;
    for (const [word, count] of this.#words) {
      const away = distance(wanted, word, Math.min(most, found?.away ?? most));
      if (away > most || away > (found?.away ?? most)) continue;
      const worth = count + (word.charAt(0) === wanted.charAt(0) ? FIRST_LETTER : 0);
      if (found === undefined || away < found.away || worth > found.worth) found = { word, away, worth };
    }
    return found;
  }
}
