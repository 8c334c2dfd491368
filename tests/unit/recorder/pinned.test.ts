/** A cell with schedule= is not recorded when its run has not followed that schedule. */
import { expect, it } from 'vitest';
import type { Cell } from '../../../src/protocol/cell.ts';
import type { OutputEvent } from '../../../src/protocol/event.ts';
import { judgeSchedule } from '../../../src/recorder/pinned.ts';
import type { RunEnd } from '../../../src/session/contract.ts';
import { scheduledRun } from '../../../src/session/scheduled.ts';

const schedule = 'gil-3.14.2-00000000-plain';
const cell: Cell = {
  id: 'race',
  source: 'print(1)',
  options: {
    ...{ mode: 'script', schedule, expectError: false, compare: { kind: 'exact' }, masks: [], clock: 1, timeout: 60 },
    ...{ packages: [], lineNumbers: false },
  },
};
const ok: RunEnd = { outcome: 'ok', duration: 0 };
const line: OutputEvent = { type: 'stdout', at: 0, text: '1\n' };

it('is judged by what the run says first', () => {
  const request = { mode: 'script', source: cell.source, filename: 'race.py', clock: 1, argv: [] } as const;
  const { events, run } = scheduledRun(
    { request, schedule, beside: {} },
    {
      ...{ kind: 'replayed', python: '3.14.2', failure: null, missed: [], names: [], rows: [], usual: null },
      ...{ stdout: '1\n', stderr: '', preemptions: 0, duration: 0, error: null, exit: null },
      printed: [{ stream: 'stdout', at: 0, text: '1\n' }],
    },
  );
  expect(run).toEqual(ok);
  expect(judgeSchedule(cell, events, run)).toMatchObject({
    outcome: 'fault',
    fault: { why: 'The schedule was made for other code: it is followed as far as it agrees.' },
  });
  expect(judgeSchedule(cell, [line], ok)).toBe(ok);
});
