import { describe, expect, test } from 'vitest';
import { flatten } from '../../src/island/render/block.ts';
import { headLines, hiddenNote, renderEvents, tailLines, Output } from '../../src/island/render/output.ts';
import { byPlace } from '../../src/island/render/place.ts';
import type { OutputEvent } from '../../src/protocol/event.ts';

const stdout = (text: string): OutputEvent => ({ type: 'stdout', at: 0, text });
const stderr = (text: string): OutputEvent => ({ type: 'stderr', at: 0, text });
const spansOf = (...texts: string[]) =>
  renderEvents(texts.map(stdout)).head.flatMap((block) => flatten([...block.lines, block.open]));
const textOf = (...texts: string[]): string =>
  spansOf(...texts)
    .map((span) => span.text)
    .join('');

describe('blocks', () => {
  test('merge adjacent events of one stream and keep the order of streams', () => {
    const { head } = renderEvents([stdout('a'), stdout('b\n'), stderr('c\n'), stdout('d')]);
    expect(head.map((block) => [block.kind, flatten(block.lines).map((span) => span.text)])).toEqual([
      ['stdout', ['ab\n']],
      ['stderr', ['c\n']],
      ['stdout', ['d']],
    ]);
  });

  test('show result, error and exit code as blocks of their own', () => {
    const { head } = renderEvents([
      { type: 'result', at: 0, text: '[1]' },
      { type: 'result', at: 0, text: '[2]' },
      { type: 'error', at: 0, name: 'KeyError', message: "'a'", traceback: '' },
      { type: 'exit', at: 0, code: 3 },
    ]);
    expect(head.map((block) => [block.kind, flatten(block.lines)[0]?.text])).toEqual([
      ['result', '[1]\n'],
      ['result', '[2]\n'],
      ['error', "KeyError: 'a'\n"],
      ['exit', 'Exit code 3\n'],
    ]);
  });
});

