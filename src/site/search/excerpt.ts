/**
 * What is shown of a text that was found: from the beginning of the sentence of the first hit, so that it can be understood.
 *
 * Invariant: nothing but text and marks, whatever the text says.
 */

/** A piece of an excerpt, as it is shown. */
export interface Piece {
  readonly text: string;
  readonly marked: boolean;
}

/** Words of a sentence before the hit that are shown whole; of a longer one its beginning is, and then what is at the hit. */
const before = 24;
const beginning = 6;

/** Where sentences begin in `text`: at its start, and after an end that is followed by what a sentence begins with. */
function sentenceStart(text: string, at: number): number {
  let start = 0;
  for (const { index, 0: end } of text.matchAll(/[.!?:][”’")\]]*\s+(?=[\p{Lu}\p{N}“"‘'([_]|\p{Ll}+[_.(])/gu)) {
    if (index + end.length > at) break;
    start = index + end.length;
  }
  return start;
}

const wordsIn = (text: string): string[] => text.split(/\s+/u).filter((word) => word !== '');

/**
 * `pieces` are the words around a hit, as the index gives them, and `whole` the text that they are from. Pieces that are
 * not to be found in it are shown as they are.
 */
export function fromSentence(pieces: readonly Piece[], whole: string): readonly Piece[] {
  const shown = pieces.map(({ text }) => text).join('');
  const place = whole.indexOf(shown.trim());
  if (place < 0 || shown.trim() === '') return pieces;
  const hit = place + shown.trimStart().indexOf(pieces.find(({ marked }) => marked)?.text ?? '');
  const start = sentenceStart(whole, Math.max(place, hit));
  const end = place + shown.trim().length < whole.length ? [{ text: '…', marked: false }] : [];
  if (start < place) {
    const lead = whole.slice(start, place);
    const words = wordsIn(lead);
    const text =
      words.length <= before ? lead : `${words.slice(0, beginning).join(' ')} … ${words.slice(-beginning).join(' ')} `;
    return [{ text, marked: false }, ...trimmed(pieces), ...end];
  }
  return [...dropped(trimmed(pieces), start - place), ...end];
}

/** Without the white space at both ends, which the whole text may not have. */
function trimmed(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.map(({ text, marked }, at) => ({
    text:
      at === 0 && at === pieces.length - 1
        ? text.trim()
        : at === 0
          ? text.trimStart()
          : at === pieces.length - 1
            ? text.trimEnd()
            : text,
    marked,
  }));
}

/** Without the first `count` characters. */
function dropped(pieces: readonly Piece[], count: number): readonly Piece[] {
  let left = count;
  return pieces.flatMap(({ text, marked }) => {
    const rest = text.slice(Math.min(left, text.length));
    left -= text.length - rest.length;
    return rest === '' ? [] : [{ text: rest, marked }];
  });
}
