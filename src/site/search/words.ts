/**
 * The words of the course as far as a query needs them: those that begin with its letters, and all of them only when one of its
 * words is none of the course's and resembles none of those.
 */
import { subjectOf } from './query.ts';
import { Vocabulary } from './spelling.ts';

/** Words of the course begin with one of these: the build writes a file for each. */
export const LETTERS = 'a b c d e f g h i j k l m n o p q r s t u v w x y z'.split(' ');

/** First letters of the words, and of the parts of names: `asyncio.Queue` has two. */
function lettersOf(words: readonly string[]): readonly string[] {
  const parts =
    words
      .join(' ')
      .toLowerCase()
      .match(/[a-z]+/g) ?? [];
  return [...new Set(parts.map((part) => part.charAt(0)))];
}

export class Words {
  readonly #vocabulary = new Vocabulary();
  readonly #parts = new Map<string, Promise<void>>();
  readonly #load: (letter: string) => Promise<string>;

  /** `load` gives the words that begin with a letter; one that has failed is tried again. */
  constructor(load: (letter: string) => Promise<string>) {
    this.#load = load;
  }

  /** Begins to load what a query that is still being typed will need. */
  expect(typed: string): void {
    // A part that does not come is asked for again by `enoughFor`, which says so.
    this.#bring(lettersOf(subjectOf(typed))).catch(() => undefined);
  }

  /** Rejects when a part of the words cannot be loaded. */
  async enoughFor(typed: string): Promise<Vocabulary> {
    const words = subjectOf(typed);
    await this.#bring(lettersOf(words));
    if (!words.every((word) => this.#vocabulary.isEnoughFor(word))) await this.#bring(LETTERS);
    return this.#vocabulary;
  }

  async #bring(letters: readonly string[]): Promise<void> {
    await Promise.all(letters.map((letter) => this.#part(letter)));
  }

  #part(letter: string): Promise<void> {
    const begun = this.#parts.get(letter) ?? this.#fetch(letter);
    this.#parts.set(letter, begun);
    return begun;
  }

  async #fetch(letter: string): Promise<void> {
    try {
      this.#vocabulary.add(await this.#load(letter));
    } catch (error) {
      this.#parts.delete(letter);
      throw error;
    }
  }
}
