/** An excerpt begins where a sentence begins, and keeps its marks. */
import { expect, it } from 'vitest';
import { fromSentence, type Piece } from '../../../src/site/search/excerpt.ts';

/** Hits stand between stars. */
const pieces = (text: string): readonly Piece[] =>
  text
    .split('*')
    .map((piece, at) => ({ text: piece, marked: at % 2 === 1 }))
    .filter((piece) => piece.text !== '');
const shown = (found: string, whole: string): string =>
  fromSentence(pieces(found), whole)
    .map(({ text, marked }) => (marked ? `*${text}*` : text))
    .join('');

const whole = 'A lock is held once. Others wait, e.g. in acquire, until it is free. Then one of them takes it.';

it.each([
  [
    'in the middle of the sentence',
    'acquire, until it is *free*. Then one',
    'Others wait, e.g. in acquire, until it is *free*. Then one…',
  ],
  ['before the sentence of the hit', 'is held once. Others *wait*, e.g. in', 'Others *wait*, e.g. in…'],
  ['at a sentence', 'Then one of them *takes* it.', 'Then one of them *takes* it.'],
  ['at the start of the text', 'A *lock* is held', 'A *lock* is held…'],
  ['nowhere in the text', 'something *else*', 'something *else*'],
])('found %s', (_where, found, result) => {
  expect(shown(found, whole)).toBe(result);
});

it('keeps the beginning of a sentence that is very long', () => {
  const long = `Zero. One ${'word '.repeat(60)}that a *hit* ends`;
  expect(shown('that a *hit* ends', long.replaceAll('*', ''))).toBe(
    'One word word word word word … word word word word word word that a *hit* ends',
  );
});

it('takes code that begins a sentence for its beginning', () => {
  expect(shown('returns *None*.', 'It ends here. thread.join() waits and returns None.')).toBe(
    'thread.join() waits and returns *None*.',
  );
});
