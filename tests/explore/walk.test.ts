/** The way forward and back through a program, over interpreters in workers of Node. */
import { Worker } from 'node:worker_threads';
import { afterEach, expect, it } from 'vitest';
import { Walk } from '../../src/island/step/walk.ts';
import { explorerSources } from '../../src/kernel/virtual/explorer-sources.ts';
import { prepareVirtual } from '../../src/kernel/virtual/prepare.ts';
import type { SteppingTold } from '../../src/protocol/stepping.ts';
import type { SessionContract } from '../../src/session/contract.ts';

const prepared = { ...(await prepareVirtual()), sources: await explorerSources() };
let walk: Walk | undefined;
let changed = (): void => undefined;
/** Interpreters that were started, and how many of them live. */
let started = 0;
let living = 0;
afterEach(() => {
  walk?.end();
  started = 0;
});

const begin: SessionContract['step'] = (asked, onStep, signal) => {
  const worker = new Worker(new URL('step-worker.ts', import.meta.url), { workerData: { ...prepared, asked } });
  started += 1;
  living += 1;
  worker.on('message', (told: SteppingTold) => {
    onStep(told);
  });
  worker.on('exit', () => (living -= 1));
  signal.addEventListener('abort', () => void worker.terminate());
  return (commands) => {
    worker.postMessage(commands);
  };
};

function open(source: string, spare = false): Walk {
  const asked = { filename: 'program.py', source, before: [], argv: [], beside: {}, granularity: 'gil' } as const;
  walk = new Walk({
    begin,
    asked,
    spare,
    changed: () => {
      changed();
    },
  });
  return walk;
}

/** Waits until `is` holds of the walk. */
function until(is: () => boolean): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  changed = () => {
    if (is()) resolve(undefined);
  };
  changed();
  return promise;
}

const stands = (of: Walk) => until(() => of.phase.kind === 'stands');
const line = (of: Walk) => of.stands?.lanes[0]?.frames[0]?.line;

async function next(of: Walk): Promise<void> {
  of.go({ kind: 'go', lane: 0, until: 'line' });
  await stands(of);
}

it('shows at once what was seen a step before, and goes on from there when the interpreter has come to it', async () => {
  const steps = open('x = 1\nprint(x)\nx = 2\nprint(x)\n');
  await stands(steps);
  for (let step = 0; step < 3; step += 1) await next(steps);
  expect([line(steps), steps.steps, steps.output]).toEqual([4, 3, [{ stream: 'stdout', text: '1\n' }]]);
  steps.back();
  steps.back();
  // The second was told before the new interpreter stood before its first line: it is used for both.
  expect([line(steps), steps.steps, steps.output, steps.phase.kind, started]).toEqual([2, 1, [], 'goes', 2]);
  steps.go({ kind: 'go', lane: 0, until: 'line' });
  await until(() => steps.phase.kind === 'stands' && steps.steps === 2);
  expect([line(steps), steps.strayed, started]).toEqual([3, undefined, 2]);
});

it('ends a step that never does, and goes back to where it began', async () => {
  const steps = open('x = 1\nsum(range(10 ** 15))\n', true);
  await stands(steps);
  await next(steps);
  steps.go({ kind: 'go', lane: 0, until: 'line' });
  expect(steps.canGoBack).toBe(true);
  steps.back();
  await stands(steps);
  expect([line(steps), steps.steps]).toEqual([2, 1]);
});

it('tells in which step it took another way, and does not go on before that was seen', async () => {
  const steps = open('import os\nx = os.urandom(8)\nx = 0\ny = 1\n');
  await stands(steps);
  for (let step = 0; step < 3; step += 1) await next(steps);
  steps.back();
  steps.go({ kind: 'go', lane: 0, until: 'line' });
  await stands(steps);
  expect(steps.strayed).toMatchObject({ step: 2, what: expect.stringMatching(/^x is b'.*', and was b'/u) as string });
  expect([steps.steps, line(steps)]).toEqual([2, 3]);
});

it('begins anew, and leaves no interpreter behind', async () => {
  const steps = open('x = 1\ny = 2\n', true);
  await stands(steps);
  await next(steps);
  steps.restart();
  await stands(steps);
  expect([line(steps), steps.steps, steps.canGoBack]).toEqual([1, 0, false]);
  steps.end();
  await expect.poll(() => living, { timeout: 60_000 }).toBe(0);
});
