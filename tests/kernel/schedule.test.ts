/** A program that follows a schedule: the same order in each run, in the page's interpreter for searches, and what is told where it cannot. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mark } from '../../src/schedules/mark.ts';
import { writeName } from '../../src/schedules/schedule-name.ts';
import { openKernelPage, type KernelPage } from './page.ts';

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
});
afterAll(() => kernel[Symbol.asyncDispose]());

const source = `import sys
from threading import Thread
count = 0
def add():
    global count
    seen = count
    print("read", seen)
    count = seen + 1
threads = [Thread(target=add, name=name) for name in "AB"]
for t in threads: t.start()
for t in threads: t.join()
print("count is", count)
`;
const name = (of: string, schedule: string, python = '3.14.2') =>
  writeName({ granularity: 'gil', python, schedule, mark: mark({ source: of, before: [], beside: {} }) });
const follow = (text: string, schedule: string) => kernel.run(text, { mode: 'script', schedule });

it('gives the same order each time: the worst, and the plain one', async () => {
  for (let time = 0; time < 3; time += 1) {
    const worst = await follow(source, name(source, '1p2:2+2p1:2'));
    expect(worst).toMatchObject({ stdout: 'read 0\nread 0\ncount is 1\n', stderr: '', end: { outcome: 'ok' } });
  }
  const plain = await follow(source, name(source, 'plain'));
  expect(plain).toMatchObject({ stdout: 'read 0\nread 1\ncount is 2\n', stderr: '' });
});

it('ends as a program does: with an exception, an exit code, a deadlock', async () => {
  const raises = `${source}assert count == 2, count`;
  const failed = await follow(raises, name(raises, '1p2:2+2p1:2'));
  expect(failed.end).toMatchObject({ outcome: 'error' });
  expect(failed.events.at(-1)).toMatchObject({ type: 'error', name: 'AssertionError', message: '1' });
  expect(failed.traceback).toMatch(/^Traceback[\s\S]*line 13[\s\S]*AssertionError: 1\n$/);
  expect(failed.stderr).toBe('');

  const exits = `${source}sys.exit(3)`;
  const left = await follow(exits, name(exits, 'plain'));
  expect(left.end).toMatchObject({ outcome: 'exited' });
  expect(left.events.at(-1)).toMatchObject({ type: 'exit', code: 3 });

  const stuck = 'import threading\nlock = threading.Lock(); lock.acquire()\nlock.acquire()';
  const dead = await follow(stuck, name(stuck, 'plain'));
  expect(dead.end).toMatchObject({ outcome: 'fault', fault: { kind: 'deadlock' } });
});

it('says of other code, of another Python and of places that are not met that it follows as far as it agrees', async () => {
  const end = ': it is followed as far as it agrees.\n';
  const other = `${source}print("more")`;
  expect((await follow(other, name(source, '1p2:2+2p1:2'))).stderr).toBe(`The schedule was made for other code${end}`);
  expect((await follow(source, name(source, 'plain', '3.13.0'))).stderr).toBe(
    `The schedule was made for Python 3.13.0${end}`,
  );
  expect((await follow(source, name(source, '1p2:7'))).stderr).toBe(`The program does not go the schedule’s way${end}`);
});

it('says what it cannot run, and leaves the interpreter of the cells alone', async () => {
  await kernel.run('kept = 1');
  const asks = 'input()';
  const { end } = await follow(asks, name(asks, 'plain'));
  expect(end).toMatchObject({
    outcome: 'fault',
    stateLost: false,
    fault: { why: expect.stringMatching(/input/) as unknown },
  });
  expect((await kernel.run('kept')).results).toEqual(['1']);
});
