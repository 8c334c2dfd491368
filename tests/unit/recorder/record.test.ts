/** What the recorder decides without running anything: its arguments, its verdicts, the snapshot it makes. */
import { describe, expect, it } from 'vitest';
import type { Cell } from '../../../src/protocol/cell.ts';
import type { OutputEvent } from '../../../src/protocol/event.ts';
import { parseFence } from '../../../src/chapters/fence.ts';
import { snapshotText } from '../../../src/chapters/snapshots.ts';
import { asksForHelp, readArguments } from '../../../src/recorder/arguments.ts';
import { largeOutput } from '../../../src/recorder/large.ts';
import { makeSnapshot } from '../../../src/recorder/make-snapshot.ts';
import { unsteady } from '../../../src/recorder/steady.ts';
import { Typist } from '../../../src/recorder/typist.ts';
import { refusal } from '../../../src/recorder/verdict.ts';
import type { CellRun } from '../../../src/recorder/runner.ts';

function cell(meta = ''): Cell {
  const result = parseFence(`run id=a ${meta}`, '1', { file: 'f', line: 1 });
  if (!result.ok) throw new Error(result.faults.map(({ what }) => what).join('\n'));
  return result.cell;
}

const producer = { kind: 'browser', python: '3.14.2', pyodide: '314.0.7' } as const;
const run = (events: readonly OutputEvent[], end: CellRun['end'] = { outcome: 'ok', duration: 1 }): CellRun => ({
  events,
  end,
  producer,
});
const error: OutputEvent = { type: 'error', at: 0, name: 'E', message: 'm', traceback: 'Traceback …\nE: m\n' };

describe('a run is refused', () => {
  it('when it ends with an error that is not expected, with its traceback', () => {
    expect(refusal(cell(), run([error]))).toContain('Traceback …\nE: m');
    expect(refusal(cell('expect=error'), run([error]))).toBeUndefined();
    expect(refusal(cell('script'), run([{ type: 'exit', at: 0, code: 3 }]))).toContain('exit code not 0');
    expect(refusal(cell('script'), run([{ type: 'exit', at: 0, code: 0 }]))).toBeUndefined();
  });

  it('when the error that is expected does not come', () => {
    expect(refusal(cell('expect=error'), run([]))).toContain('It did not end with the error');
  });

  it('when it reads what its author did not give, or leaves a line unread', async () => {
    const end = { outcome: 'ok', duration: 1 } as const;
    const told = (typist: Typist) => refusal(cell(), run([], typist.judge(end)));
    const none = new Typist(undefined);
    expect(told(none)).toBeUndefined();
    expect(await none.answer()).toBeNull();
    expect(told(none)).toContain('The cell waits for input.');
    const two = new Typist(['a', 'b']);
    expect(await two.answer()).toBe('a\n');
    expect(told(two)).toContain('did not read the last line of its stdin=. Left is: b.');
    expect([await two.answer(), await two.answer()]).toEqual(['b\n', null]);
    expect(told(two)).toBeUndefined();
  });

  it('when it did not come to its end', () => {
    const fault = { kind: 'timeout', what: 'What.', why: 'Why.', mend: 'Mend.' } as const;
    expect(refusal(cell(), run([], { outcome: 'fault', fault, stateLost: true }))).toBe('What. Why. Mend.');
    expect(refusal(cell(), run([], { outcome: 'interrupted', duration: 1 }))).toBe('It was interrupted.');
  });

  it('when its own rule does not hold for it', () => {
    const printed = run([{ type: 'stdout', at: 0, text: 'b\n' }]);
    expect(refusal(cell('compare=shape shape="a"'), printed)).toContain('stdout does not match');
    expect(refusal(cell('compare=relation'), printed)).toContain('neither True nor False');
    expect(refusal(cell('compare=shape shape="b"'), printed)).toBeUndefined();
  });
});

describe('an error that comes from where the cell runs', () => {
  const failed = (traceback: string, hint?: string, meta = ''): string =>
    refusal(cell(meta), run([{ ...error, traceback, ...(hint === undefined ? {} : { hint }) }])) ?? '';
  const subprocess = 'Traceback …\n  File "/lib/python314.zip/subprocess.py", line 1\n';

  it.each([
    ["ModuleNotFoundError: No module named 'numpy'", 'The page has no “numpy”', 'native="it needs numpy"'],
    ["ModuleNotFoundError: No module named 'trio.testing'", 'in the package trio', 'packages=trio'],
    ['OSError: [Errno 38] a page in a browser cannot fork; …', 'It cannot fork', 'native="it forks"'],
    [
      `${subprocess}FileNotFoundError: [Errno 2] No such file or directory: 'ls'`,
      'processes of Python only',
      'native=',
    ],
    ['socket.gaierror: [Errno -3] Temporary failure in name resolution', '127.0.0.1', 'native="it needs the internet"'],
    ['OSError: [Errno 101] Network is unreachable', '127.0.0.1', 'native="it needs the internet"'],
  ])('is told with what can be had, and not as a lesson: %s', (traceback, had, option) => {
    const said = failed(traceback);
    expect(said).toContain(had);
    expect(said).toContain(option);
    expect(said).not.toContain('expect=error');
  });

  it('names what a module of the standard library lacks here', () => {
    const hint = 'curses is left out of the standard library here: it needs a terminal.';
    expect(failed("ModuleNotFoundError: No module named 'curses'", hint)).toContain(`${hint}\nTo show`);
  });

  it('is not made of an error of the program’s own, or of a native run', () => {
    expect(failed("FileNotFoundError: [Errno 2] No such file or directory: 'notes.txt'")).toContain('expect=error');
    expect(failed('ConnectionRefusedError: [Errno 111] Connection refused')).toContain('expect=error');
    expect(failed("ModuleNotFoundError: No module named 'numpy'", undefined, 'native="x"')).toContain('expect=error');
  });
});

