/** What a native run tells becomes events that count from its start. */
import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/recorder/native/collect.ts';
import { readMessage } from '../../../src/recorder/native/messages.ts';
import type { RunnerMessage } from '../../../src/recorder/native/messages.ts';

const producer = { type: 'producer', python: '3.14.2', platform: 'Linux x86_64', cores: 4 } as const;
const end = { type: 'end', time: 11, code: 0, timedOut: false } as const;
const report = (time: number, what: Extract<RunnerMessage, { type: 'report' }>['report']) =>
  ({ type: 'report', time, report: what }) as const;

describe('a native run', () => {
  it('leaves out what came before its start, and counts from there', () => {
    const run = collect(
      [
        producer,
        { type: 'stdout', time: 9, text: 'an earlier cell\n' },
        report(10, { type: 'start' }),
        { type: 'stdout', time: 10.5, text: 'a\n' },
        report(10.75, { type: 'result', text: '1' }),
        report(10.8, { type: 'finished' }),
        end,
      ],
      { script: false, timeoutSeconds: 1 },
    );
    expect(run.events).toEqual([
      { type: 'stdout', at: 0.5, text: 'a\n' },
      { type: 'result', at: 0.75, text: '1' },
    ]);
    expect(run.end).toEqual({ outcome: 'ok', duration: 10.8 - 10 });
    expect(run.producer).toEqual({ kind: 'native', python: '3.14.2', platform: 'Linux x86_64', cores: 4 });
  });

  it('has an exit code when it is a script', () => {
    const run = collect([producer, report(10, { type: 'start' }), { ...end, code: 3 }], {
      script: true,
      timeoutSeconds: 1,
    });
    expect(run.events).toEqual([{ type: 'exit', at: 1, code: 3 }]);
  });

  it('ends with a fault at its timeout, never with a result', () => {
    const run = collect([producer, report(10, { type: 'start' }), { ...end, timedOut: true }], {
      script: true,
      timeoutSeconds: 1,
    });
    expect(run.end).toMatchObject({ outcome: 'fault', fault: { kind: 'timeout' } });
  });

  it('is no run when the interpreter broke', () => {
    expect(() => collect([producer], { script: true, timeoutSeconds: 1 })).toThrow('ended before the program did');
    expect(() => collect([end], { script: true, timeoutSeconds: 1 })).toThrow('did not say what it is');
  });

  it('reads nothing but the messages it knows', () => {
    expect(() => readMessage('{"type":"stdout","text":"no time"}')).toThrow();
    expect(() => readMessage('Segmentation fault')).toThrow();
  });
});
