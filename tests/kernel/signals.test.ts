/** Signals and timers as CPython on Linux has them, where its own tests do not look. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKernelPage, type KernelPage } from './page.ts';

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
});
afterAll(() => kernel[Symbol.asyncDispose]());

const lines = (...source: readonly string[]): string => source.join('\n');

describe('the default action of a signal', () => {
  const terminated = 'import os, signal\nname = 1\nprint("before")\n';

  it.each([
    ['raise_signal', 'signal.raise_signal(signal.SIGTERM)'],
    ['kill', 'os.kill(os.getpid(), signal.SIGTERM)'],
  ])('ends the interpreter of the cells, says so, and the next run has a new one (%s)', async (_, call) => {
    const { stdout, end } = await kernel.run(terminated + call);
    expect(stdout).toBe('before\n');
    expect(end).toMatchObject({
      outcome: 'fault',
      stateLost: true,
      fault: { what: 'The Python interpreter was ended by SIGTERM.' },
    });
    expect((await kernel.run('print("name" in globals())')).stdout).toBe('False\n');
  });

  it('ends a program with the exit code that a shell shows', async () => {
    const { events } = await kernel.run(`${terminated}signal.raise_signal(signal.SIGTERM)`, { mode: 'script' });
    expect(events.at(-1)).toMatchObject({ type: 'exit', code: 143 });
  });

  it('is nothing for SIGCHLD', async () => {
    const { stdout } = await kernel.run('import signal\nsignal.raise_signal(signal.SIGCHLD)\nprint("on")');
    expect(stdout).toBe('on\n');
  });
});

describe('a timer that was cancelled', () => {
  it.each([
    ['alarm', 'signal.alarm(3600)', 'signal.alarm(0)'],
    ['setitimer', 'signal.setitimer(signal.ITIMER_REAL, 3600, 1)', 'signal.setitimer(signal.ITIMER_REAL, 0)'],
    ['a lock with a timeout', 't = threading.Timer(3600, print); t.start(); t.cancel(); t.join()', 'pass'],
  ])('is forgotten: %s, 2,000 times', async (_, set, cancel) => {
    const { stdout, traceback } = await kernel.run(
      lines(
        'import signal, threading',
        'from _os_kernel.sched import timers',
        'before = len(timers.entries)',
        `for _ in range(2000): ${set}`,
        'print(len(timers.entries) - before <= 1)',
        cancel,
        'print(len(timers.entries) - before)',
      ),
      { mode: 'script' },
    );
    expect({ stdout, traceback }).toEqual({ stdout: 'True\n0\n', traceback: '' });
  });
});

describe('the current fiber of the main thread', () => {
  /** Runs `job` in a second fiber of the main thread, as a greenlet would, and then goes on in the first. */
  const branch = (...job: readonly string[]): string =>
    lines(
      'import signal, threading, time',
      'from _os_kernel.sched import fiber',
      'from _os_kernel.threads import thread',
      'first = fiber.cpu.current',
      'def job():',
      ...job.map((line) => `    ${line}`),
      '    fiber.continue_in(first)',
      'second = fiber.branch(thread.main, job)',
      'fiber.hand_over(second)',
      'print("back in the first:", fiber.cpu.current is first is thread.main.fiber)',
    );

  it('is the one that was handed over to', async () => {
    const { stdout, traceback } = await kernel.run(
      branch(
        'print("in the second:", fiber.cpu.current is second is thread.main.fiber, thread.current() is thread.main)',
      ),
      { mode: 'script' },
    );
    expect({ stdout, traceback }).toEqual({
      stdout: 'in the second: True True\nback in the first: True\n',
      traceback: '',
    });
  });

  it('is woken by a signal, runs its handler, and is preempted', async () => {
    const { stdout, traceback } = await kernel.run(
      branch(
        'signal.signal(signal.SIGALRM, lambda *_: print("handled in the second:", fiber.cpu.current is second))',
        'signal.setitimer(signal.ITIMER_REAL, 0.02)',
        'signal.pause()',
        'turns = []',
        'other = threading.Thread(target=lambda: turns.append(1))',
        'other.start()',
        'while not turns: pass',
        'other.join()',
        'print("preempted")',
      ),
      { mode: 'script' },
    );
    expect({ stdout, traceback }).toEqual({
      stdout: 'handled in the second: True\npreempted\nback in the first: True\n',
      traceback: '',
    });
  });

  it('is the one whose wait a deadlock report tells', async () => {
    const { stderr } = await kernel.run(
      branch('lock = threading.Lock()', 'lock.acquire()', 'try: lock.acquire()', 'except KeyboardInterrupt: pass'),
      { mode: 'script' },
    );
    expect(stderr).toBe(
      lines(
        'Deadlock: every thread waits, and nothing can wake one.',
        '  MainThread waits at /home/reader/cell.py:8 for a Lock that it holds itself',
        '',
      ),
    );
  });
});