describe('control characters', () => {
  test('a carriage return starts the line over, as on a terminal', () => {
    expect(textOf('10 %\r20 %\r100 %\nok\r\n')).toBe('100 %\nok\n');
    expect(textOf('abcdef\rXY\n')).toBe('XYcdef\n');
    expect(textOf('abcdef\rXY\x1b[K\n')).toBe('XY\n');
    expect(textOf('abc\b\bX\n')).toBe('aXc\n');
  });

  test('colours become classes and survive a cut in the middle of a sequence', () => {
    const whole = spansOf('a\x1b[1;31mb\x1b[0mc\x1b[38;5;196md\x1b[38;2;0;0;200me\x1b[0m\n');
    expect(whole).toEqual([
      { text: 'a', className: '' },
      { text: 'b', className: 'ansi-bold ansi-fg-red' },
      { text: 'c', className: '' },
      { text: 'd', className: 'ansi-fg-red' },
      { text: 'e', className: 'ansi-fg-blue' },
      { text: '\n', className: '' },
    ]);
    expect(spansOf('a\x1b', '[1;3', '1mb\x1b[0mc\x1b[38;5;196', 'md\x1b[38;2;0;0;200me\x1b[0m\n')).toEqual(whole);
  });

  test('one style does not leak into text written before another was added', () => {
    expect(spansOf('\x1b[1mA\x1b[4mB\x1b[22mC')).toEqual([
      { text: 'A', className: 'ansi-bold' },
      { text: 'B', className: 'ansi-bold ansi-underline' },
      { text: 'C', className: 'ansi-underline' },
    ]);
  });

  test('concealed text is shown, titles and links are dropped, the rest is named', () => {
    expect(textOf('\x1b[8mhidden\x1b[0m')).toBe('hidden');
    expect(textOf('\x1b]0;title\x07a\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\')).toBe('alink');
    expect(textOf('\x00\x07\x7f\x0c\x1b')).toBe('␀␇␡␌␛');
    expect(spansOf('a\u202eb\u2066\u2028')).toEqual([
      { text: 'a', className: '' },
      { text: 'U+202E', className: 'ctl' },
      { text: 'b', className: '' },
      { text: 'U+2066U+2028', className: 'ctl' },
    ]);
  });

  test('a lone surrogate is replaced, a pair cut between two events is not', () => {
    expect(textOf('a\ud800b\udc00')).toBe('a\ufffdb\ufffd');
    expect(textOf('\ud83d', '\udc0d')).toBe('🐍');
    expect(textOf('x\ud83d')).toBe('x\ufffd');
  });
});

describe('bounds', () => {
  test('of many lines the first and the last are kept, and those between are counted', () => {
    const output = renderEvents([stdout(Array.from({ length: 100_000 }, (_, line) => `${line}\n`).join(''))]);
    const shown = [...output.head, ...output.tail].flatMap((block) => block.lines);
    expect(shown).toHaveLength(headLines + tailLines);
    expect(shown.at(0)?.[0]?.text).toBe('0');
    expect(shown.at(-1)?.[0]?.text).toBe('99999');
    expect(output.hidden).toBe(100_000 - headLines - tailLines);
    expect(hiddenNote(output)).toContain('98,900 more lines are not shown');
    expect(output.text.length).toBe(588_890);
  });

  test('a million characters in one line are cut and counted', () => {
    const spans = spansOf('x'.repeat(1_000_000));
    expect(spans[0]?.text.length).toBe(10_000);
    expect(spans[1]).toEqual({ text: ' … 990,000 more characters', className: 'cut' });
  });

  test('an error after too much output is shown whole', () => {
    const output = renderEvents([
      stdout('line\n'.repeat(5000)),
      { type: 'error', at: 1, name: 'E', message: 'm', traceback: 'Traceback\n  one\nE: m\n' },
    ]);
    expect(output.tail.at(-1)).toMatchObject({ kind: 'error' });
    expect(flatten(output.tail.at(-1)?.lines ?? [])[0]?.text).toBe('Traceback\n  one\nE: m\n');
  });

  test('a hint stands below the traceback', () => {
    const output = renderEvents([
      {
        type: 'error',
        at: 1,
        name: 'E',
        message: 'm',
        traceback: 'Traceback\n  one\nE: m\n',
        hint: 'Do this instead.',
      },
    ]);
    expect(flatten(output.head.at(-1)?.lines ?? []).map(({ text }) => text)).toEqual([
      'Traceback\n  one\nE: m\n[Do this instead.]\n',
    ]);
  });

  test('many styles and many switches of the stream stay bounded too', () => {
    const events = Array.from({ length: 50_000 }, (_, n) => (n % 2 ? stderr(`\x1b[3${n % 7}m${n}`) : stdout(`${n}`)));
    const output = renderEvents(events);
    expect(output.head.length + output.tail.length).toBeLessThanOrEqual(headLines + tailLines + 2);
    const rainbow = renderEvents([stdout(Array.from({ length: 300_000 }, (_, n) => `\x1b[3${n % 7}mx`).join(''))]);
    expect(flatten([...(rainbow.head[0]?.lines ?? [])]).length).toBeLessThanOrEqual(510);
  });

  test('a line that is written over and over keeps few styles and the right text', () => {
    const passes = Array.from({ length: 2000 }, (_, n) => `\r\x1b[3${n % 7}m${n % 10}`).join('');
    const line = Array.from({ length: 2000 }, (_, n) => `\x1b[3${n % 7}mx`).join('');
    const spans = spansOf(line + passes);
    expect(spans.map((span) => span.text).join('')).toBe(`9${'x'.repeat(1999)}`);
    expect(spans.length).toBeLessThanOrEqual(510);
  });

  test('switches of the stream that show nothing leave no block', () => {
    const colours = Array.from({ length: 50_000 }, (_, n) => (n % 2 ? stderr('\x1b[0m') : stdout('\x1b[1m')));
    expect(renderEvents(colours).head).toEqual([]);
    expect(renderEvents([stderr('50 %'), stderr('\r\x1b[K'), stdout('done\n')]).head.map(({ kind }) => kind)).toEqual([
      'stdout',
    ]);
  });

  test('an escape sequence without an end is shown instead of awaited', () => {
    const output = new Output();
    output.push([stdout(`\x1b[${'0'.repeat(100_000)}`)]);
    expect(output.head[0]?.open[0]).toEqual({ text: '␛', className: 'ctl' });
  });

  test('the open line is seen before it ends', () => {
    const output = new Output();
    output.push([stdout('1 of 3')]);
    expect(output.head[0]?.open).toEqual([{ text: '1 of 3', className: '' }]);
    output.push([stdout('\r2 of 3')]);
    expect(output.head[0]?.open).toEqual([{ text: '2 of 3', className: '' }]);
    output.push([stdout('\ndone')]);
    output.end();
    expect(output.head[0]?.lines).toHaveLength(2);
    expect(output.head[0]?.open).toEqual([]);
  });
});

describe('places of a traceback', () => {
  const spansOfError = (traceback: string) =>
    renderEvents([{ type: 'error', at: 0, name: 'E', message: '', traceback }]).head.flatMap(({ lines }) =>
      flatten(lines),
    );

  test('stand in spans of their own, coloured as they were, with file and line', () => {
    const spans = spansOfError('  File \x1b[35m"a.py"\x1b[0m, line \x1b[35m12\x1b[0m, in f\n  File "b", line 3\n');
    expect(spans.map(({ text, place }) => [text, place?.file, place?.line])).toEqual([
      ['  ', undefined, undefined],
      ['File ', 'a.py', 12],
      ['"a.py"', 'a.py', 12],
      [', line ', 'a.py', 12],
      ['12', 'a.py', 12],
      [', in f\n  ', undefined, undefined],
      ['File "b", line 3', 'b', 3],
      ['\n', undefined, undefined],
    ]);
    expect(byPlace(spans).filter(([place]) => place)).toHaveLength(2);
  });

  test('are files of the folder that programs stand in', () => {
    const spans = spansOfError('  File "/home/reader/drain.py", line 7, in <module>\n');
    expect(byPlace(spans).flatMap(([place]) => (place ? [place] : []))).toEqual([{ file: 'drain.py', line: 7 }]);
  });

  test('are no files of the library, no code without a file, and nothing that a program prints to stdout', () => {
    for (const file of ['/lib/a.py', '/home/reader/lib/a.py', '<string>', 'C:\\\\a.py']) {
      expect(spansOfError(`  File "${file}", line 1\n`).some(({ place }) => place)).toBe(false);
    }
    expect(spansOf('File "a.py", line 1\n').some(({ place }) => place)).toBe(false);
  });
});
