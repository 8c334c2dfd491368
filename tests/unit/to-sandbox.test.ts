/** What the frame takes: exactly the messages of the protocol, within their limits. */
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { toSandboxSchema } from '../../src/protocol/to-sandbox.ts';

const read = (message: unknown): unknown => {
  const result = v.safeParse(toSandboxSchema, message);
  return result.success ? result.output : undefined;
};

const cell = { mode: 'notebook', source: 'x', filename: 'a.py', clock: 1, namespace: 'one' };
const program = { mode: 'script', source: 'x', filename: 'a.py', clock: 10, argv: ['a'] };
const run = (request: unknown) => ({ type: 'cell.run', pid: 1, run: 1, request });

it('takes runs of both kinds with all that they may carry, and drops fields that nobody declared', () => {
  const net = { latency: 0.05, loss: 0.1, seed: 1 };
  const checks = { source: 'def test_a(): pass', names: ['test_a'], stopAtFailure: true };
  for (const request of [
    cell,
    { ...cell, net, labels: true, input: 'pipe' },
    program,
    { ...program, checks, packages: ['trio'], timeline: true, files: true },
  ]) {
    expect(read(run(request))).toEqual(run(request));
    expect(read({ ...run({ ...request, more: 1 }), html: '' })).toEqual(run(request));
  }
});

it('takes bytes as they were transferred', () => {
  const content = new ArrayBuffer(8);
  const load = { type: 'sandbox.load', asset: { name: 'wasm', content } };
  expect((read(load) as typeof load).asset.content).toBe(content);
  const data = new Uint8Array(3);
  const send = { type: 'network.send', pid: 1, connection: 1, data, last: false };
  expect((read(send) as typeof send).data).toBe(data);
});

it('takes nothing else', () => {
  const none = [
    undefined,
    { type: 'sandbox.eval', source: '1' },
    { type: 'sandbox.load', asset: { name: 'wasm', content: 'text' } },
    { type: 'process.start', pid: '1', kind: 'notebook' },
    { type: 'process.start', pid: 1, kind: 'shell' },
    run({ ...cell, clock: 0 }),
    run({ ...cell, mode: 'script' }),
    run({ ...program, net: { latency: 'fast' } }),
    { type: 'network.connect', pid: 1, connection: 1, host: '127.0.0.1', port: 70_000 },
    { type: 'signal.send', pid: 1, signal: 'SIGKILL' },
  ];
  for (const message of none) expect(read(message), JSON.stringify(message)).toBeUndefined();
});
