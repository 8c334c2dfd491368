/** What is said of a run: what was worth seeing, with names and lines, and nothing of what was not. */
import { expect, it } from 'vitest';
import { sentencesOf } from '../../../src/timeline/sentences.ts';
import { crowd, story, storyFrom } from './run.ts';

it('says of a real run who waited for whom, what failed, what nobody heard and who never gave way', () => {
  expect(sentencesOf(story)).toEqual([
    '6 threads in 0.1 s. One or another ran for 0.1 s. 26 switches.',
    'fail ended with ValueError.',
    'want waited 53 ms for the Lock `lock` that hold held at line 11.',
    'take waited 25 ms for an item of the Queue `items`, until MainThread woke it at line 41.',
    'MainThread sent a notify of the Condition `ready` that nobody waited for at line 35.',
    'spin never gave way for 80 ms and was preempted 9 times, while 5 other threads were ready.',
  ]);
});

it('says what waited to the end, and which notify it had missed', () => {
  const condition = { object: 4, name: 'ready' };
  const wait = { kind: 'notification', thing: 'a Lock', call: 'Condition.wait', ...condition } as const;
  const said = sentencesOf(
    storyFrom(
      ['MainThread', 'late'],
      [
        { what: 'runs', lane: 0, at: 0 },
        { what: 'unheard', lane: 0, at: 0.1, line: 3, ...condition },
        { what: 'started', lane: 1, at: 0.2, by: 0, line: 4 },
        { what: 'waits', lane: 0, at: 0.3, kind: 'join', thing: 'the end of late', line: 5 },
        { what: 'runs', lane: 1, at: 0.3 },
        { what: 'waits', lane: 1, at: 0.4, line: 9, ...wait },
        { what: 'ended', lane: 0, at: 0.5, failed: 'deadlock' },
      ],
    ),
  );
  expect(said).toContain('late still waited for a notify of the Condition `ready` when the run ended at line 9.');
  expect(said).toContain('MainThread ended with a deadlock.');
  expect(said).toContain(
    'MainThread sent a notify of the Condition `ready` that nobody waited for at line 3; late waited for one from 0.3 s later on.',
  );
});

it('says once of a lock that many waited for again and again how often and how long', () => {
  const said = sentencesOf(crowd(20, 2000));
  expect(said.filter((sentence) => sentence.includes('`lock`'))).toHaveLength(1 + 6);
  expect(said).toContain('So it was with 14 other threads.');
  expect(said).toContainEqual(
    expect.stringMatching(/^20 threads waited 1,980 times for the Lock `lock`, [\d.]+ s together\.$/),
  );
});

it('says that a thread was kept from the processor, and that the first events are lost', () => {
  const said = sentencesOf(
    storyFrom(
      ['one', 'two'],
      [
        { what: 'runs', lane: 0, at: 0 },
        { what: 'started', lane: 1, at: 0.1, by: 0 },
        { what: 'left', lane: 0, at: 0.9, why: 'gave way', line: 7 },
        { what: 'runs', lane: 1, at: 0.9 },
        { what: 'ended', lane: 1, at: 1 },
      ],
      1200,
    ),
  );
  expect(said[0]).toMatch(/ The first 1,200 events of the run were not kept\.$/);
  expect(said).toContain('two was ready for 0.8 s before it got the processor.');
  expect(said).toContain('one never gave way for 0.9 s and nothing preempted it, while two was ready.');
});

it('says of one thread that waited for nothing only how long it ran', () => {
  const events = [
    { what: 'runs', lane: 0, at: 0 },
    { what: 'ended', lane: 0, at: 2 },
  ] as const;
  expect(sentencesOf(storyFrom(['MainThread'], events))).toEqual(['1 thread in 2 s.']);
});
