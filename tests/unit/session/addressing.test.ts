/** Who may talk to whom: what a process of each kind is told and may say. */
import { expect, it } from 'vitest';
import { mayReceive, maySend } from '../../../src/protocol/addressing.ts';

const program = { mode: 'script', source: '', filename: 'p.py', clock: 1, argv: [] } as const;
const cell = { mode: 'notebook', source: '', filename: 'c.py', clock: 1, namespace: 'one' } as const;

it('lets a process run what is of its own kind only', () => {
  expect(mayReceive('script', { type: 'cell.run', run: 1, request: program })).toBe(true);
  expect(mayReceive('script', { type: 'cell.run', run: 1, request: cell })).toBe(false);
  expect(mayReceive('notebook', { type: 'cell.run', run: 1, request: cell })).toBe(true);
  expect(mayReceive('notebook', { type: 'cell.run', run: 1, request: program })).toBe(false);
});

it('leaves namespaces and editors to the notebook', () => {
  const reset = { type: 'namespace.reset', namespace: 'one' } as const;
  expect([mayReceive('notebook', reset), mayReceive('script', reset)]).toEqual([true, false]);
  for (const type of ['editor.answered', 'namespace.cleared']) {
    expect([maySend('notebook', type), maySend('script', type)], type).toEqual([true, false]);
  }
  for (const type of ['cell.output', 'cell.timeline', 'cell.files']) {
    expect([maySend('notebook', type), maySend('script', type)], type).toEqual([true, true]);
  }
});

it('brings packages to processes of both kinds', () => {
  const reply = { type: 'packages.reply', request: 1, archives: [] } as const;
  expect([mayReceive('notebook', reply), mayReceive('script', reply)]).toEqual([true, true]);
  expect([maySend('notebook', 'packages.request'), maySend('script', 'packages.request')]).toEqual([true, true]);
});

it('lets no process speak as the frame or as the session, or in words that are none', () => {
  for (const type of ['sandbox.ready', 'sandbox.failed', 'process.start', 'cell.run', 'toString', '__proto__', '']) {
    expect(maySend('notebook', type), type).toBe(false);
  }
});