describe('two runs of a cell', () => {
  const printed = (text: string): CellRun => run([{ type: 'stdout', at: 0, text }]);
  const told = (meta: string, one: string, other: string) => unsteady(cell(meta), printed(one), printed(other));

  it('agree by the rule that its author chose', () => {
    expect(told('', 'a\nb\n', 'a\nb\n')).toBeUndefined();
    expect(told('compare=unordered', 'a\nb\n', 'b\na\n')).toBeUndefined();
    expect(told('compare=recorded-only', 'a', 'b')).toBeUndefined();
  });

  it('tell what differs by exact, and which rules would hold', () => {
    expect(told('', 'a\nb\n', 'b\na\n')).toMatch(
      /differ by compare=exact:[^]*These hold for both runs: compare=actors, compare=unordered\./,
    );
    expect(told('', 'took 1.5 s\n', 'took 2.5 s\n')).toContain('These hold for both runs: mask=duration.');
    expect(told('', 'a\n', 'b\n')).toContain('None of the masks and orders makes them the same.');
    expect(told('compare=unordered', 'a\n', 'b\n')).toContain('Choose a rule that holds for every run');
  });
});

describe('a snapshot', () => {
  it('is told to be large by its bytes and by its lines, and not else', () => {
    const of = (text: string) =>
      largeOutput(makeSnapshot([cell()], cell(), run([{ type: 'stdout', at: 0, text }]), new Date()));
    expect(of('a\n'.repeat(300))).toBeUndefined();
    expect(of('a\n'.repeat(3_001))).toMatch(/large output \(\d+ KB, 3,001 lines\)/);
    expect(of('a'.repeat(100_000))).toContain('large output (100 KB, 0 lines)');
  });

  it('joins what came at one moment from one stream, and keeps the order of streams', () => {
    const text = (type: 'stdout' | 'stderr', at: number, text: string): OutputEvent => ({ type, at, text });
    const events = [
      text('stdout', 0.00012, 'a'),
      text('stdout', 0.002, 'b'),
      text('stderr', 0.003, 'w'),
      text('stdout', 0.0031, 'c'),
      text('stdout', 0.5, 'd'),
    ];
    const snapshot = makeSnapshot([cell()], cell(), run(events), new Date('2026-11-22T12:00:00.123Z'));
    expect(snapshot.events).toEqual([
      text('stdout', 0, 'ab'),
      text('stderr', 0.003, 'w'),
      text('stdout', 0.003, 'c'),
      text('stdout', 0.5, 'd'),
    ]);
    expect(snapshot.recorded).toBe('2026-11-22T12:00:00Z');
  });

  it('keeps what threads did to the microsecond, as one event a line', () => {
    const timeline = {
      lost: 0,
      lanes: [{ lane: 0, name: 'MainThread' }],
      events: [
        { what: 'runs', lane: 0, at: 0.00000149 },
        { what: 'ended', lane: 0, at: 0.1 },
      ],
    } as const;
    const end = { outcome: 'ok', duration: 1, timeline } as const;
    const snapshot = makeSnapshot([cell('timeline')], cell('timeline'), run([], end), new Date());
    expect(snapshot.timeline?.events[0]).toEqual({ what: 'runs', lane: 0, at: 0.000001 });
    const text = snapshotText(snapshot);
    expect(text).toContain('\n      {"what":"ended","lane":0,"at":0.1}\n    ]\n  }\n}\n');
    expect(JSON.parse(text)).toEqual(snapshot);
  });
});

describe('the command line', () => {
  it('takes chapters and cells by folder, slug or path', () => {
    expect(readArguments(['content/02-x/', 'x/a', '--stale'])).toEqual({
      targets: ['02-x', 'x/a'],
      check: false,
      all: false,
      stale: true,
      native: false,
      reference: false,
    });
  });

  it('tells how it is used when asked', () => {
    expect([['--help'], ['02-x', '-h'], ['02-x']].map(asksForHelp)).toEqual([true, true, false]);
  });

  it('refuses what it does not know and what contradicts itself', () => {
    expect(readArguments(['--fast'])).toMatchObject({ fault: expect.stringContaining('--fast') as string });
    expect(readArguments(['--all'])).toMatchObject({ fault: expect.stringContaining('--check') as string });
    expect(readArguments(['--check', '--stale'])).toMatchObject({
      fault: expect.stringContaining('use one') as string,
    });
  });
});
