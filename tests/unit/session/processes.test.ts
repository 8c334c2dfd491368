/** The session's processes: what each is told, and that whatever waits for one is settled when it dies. */
import { beforeEach, expect, it } from 'vitest';
import type { ToSandbox } from '../../../src/protocol/to-sandbox.ts';
import type { RunRequest } from '../../../src/protocol/run.ts';
import type { OnInput, RunEnd } from '../../../src/session/contract.ts';
import type { RunJob } from '../../../src/session/job.ts';
import { Processes } from '../../../src/session/processes.ts';
import { Prompts } from '../../../src/session/prompts.ts';
import { Questions } from '../../../src/session/questions.ts';

const cell = { mode: 'notebook', source: '1', filename: 'c.py', clock: 1, namespace: 'one' } as const;
const program = { mode: 'script', source: '1', filename: 'p.py', clock: 1, argv: [] } as const;
const fault = { kind: 'crashed', what: 'It died.', why: 'Why.', mend: 'Mend.' } as const;
const loss = { fault, stateLost: true };

let posted: ToSandbox[];
let processes: Processes;
let ends: RunEnd[];
beforeEach(() => {
  posted = [];
  ends = [];
  processes = new Processes((message) => posted.push(message));
});

function job(run: number, request: RunRequest, onInput: OnInput = () => Promise.resolve(null)): RunJob {
  const settle = (end: RunEnd): void => {
    ends.push(end);
  };
  return { kind: 'run', run, request, onEvents: () => undefined, onInput, settle, received: 0, stop: undefined };
}

const types = (): string[] => posted.map(({ type }) => type);

it('settles everything that waits for a process when it dies, once, and leaves the others alone', async () => {
  const dying = processes.start('notebook');
  const other = processes.start('script');
  dying.booted();
  other.booted();
  const questions = new Questions();
  const answer = questions.ask(dying, { kind: 'inspection', namespace: 'one', of: [['print']] });
  const { promise: withdrawn, resolve } = Promise.withResolvers<string>();
  const prompts = new Prompts();
  const asking = job(1, cell, (_, signal) => {
    signal.addEventListener('abort', () => {
      resolve('withdrawn');
    });
    return new Promise(() => undefined);
  });
  dying.give(asking);
  other.give(job(2, program));
  const request = { type: 'input.request', pid: dying.pid, run: 1, request: 7, prompt: '', secret: false } as const;
  prompts.ask(dying, request, dying.running(1));
  posted = [];

  processes.kill(dying, loss);
  processes.kill(dying, loss);
  expect(await answer).toBeUndefined();
  expect(await withdrawn).toBe('withdrawn');
  expect(ends).toEqual([{ outcome: 'fault', ...loss }]);
  expect(processes.get(dying.pid)).toBeUndefined();
  expect([dying.state, other.state]).toEqual(['dead', 'running']);
  expect(posted).toEqual([{ type: 'process.kill', pid: dying.pid }]);
});

it('settles a reset when its process dies, and a run that waits for its process to boot', async () => {
  const notebook = processes.start('notebook');
  notebook.booted();
  const { promise, resolve } = Promise.withResolvers<string>();
  notebook.give({
    kind: 'reset',
    namespace: 'one',
    settle: () => {
      resolve('over');
    },
  });
  const booting = processes.start('script');
  booting.give(job(1, program));
  processes.killAll({ fault, stateLost: false });
  expect(await promise).toBe('over');
  expect(ends).toEqual([{ outcome: 'fault', fault, stateLost: false }]);
});

it('does not settle again what came to its end', () => {
  const process = processes.start('notebook');
  process.booted();
  process.give(job(1, cell));
  process.finish();
  processes.kill(process, loss);
  expect(ends).toEqual([]);
});

it('begins a job when the process has booted, and then interrupts one that was stopped meanwhile', () => {
  const process = processes.start('script');
  const stopped = job(1, program);
  process.give(stopped);
  process.interrupt(stopped);
  expect(types()).toEqual(['process.start']);
  expect(process.running(1)).toBeUndefined();
  process.booted();
  expect(types()).toEqual(['process.start', 'cell.run', 'signal.send', 'process.ask']);
  expect(process.running(1)).toBe(stopped);
});

it('knows the last run of a notebook, which may have left a task that prints', () => {
  const process = processes.start('notebook');
  process.booted();
  const first = job(1, cell);
  process.give(first);
  process.finish();
  process.give(job(2, cell));
  expect(process.printing(1)).toBe(first);
  expect(process.running(1)).toBeUndefined();
  process.finish();
  expect(process.printing(1)).toBeUndefined();
});

it('believes an answer of the process that was asked, and of no other', async () => {
  const asked = processes.start('notebook');
  const other = processes.start('notebook');
  asked.booted();
  const questions = new Questions();
  const question = questions.ask(asked, { kind: 'inspection', namespace: 'one', of: [['print']] });
  const answer = { kind: 'inspection', found: null } as const;
  questions.answered(other, {
    type: 'editor.answered',
    pid: other.pid,
    request: 1,
    answer: { kind: 'completions', completions: [] },
  });
  questions.answered(asked, { type: 'editor.answered', pid: asked.pid, request: 1, answer });
  expect(await question).toEqual(answer);
});

it('sends no message to a process of a kind that does not take it', () => {
  const process = processes.start('script');
  process.booted();
  expect(() => {
    process.give(job(1, cell));
  }).toThrow('cell.run is not for a process of kind script');
});

it('lets what a cell has left behind print until that cell has run again, whatever else has run', () => {
  const cells = processes.start('notebook');
  cells.booted();
  const run = (number: number, filename: string): void => {
    cells.give(job(number, { ...cell, filename }));
    cells.finish();
  };
  run(1, 'a.py');
  run(2, 'b.py');
  expect([1, 2, 3].map((number) => cells.printing(number)?.run)).toEqual([1, 2, undefined]);
  run(3, 'a.py');
  expect([1, 2, 3].map((number) => cells.printing(number)?.run)).toEqual([undefined, 2, 3]);
});

it('gives a process each file once, and again when it is another; what is no longer among them is removed', () => {
  const process = processes.start('notebook');
  process.booted();
  const file = (path: string, content: number) => ({ path, content: Uint8Array.of(content) });
  const one = file('/one', 1);
  const puts = () => posted.filter((message) => message.type === 'files.put');
  const runWith = (...files: readonly ReturnType<typeof file>[]) => {
    posted = [];
    process.mount(files);
    process.give(job(1, cell));
    process.finish();
    return puts();
  };
  expect(runWith()).toEqual([]);
  const two = file('/two', 2);
  expect(runWith(one, two)).toEqual([{ type: 'files.put', pid: process.pid, files: [one, two], gone: [] }]);
  expect(types().at(-1)).toBe('cell.run');
  expect(runWith(one, two)).toEqual([]);
  const changed = file('/one', 3);
  expect(runWith(changed)).toEqual([{ type: 'files.put', pid: process.pid, files: [changed], gone: ['/two'] }]);
});
