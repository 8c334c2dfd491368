/**
 * The seed's syllabus (T, M, B), headings (H) and notebook cells (C) in chapters 1 to 8: each id is in the frontmatter
 * of the chapters that the course map gives it, and shown at the places named here.
 */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readChapters } from '../../../src/chapters/read-chapters.ts';

/** Chapter, then seed id, then the section, cell or exercise that shows it. */
const SHOWN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'concurrency-vs-parallelism': {
    T: 'two-words',
    M1: 'first-answer',
    B1: 'eight-jobs-four-ways',
    C18: 'sequential-execution',
  },
  'iterators-and-generators': {
    H1: 'generator-object',
    C1: 'run-to-return',
    C2: 'call-builds-generator',
    C3: 'for-over-int',
    C4: 'wide-try',
    C5: 'bare-range',
    C6: 'list-iterator',
    C7: 'drain',
    C8: 'three-yields',
    C15: 'fib-print',
    C16: 'fib-list',
    C17: 'fib-gen',
  },
  'what-python-executes': {
    C9: 'co-code',
    C10: 'add-three-ways',
    C11: 'call-three-ways',
    C12: 'int-of-int',
    C13: 'two-literals',
    C14: 'ten-and-ten',
  },
  'generator-concurrency': { C19: 'foo-bar-generators', B1: 'when-generators', B7: 'coroutines-by-hand' },
  'threads-and-processes': {
    B2: 'process-vs-thread',
    H2: 'threading-models',
    B1: 'not-faster-with-threads',
    C21: 'foo-bar-threads',
  },
  'threading-thread': {
    B3: 'module-names',
    'B3.1': 'two-threads',
    'B3.2': 'module-map',
    'B3.3a': 'pass-arguments',
    C21: 'import-threading',
    C22: 'thread-help',
  },
  'threading-timers-daemons-helpers': { 'B3.3b': 'timer', 'B3.4': 'active-and-daemon', 'B3.5': 'helper-functions' },
  'shared-state-and-synchronization': { 'B3.1': 'lock-fixes', 'B3.5': 'lock-methods', B9: 'choose-tool' },
};

const { chapters } = readChapters(join(import.meta.dirname, '../../..'));
const written = new Map(chapters.map((chapter) => [chapter.slug, chapter]));

describe.each(Object.entries(SHOWN))('%s', (slug, shown) => {
  const chapter = written.get(slug);

  it('covers in its frontmatter what the map gives it, and nothing else', () => {
    expect([...(chapter?.frontmatter?.covers ?? [])].sort()).toEqual(Object.keys(shown).sort());
  });

  it.each(Object.entries(shown))('shows %s at %s', (_, place) => {
    expect([...(chapter?.anchors ?? [])]).toContain(place);
  });
});
