/** `npm run python -- --explore FILE` and `--schedule NAME FILE`: what they print, and their exit codes. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';

const project = join(import.meta.dirname, '../..');
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'explore-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function python(source: string, ...words: string[]) {
  const file = join(folder, 'program.py');
  writeFileSync(file, source);
  const child = spawn(process.execPath, ['src/recorder/python.ts', ...words, file], { cwd: project });
  const streams = Promise.all([text(child.stdout), text(child.stderr)]);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr] = await streams;
  return { code, stdout, stderr };
}

const threads = `
threads = [threading.Thread(target=work, name=f"worker-{n}") for n in (1, 2)]
for each in threads: each.start()
for each in threads: each.join()
`;
/** `count += 1` is one step under the lock of the interpreter, and three instructions without it. */
const lost = `import threading
count = 0
def work():
    global count
    count += 1
${threads}
assert count == 2, count
`;
const safe = lost
  .replace('    count += 1', '    with lock: count += 1')
  .replace('count = 0', 'count, lock = 0, threading.Lock()');

it('finds a lost update between two instructions, and not where CPython with its lock may switch', async () => {
  const held = await python(lost, '--explore', '--granularity', 'gil', '--runs', '1200', '--seconds', '300');
  expect(held).toMatchObject({ code: 0, stderr: '' });
  expect(held.stdout).toMatch(/no schedule failed\. All [\d,]+ schedules with at most \d preemptions? hold\./u);

  const { code, stdout } = await python(lost, '--explore', '--granularity', 'instruction');
  expect(code).toBe(1);
  expect(stdout).toMatch(/program\.py fails: AssertionError: 1, in MainThread\. 1 preemption\./u);
  // Also a thread that had not begun when another gave way to it has its name.
  expect(stdout).not.toContain('thread 0x');
  // The table shows both threads at the line, and where one lost the processor.
  expect(stdout).toMatch(/worker-(\d) +5 {2}count \+= 1\n(?:.*\n)*? +-- worker-\1 loses the processor in line 5;/u);

  const [, name = ''] = /--schedule (\S+)/u.exec(stdout) ?? [];
  const again = await python(lost, '--schedule', name);
  expect(again.code).toBe(1);
  expect(again.stdout).toBe(stdout.split('\nFound in')[0] ?? '');

  const other = await python(safe, '--schedule', name);
  expect(other.code).toBe(0);
  expect(other.stderr).toContain('made for other code');
  expect(other.stdout).toContain('holds under this schedule');
});

it('tells a deadlock with what each thread waits for', async () => {
  const { code, stdout } = await python(
    `import threading
a, b = threading.Lock(), threading.Lock()
def work():
    first, second = (a, b) if threading.current_thread().name == "worker-1" else (b, a)
    with first:
        with second: pass
${threads}`,
    '--explore',
  );
  expect(code).toBe(1);
  expect(stdout).toContain('fails: deadlock: every thread waits');
  expect(stdout).toMatch(/-- worker-\d waits for a Lock held by worker-\d; /u);
  expect(stdout).toMatch(/nobody can go on\n/u);
});

it('accuses other output than the plain run’s, unless any is right', async () => {
  const source = `import threading\ndef work():\n    print(threading.current_thread().name)\n${threads}`;
  const told = await python(source, '--explore');
  expect(told.code).toBe(1);
  expect(told.stdout).toMatch(/The plain run prints:\nworker-1\nworker-2\n\nIt prints:\nworker-2\nworker-1\n/u);
  const any = await python(source, '--explore', '--any-output', '--runs', '300', '--seconds', '300');
  expect(any).toMatchObject({ code: 0, stderr: '' });
});

it('waits no real time for a program that sleeps', async () => {
  const source = `import threading, time\ndef work(): time.sleep(86_400)\n${threads}`;
  const { code, stdout } = await python(source, '--explore', '--runs', '100', '--seconds', '300');
  expect(code).toBe(0);
  expect(stdout).toContain('no schedule failed');
});

it('cannot tell of what is no Python, or differs from run to run', async () => {
  const wrong = await python('def work(:\n', '--explore');
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain('SyntaxError');
  const chance = await python(`${safe}\nimport os\nassert os.urandom(1)[0] < 250\n`, '--explore', '--runs', '5000');
  expect(chance.code).toBe(2);
  expect(chance.stdout).toContain('did not fail again');
});

it('explores no program that asks for input or starts processes, and says so', async () => {
  const asks = await python(`import threading\ndef work(): input()\n${threads}`, '--explore');
  expect(asks.code).toBe(2);
  expect(asks.stderr).toMatch(/^It asks for input/u);
  const starts = await python('import subprocess, sys\nsubprocess.run([sys.executable, "-c", ""])', '--explore');
  expect(starts.code).toBe(2);
  expect(starts.stderr).toMatch(/^It uses other processes/u);
});

it('accuses no program that computes for long, and says that it cannot be searched', async () => {
  const source = `import threading\ndef work(): sum(n for n in range(10))\nfor n in range(50_000): n += 1\n${threads}`;
  const { code, stderr } = await python(source, '--explore');
  expect(code).toBe(2);
  expect(stderr).toMatch(/^Its plain run does not end within 20,000 points/u);
});

it('runs a program once that starts no second thread', async () => {
  const { code, stdout } = await python('print(1)', '--explore');
  expect(code).toBe(0);
  expect(stdout).toContain('The only schedule without a preemption holds. 1 run.');
});

it('ends the threads that a run leaves behind, however many runs there are', async () => {
  const source = `from queue import Queue
from threading import Thread
queue = Queue()
def work():
    while True:
        queue.get()
        queue.task_done()
for _ in range(4): Thread(target=work, daemon=True).start()
queue.put(1)
queue.join()
`;
  // A browser has room for some 20,000 stacks, and Node for as many.
  const { code, stdout } = await python(source, '--explore', '--runs', '6000', '--seconds', '300');
  expect(code).toBe(0);
  expect(stdout).toContain(' 6,000 runs.');
});

it('stops, and says what it covered, before threads that do not end fill the memory', async () => {
  const nested = (depth: number): string[] =>
    depth === 0
      ? ['lock.acquire()']
      : ['try:', ...nested(depth - 1).map((line) => `  ${line}`), 'except BaseException:', '  lock.acquire()'];
  const source = `from threading import Lock, Thread
lock = Lock()
lock.acquire()
def work():
${nested(14)
  .map((line) => `  ${line}`)
  .join('\n')}
for _ in range(3): Thread(target=work, daemon=True).start()
for n in range(60): abs(n)
`;
  const { code, stdout } = await python(source, '--explore', '--seconds', '300');
  expect(code).toBe(0);
  const runs = Number(/ ([\d,]+) runs\./u.exec(stdout)?.[1]?.replace(',', ''));
  expect(runs).toBeGreaterThan(600);
  // The budget would be spent.
  expect(runs).toBeLessThan(20_000);
});

it('names the threads of a pool alike in each run', async () => {
  const source = `import threading
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(1) as pool:
    print(pool.submit(lambda: threading.current_thread().name).result())
`;
  const { code, stdout } = await python(source, '--explore', '--runs', '200', '--seconds', '300');
  expect(stdout).toContain('no schedule failed');
  expect(code).toBe(0);
});

it('says what it was asked wrongly', async () => {
  const both = await python('', '--explore', '--granularity', 'line');
  expect(both).toMatchObject({ code: 64 });
  expect(both.stderr).toContain('gil or instruction is meant');
  expect((await python('', '--schedule', 'x')).stderr).toContain('no name of a schedule');
});
