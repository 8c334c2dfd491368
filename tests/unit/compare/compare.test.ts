/** Each comparator accepts what may vary and refuses what may not, with a difference that can be read. */
import { describe, expect, it } from 'vitest';
import type { CompareRule, Mask } from '../../../src/protocol/cell.ts';
import type { OutputEvent } from '../../../src/protocol/event.ts';
import { compareRuns } from '../../../src/compare/compare.ts';

type Part = string | { readonly [K in 'stdout' | 'stderr' | 'result' | 'error' | 'exit']?: string };

function run(part: Part, duration = 1) {
  const events: OutputEvent[] = [];
  for (const [type, text] of Object.entries(typeof part === 'string' ? { stdout: part } : part)) {
    if (type === 'stdout' || type === 'stderr' || type === 'result') events.push({ type, at: 0, text });
    if (type === 'exit') events.push({ type, at: 0, code: Number(text) });
    if (type === 'error') {
      const [name = '', message = ''] = text.split(': ');
      events.push({ type, at: 0, name, message, traceback: String(Math.random()) });
    }
  }
  return { events, duration };
}

function difference(
  rule: CompareRule | CompareRule['kind'],
  recorded: Part,
  now: Part,
  masks: readonly Mask[] = ['address'],
) {
  const compare = (typeof rule === 'string' ? { kind: rule } : rule) as CompareRule;
  return compareRuns({ compare, masks }, run(recorded), run(now));
}

describe('exact', () => {
  it('accepts the same text in other chunks and another traceback', () => {
    const once = run({ stdout: 'a\nb\n', error: 'TypeError: no' });
    const twice = {
      ...once,
      events: [...run('a\n').events, ...run('b\n').events, ...run({ error: 'TypeError: no' }).events],
    };
    expect(compareRuns({ compare: { kind: 'exact' }, masks: [] }, once, twice)).toBeUndefined();
  });

  it.each<[string, Part, Part]>([
    ['another line', 'a\nb\n', 'a\nc\n'],
    ['no newline at the end', 'a\n', 'a'],
    ['a space at the end', 'a\n', 'a \n'],
    ['another stream', { stdout: 'a' }, { stderr: 'a' }],
    ['a result that was printed', { stdout: '1' }, { result: '1' }],
    ['another type of error', { error: 'TypeError: x' }, { error: 'ValueError: x' }],
    ['another message', { error: 'TypeError: x' }, { error: 'TypeError: y' }],
    ['no error', { error: 'TypeError: x' }, {}],
    ['another exit code', { exit: '0' }, { exit: '1' }],
  ])('refuses %s', (_name, recorded, now) => {
    expect(difference('exact', recorded, now)).toContain('differs (- recorded, + now)');
  });

  it('shows the lines around a difference, with what a terminal would hide', () => {
    const before = '1\n2\n3\n4\n5\n6 \n7\n8\n9\n10\n';
    expect(difference('exact', before, before.replace('6 ', '\u001b6'))).toBe(
      ['stdout differs (- recorded, + now):', '  …', '  4', '  5', '- 6·', '+ \\x1b6', '  7', '  8', '  …'].join('\n'),
    );
  });

  it('tells the first difference of very long outputs', () => {
    const long = Array.from({ length: 100_000 }, (_, index) => `${index}\n`).join('');
    expect(difference('exact', long, long.replace('\n77777\n', '\nx\n'))).toContain('@ line 77778\n- 77777\n+ x');
  });
});

describe('error', () => {
  it('compares type and message only', () => {
    expect(difference('error', { stdout: 'a', error: 'E: m' }, { stdout: 'b', error: 'E: m' })).toBeUndefined();
    expect(difference('error', { error: 'E: m' }, { error: 'E: n' })).toContain('- E: m');
    expect(difference('error', { error: 'E: m' }, { stdout: 'E: m' })).toContain('error differs');
  });
});

describe('actors', () => {
  it('accepts another interleaving', () => {
    expect(difference('actors', 'foo 0\nbar 0\nfoo 1\nbar 1\n', 'foo 0\nfoo 1\nbar 0\nbar 1\n')).toBeUndefined();
    expect(difference('actors', '[a] 1\nb: 1\n', 'b: 1\n[a] 1\n')).toBeUndefined();
  });

  it('refuses another order within an actor, a lost line and a new actor', () => {
    expect(difference('actors', 'foo 0\nfoo 1\n', 'foo 1\nfoo 0\n')).toContain('stdout of “foo” differs');
    expect(difference('actors', 'foo 0\nbar 0\n', 'foo 0\n')).toContain('stdout of “bar” differs');
    expect(difference('actors', 'foo 0\n', 'foo 0\nbaz 0\n')).toContain('stdout of “baz” differs');
    expect(difference('actors', { stdout: 'a', result: '1' }, { stdout: 'a', result: '2' })).toContain(
      'result differs',
    );
  });
});

