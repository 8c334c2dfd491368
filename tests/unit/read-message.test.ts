/** What comes out of the sandbox is read as data from outside: exactly the protocol, within its limits, or nothing. */
import { expect, it } from 'vitest';
import { readMessage } from '../../src/session/read-message.ts';

const finished = { type: 'cell.finished', pid: 1, run: 2, duration: 0.5, outcome: 'ok' };
const output = (event: unknown) => ({ type: 'cell.output', pid: 1, run: 1, events: [event] });

it('gives a message of the protocol with its declared fields only', () => {
  expect(readMessage({ ...finished, html: '<b>' })).toEqual(finished);
  const event = { type: 'stdout', at: 0, text: 'a', style: 'color: red' };
  expect(readMessage(output(event))).toEqual(output({ type: 'stdout', at: 0, text: 'a' }));
});

const completion = { label: 'timeout=', kind: 'property', detail: '=None' };
const answered = (answer: unknown) => ({ type: 'editor.answered', pid: 1, request: 3, answer });
const found = { type: 'function', callable: true, parameters: [], returns: '', doc: '<img onerror=alert(1)>' };

it('reads the answers to an editor, with their declared fields only', () => {
  const completions = answered({ kind: 'completions', completions: [completion] });
  expect(
    readMessage({ ...answered({ kind: 'completions', completions: [completion], html: '<b>' }), more: 1 }),
  ).toEqual(completions);
  const inspection = answered({ kind: 'inspection', found });
  expect(readMessage(inspection)).toEqual(inspection);
  expect(readMessage(answered({ kind: 'inspection', found: null }))).toEqual(
    answered({ kind: 'inspection', found: null }),
  );
});

it('gives nothing for answers that no kernel of ours gives', () => {
  const none = [
    undefined,
    { kind: 'html', found },
    { kind: 'completions', completions: 'all' },
    { kind: 'completions', completions: Array.from({ length: 1001 }, () => completion) },
    { kind: 'completions', completions: [{ ...completion, kind: 'url' }] },
    { kind: 'completions', completions: [{ ...completion, label: 'x'.repeat(101) }] },
    { kind: 'inspection', found: { ...found, doc: 'x'.repeat(6000) } },
    { kind: 'inspection', found: { ...found, parameters: [{ text: 'a', name: 'a', kind: 'all' }] } },
  ];
  for (const answer of none)
    expect(readMessage(answered(answer)), JSON.stringify({ answer }).slice(0, 80)).toBeUndefined();
});

const check = { type: 'check', at: 0, check: 'test_a' };
const failure = { kind: 'unmet', source: 'f(1)', actual: '1', expected: '2' };

it('reads how a check went, with the declared fields of its state only', () => {
  for (const event of [
    { ...check, state: 'begun' },
    { ...check, state: 'passed' },
    { ...check, state: 'failed', failure },
    { ...check, state: 'failed', failure: { kind: 'exception', message: 'E: m', traceback: '' } },
    { ...check, state: 'failed', failure: { kind: 'deadlock', traceback: 'x'.repeat(10_000) } },
  ]) {
    expect(readMessage(output(event))).toEqual(output(event));
  }
  const passed = { ...check, state: 'passed' };
  expect(readMessage(output({ ...passed, failure, html: '<b>' }))).toEqual(output(passed));
  const told = { ...check, state: 'failed', failure: { ...failure, html: '<b>' } };
  expect(readMessage(output(told))).toEqual(output({ ...told, failure }));
});

it('gives nothing for a check that no kernel of ours tells of', () => {
  for (const event of [
    { ...check, state: 'solved' },
    { ...check, state: 'failed' },
    { ...check, state: 'failed', failure: { kind: 'html', source: '<b>' } },
    { ...check, state: 'failed', failure: { ...failure, actual: 1 } },
    { ...check, state: 'failed', failure: { ...failure, actual: 'x'.repeat(10_001) } },
    { ...check, state: 'begun', check: 'x'.repeat(201) },
    { ...check, state: 'begun', check: 1 },
  ]) {
    expect(readMessage(output(event)), JSON.stringify(event).slice(0, 80)).toBeUndefined();
  }
});

it('gives nothing for what is no message', () => {
  const none = [
    null,
    undefined,
    'text',
    7,
    [],
    {},
    { type: 'page.navigate' },
    { ...finished, pid: '1' },
    { ...finished, duration: Number.NaN },
    { ...finished, outcome: 'fine' },
    { type: 'process.failed', pid: 1, fault: { kind: 'bug', what: '', why: '', mend: '' } },
    { type: 'process.ready', pid: 1, python: 'x'.repeat(101), pyodide: '1', fibers: true },
    output({ type: 'html', at: 0, text: '<b>' }),
    output({ type: 'error', at: 0, name: 'E', message: 'm' }),
    { type: 'cell.output', pid: 1, run: 1, events: 'all' },
  ];
  for (const data of none) expect(readMessage(data), JSON.stringify(data)).toBeUndefined();
});

it('gives nothing for text or a number of events beyond what an honest kernel sends', () => {
  expect(readMessage(output({ type: 'stdout', at: 0, text: 'x'.repeat(6 << 20) }))).toBeUndefined();
  const event = { type: 'stdout', at: 0, text: '' };
  const many = { type: 'cell.output', pid: 1, run: 1, events: Array.from({ length: 60_000 }, () => event) };
  expect(readMessage(many)).toBeUndefined();
});

const waits = {
  what: 'waits',
  lane: 1,
  at: 0.5,
  kind: 'lock',
  thing: 'a Lock',
  name: 'lock',
  holder: 0,
  held: 4,
  line: 8,
};
const timeline = (event: unknown, lost = 0) => ({
  type: 'cell.timeline',
  pid: 1,
  run: 1,
  timeline: { lost, lanes: [{ lane: 1, name: 'waiter' }], events: [event] },
});

it('reads a timeline, with its declared fields only', () => {
  expect(readMessage(timeline({ ...waits, html: '<b>' }))).toEqual(timeline(waits));
  const none = [
    { ...waits, at: -1 },
    { ...waits, kind: 'gil' },
    { ...waits, what: 'flies' },
    { ...waits, name: 1 },
  ];
  for (const event of none) expect(readMessage(timeline(event))).toBeUndefined();
});

it('reads the files that a run wrote, within their bounds', () => {
  const told = (files: readonly unknown[], left: unknown = 0) => ({
    type: 'cell.files',
    pid: 1,
    run: 1,
    written: { files, left },
  });
  const file = { path: 'a.txt', size: 1, content: Uint8Array.of(7) };
  expect(
    readMessage(
      told(
        [
          { ...file, mode: 7 },
          { path: 'big', size: 9e9 },
        ],
        3,
      ),
    ),
  ).toEqual(told([file, { path: 'big', size: 9e9 }], 3));
  expect(readMessage(told([{ ...file, content: 'text' }]))).toBeUndefined();
  expect(readMessage(told([{ ...file, content: new Uint8Array((16 << 20) + 1) }]))).toBeUndefined();
  expect(readMessage(told(Array.from({ length: 101 }, () => file)))).toBeUndefined();
  expect(readMessage(told([file], '3'))).toBeUndefined();
});
