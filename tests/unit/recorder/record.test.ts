/** What the recorder decides without running anything: its arguments, its verdicts, the snapshot it makes. */
import { describe, expect, it } from 'vitest';
import type { Cell } from '../../../src/protocol/cell.ts';
import type { OutputEvent } from '../../../src/protocol/event.ts';
import { parseFence } from '../../../src/chapters/fence.ts';
import { readArguments } from '../../../src/recorder/arguments.ts';
import { makeSnapshot } from '../../../src/recorder/make-snapshot.ts';
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

describe('a snapshot', () => {
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

  it('refuses what it does not know and what contradicts itself', () => {
    expect(readArguments(['--fast'])).toMatchObject({ fault: expect.stringContaining('--fast') as string });
    expect(readArguments(['--all'])).toMatchObject({ fault: expect.stringContaining('--check') as string });
    expect(readArguments(['--check', '--stale'])).toMatchObject({
      fault: expect.stringContaining('use one') as string,
    });
  });
});