describe('unordered', () => {
  it('accepts any order and refuses another multiset', () => {
    expect(difference('unordered', 'a\nb\na\n', 'a\na\nb\n')).toBeUndefined();
    expect(difference('unordered', 'a\nb\na\n', 'a\nb\nb\n')).toContain('stdout, sorted, differs');
    expect(difference('unordered', { stderr: 'x\ny\n' }, { stderr: 'y\n' })).toContain('stderr, sorted, differs');
  });
});

describe('relation', () => {
  it('compares the row of True and False and nothing around it', () => {
    expect(difference('relation', 'id 1 == 2: False\nTrue\n', 'id 8 == 9: False\nTrue\n')).toBeUndefined();
    expect(difference('relation', 'True False', 'False True')).toContain('the row of True and False differs');
    expect(difference('relation', { result: 'True' }, { result: 'False' })).toContain('- True');
    expect(difference('relation', 'True', { stdout: 'True', error: 'E: x' })).toContain('error differs');
  });

  it('refuses a recording with nothing to compare', () => {
    expect(difference('relation', '1', '1')).toContain('neither True nor False');
  });
});

describe('band', () => {
  const rule = { kind: 'band', low: 0.5, high: 2 } as const;
  const compare = (before: number, now: number, text = 'a') =>
    compareRuns({ compare: rule, masks: [] }, run('a', before), run(text, now));

  it('accepts a duration within its limits and refuses one outside', () => {
    expect(compare(1, 1.9)).toBeUndefined();
    expect(compare(1, 0.5)).toBeUndefined();
    expect(compare(1, 2.1)).toBe('duration 2.10 s is 2.10 times the recorded 1.00 s, outside 0.5..2');
    expect(compare(1, 0.4)).toContain('outside 0.5..2');
    expect(compare(0, 1)).toContain('took no time');
  });

  it('still compares the text', () => {
    expect(compare(1, 1, 'b')).toContain('stdout differs');
  });
});

describe('shape', () => {
  const rule = { kind: 'shape', pattern: 'took 0x[0-9a-f]+\n(?:\\d+ )+' } as const;

  it('matches the whole output, unmasked', () => {
    expect(difference(rule, 'took 0xabcdef\n1 2 ', 'took 0x1234567\n5 \n')).toBeUndefined();
    expect(difference(rule, 'took 0xab\n1 ', 'took 0xab\n1 x')).toContain('stdout does not match shape=');
    expect(difference(rule, 'took 0xab\n1 ', 'first\ntook 0xab\n1 ')).toContain('stdout does not match');
    expect(difference(rule, 'took 0xab\n1 ', { stdout: 'took 0xab\n1 ', stderr: 'w' })).toContain('stderr differs');
  });
});

describe('recorded-only', () => {
  it('compares nothing', () => {
    expect(difference('recorded-only', 'a', { error: 'E: x' })).toBeUndefined();
  });
});

describe('a mask', () => {
  it('hides addresses of any width and leaves small numbers', () => {
    const repr = (address: string): string => `<generator object f at ${address}>\n`;
    expect(difference('exact', repr('0x7f0012abcdef'), repr('0xa1b2c3'))).toBeUndefined();
    expect(difference('exact', repr('0x000001F2AABBCCDD'), repr('0x12345'))).toBeUndefined();
    expect(difference('exact', '0xff', '0xfe')).toContain('stdout differs');
  });

  it('relabels ids by first appearance, so that equal and different are still told apart', () => {
    const masks = ['address', 'id'] as const;
    expect(difference('exact', '140001 140001 140002', '93000000 93000000 12345678', masks)).toBeUndefined();
    expect(difference('exact', '140001 140001', '93000000 93000001', masks)).toContain('- id#1 id#1');
    expect(difference('exact', '6765 1.1234567', '6766 1.1234567', masks)).toContain('stdout differs');
    expect(difference('exact', '1.1234567', '1.1234568', masks)).toContain('stdout differs');
    expect(difference('exact', '140001', '140002')).toContain('stdout differs');
  });

  it('relabels the counters of default names', () => {
    const masks = ['counter'] as const;
    expect(difference('exact', 'Thread-3 (w) Task-7 Task-8', 'Thread-9 (w) Task-1 Task-5', masks)).toBeUndefined();
    expect(
      difference('exact', 'ThreadPoolExecutor-0_0 Process-1:2', 'ThreadPoolExecutor-4_1 Process-3:7', masks),
    ).toBeUndefined();
    expect(difference('exact', 'Task-7 Task-7', 'Task-7 Task-8', masks)).toContain('+ Task-#1 Task-#2');
    expect(difference('exact', 'Thread-3', 'Task-3', masks)).toContain('stdout differs');
    expect(difference('exact', 'Thread-3', 'Thread-4')).toContain('stdout differs');
  });

  it('hides durations with a unit and no other number', () => {
    const masks = ['duration'] as const;
    expect(difference('exact', 'took 0.12 s, 15 ms', 'took 1.5 s, 9 ms', masks)).toBeUndefined();
    expect(difference('exact', '20 items', '21 items', masks)).toContain('stdout differs');
    expect(difference('exact', '1 s', '1 ms', masks)).toContain('stdout differs');
  });
});
