/** Time slices in the readers' kernel, where CPython counts events between two looks at the clock. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openKernelPage, type KernelPage } from './page.ts';

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
});
afterAll(() => kernel[Symbol.asyncDispose]());

/** A thread that counts its turns until the program is over. */
const counting = `
import threading, time
turns, over = 0, False

def other():
    global turns
    while not over:
        turns += 1
        time.sleep(0)

thread = threading.Thread(target=other)
thread.start()
`;

/** Turns that take longer than a time slice, after many that take nothing. */
const slowAfterFast = `${counting}
def slow():
    sum(range(400_000))

for _ in range(1_000_000):
    pass
`;

it('end after a slow turn, however many fast turns came before', async () => {
  const source = `${slowAfterFast}
seen = []
for _ in range(300):
    slow()
    seen.append(turns)
over = True
thread.join()
print(len(set(seen)) > 100)
`;
  const { stdout } = await kernel.run(source);
  expect(stdout).toBe('True\n');
});

it('come in the middle of one call of C that looks', async () => {
  const source = `${counting}
import re
time.sleep(0)
before = turns
re.match(r"(a+a+)+$", "a" * 22 + "b")
print(turns > before)
over = True
thread.join()
`;
  const { stdout } = await kernel.run(source);
  expect(stdout).toBe('True\n');
});

it('let threads that make text of numbers share a lock', async () => {
  const source = `
import sys, threading
sys.setswitchinterval(1e-6)
lock, total = threading.Lock(), 0

def add():
    global total
    for number in range(3000):
        with lock:
            total = int(str(total)) + 1

threads = [threading.Thread(target=add) for _ in range(3)]
for thread in threads: thread.start()
for thread in threads: thread.join()
sys.setswitchinterval(0.005)
print(total)
`;
  const { stdout } = await kernel.run(source);
  expect(stdout).toBe('9000\n');
});
