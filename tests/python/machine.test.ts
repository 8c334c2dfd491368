/** The machine made for tests: its runs can be repeated, and it finds what is broken on purpose. */
import { readdir } from 'node:fs/promises';
import { expect, it } from 'vitest';
import type { Ending } from './support/order.ts';
import { type Program, readProgram, readPrograms } from './support/programs.ts';
import { runSchedules } from './support/schedules.ts';

const locks = await readProgram('locks.py');
const queues = await readProgram('queues.py');
const preemption = await readProgram('preemption.py');

function run(program: Program, test: string, seeds: number, broken = ''): Promise<Ending> {
  const { filename, source } = program;
  return runSchedules({ filename, source: `${source}\n${broken}`, test, seeds, trace: true });
}

function failed(ending: Ending): Extract<Ending, { kind: 'failed' }> {
  if (ending.kind !== 'failed') throw new Error(`it ${ending.kind}`);
  return ending;
}

it('runs every program of this folder', async () => {
  const files = await readdir(new URL('.', import.meta.url));
  for (const { filename } of await readPrograms()) {
    expect(files).toContain(filename.replaceAll('_', '-').replace('.py', '.test.ts'));
  }
});

it('repeats every switch of every seed, and another seed gives other switches', async () => {
  const [first, second, shorter] = await Promise.all([
    run(locks, 'test_condition_bounded_buffer', 60),
    run(locks, 'test_condition_bounded_buffer', 60),
    run(locks, 'test_condition_bounded_buffer', 59),
  ]);
  if (first.kind !== 'passed' || shorter.kind !== 'passed') throw new Error('it does not pass');
  expect(second).toEqual(first);
  expect(first.trace.length).toBeGreaterThan(5);
  expect(shorter.trace).not.toEqual(first.trace);
  expect(first.orders).toBeGreaterThan(50);
});

/** Wakes the first of a queue, whether or not it still waits. */
const wasteful = `
from _os_kernel.sched.wait import WaitQueue
def wake_one(self):
    if self:
        wait = self.popleft()
        wait.wake()
        return wait
WaitQueue.wake_one = wake_one
`;

/** What is broken, in Python that is run after the program's own source. */
const mutants: readonly (readonly [string, Program, string, string])[] = [
  [
    'a lock that looks and takes in two steps',
    locks,
    'test_lock_lets_one_in',
    `
class Broken:
    def __init__(self):
        self._locked = False
    def locked(self):
        return self._locked
    def __enter__(self):
        while self.locked():
            time.sleep(0)
        self._locked = True
    def __exit__(self, *exc_info):
        self._locked = False
threading.Lock = Broken
`,
  ],
  [
    'a lock whose wake-up is spent on a thread that has given up',
    locks,
    'test_lock_with_timeouts_forgets_nobody',
    `
${wasteful}
from _os_kernel.threads import lock as file
file.lock._leave = lambda self, wait: self._waits.discard(wait)
`,
  ],
  [
    'a lock that is never handed over',
    locks,
    'test_lock_is_handed_to_who_has_waited_longest',
    `
from _os_kernel.threads import lock as file
file.FAIR_AFTER = 1e9
`,
  ],
  [
    'a queue that wakes a getter only for the first of its items',
    queues,
    'test_simple_queue_passes_each_item_once',
    `
from _os_kernel.threads import simplequeue as file
def put(self, item, block=True, timeout=None):
    self._items.append(item)
    if len(self._items) == 1:
        self._waits.wake_one()
file.SimpleQueue.put = put
`,
  ],
  [
    'slices that end inside the kernel',
    preemption,
    'test_kernel_is_whole_whenever_a_slice_ends',
    `
from _os_kernel import machine
machine.in_kernel = lambda: False
`,
  ],
];

/** The rarest of them shows in one seed of about 1500; which one it is changes with the kernel's code. */
const SEEDS_OF_A_MUTANT = 6000;

it.each(mutants)('finds %s, and finds it again', async (_what, program, test, broken) => {
  const found = await run(program, test, SEEDS_OF_A_MUTANT, broken);
  // A broken kernel is found by the test, or by a check of the machine's own, at which the interpreter ends.
  expect(['failed', 'died']).toContain(found.kind);
  const seeds = found.kind === 'failed' ? found.seed + 1 : SEEDS_OF_A_MUTANT;
  expect(await run(program, test, seeds, broken)).toEqual(found);
});

const odd = (test: string): Program => ({
  filename: 'odd.py',
  source: `import threading, time\n${test}`,
  tests: [],
});

it('stops a test that never ends', async () => {
  const ending = failed(await run(odd('def test_odd():\n    while True:\n        threading.Lock()'), 'test_odd', 1));
  expect(ending.traceback).toContain('KeyboardInterrupt');
});

it('says when a test waits for ever', async () => {
  const ending = failed(await run(odd('def test_odd():\n    threading.Semaphore(0).acquire()'), 'test_odd', 1));
  expect(ending.traceback).toContain('deadlock: no thread can ever run again');
  expect(ending.printed).toContain('MainThread waits at odd.py:3 for ');
});

it('says when a test leaves a thread behind', async () => {
  const source = 'def test_odd():\n    threading.Thread(target=time.sleep, args=(9,), name="late").start()';
  expect(failed(await run(odd(source), 'test_odd', 1)).traceback).toContain("threads still run: ['late']");
});
