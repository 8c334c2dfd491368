import { describe, expect, it } from 'vitest';
import { loosen, understand } from '../../../src/site/search/query.ts';
import { Vocabulary } from '../../../src/site/search/spelling.ts';

const words = new Vocabulary('daemon 4\nthread 9\ngenerator 8\npause 2\nequality 3\nequal 1');
const ask = (typed: string): string => understand(typed, words);

describe('a query', () => {
  it('keeps names whole', () => {
    expect(ask('concurrent.futures')).toBe('concurrent.futures');
    expect(ask('__main__')).toBe('__main__');
  });

  it('names operators, and leaves them out beside words that say more', () => {
    expect(ask('counter += 1')).toBe('counter 1');
    expect(ask('is vs ==')).toBe('identity equality');
  });

  it('leaves out the words of a question, not those of its subject', () => {
    expect(ask('how does a generator pause')).toBe('generator pause');
    expect(ask('what does a daemon thread do')).toBe('daemon thread');
    expect(ask('does')).toBe('does');
    expect(ask('for loop')).toBe('for loop');
  });

  it('mends each word', () => {
    expect(ask('deamon thraed')).toBe('daemon thread');
  });

  it('looks for a quoted phrase as it stands, straight or curly', () => {
    expect(ask('"object is not iterable"')).toBe('"object is not iterable"');
    expect(ask('“object is not iterable”')).toBe('"object is not iterable"');
  });

  it('is loosened word by word, those the course uses least first, down to one', () => {
    expect(loosen('generator zebra pause', words)).toBe('generator pause');
    expect(loosen('generator pause', words)).toBe('generator');
    expect(loosen('generator', words)).toBeUndefined();
  });

  it('gives up the quotes before it gives up words', () => {
    expect(loosen('"not iterable"', words)).toBe('not iterable');
  });
});
