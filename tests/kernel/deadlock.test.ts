/** What the readers' kernel says when no thread can ever run again, and when it must say nothing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKernelPage, type KernelPage } from './page.ts';

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
});
afterAll(() => kernel[Symbol.asyncDispose]());

const lines = (...source: readonly string[]): string => source.join('\n');

async function deadlock(source: string): Promise<{ stderr: string; traceback: string }> {
  const { stderr, traceback, end } = await kernel.run(source, { namespace: source });
  expect(end, traceback).toMatchObject({ outcome: 'fault', fault: { kind: 'deadlock' }, stateLost: false });
  expect(stderr).toMatch(/^Deadlock: every thread waits, and nothing can wake one\.\n/);
  expect((await kernel.run('print(kept)', { namespace: source })).stdout).toBe('1\n');
  return { stderr, traceback };
}

describe('a deadlock', () => {
  it('of two locks names both threads, what they wait for, who holds it and where', async () => {
    const { stderr, traceback } = await deadlock(
      lines(
        'import threading; kept = 1',
        'a, b = threading.Lock(), threading.RLock()',
        'both = threading.Barrier(2)',
        'def run(first, second):',
        '    with first:',
        '        both.wait()',
        '        with second: pass',
        'one = threading.Thread(target=run, args=(a, b), name="one", daemon=True)',
        'two = threading.Thread(target=run, args=(b, a), name="two", daemon=True)',
        'one.start(); two.start()',
        'one.join()',
      ),
    );
    expect(stderr).toContain('  MainThread waits at cell.py:11 for the end of one (Thread.join)\n');
    expect(stderr).toContain('  one waits at cell.py:7 for an RLock held by two, which is at cell.py:7\n');
    expect(stderr).toContain('  two waits at cell.py:7 for a Lock held by one, which is at cell.py:7\n');
    expect(traceback).toContain('File "cell.py", line 11, in <module>');
    expect(traceback).toMatch(/\nDeadlock: [^\n]*\n$/);
  });

  it.each([
    [
      'a lock taken twice',
      'import threading\nkept = 1; l = threading.Lock()\nl.acquire()\nl.acquire()',
      ':4 for a Lock that it holds itself',
    ],
    [
      'a stream in which another thread waits',
      [
        'import io, threading\nkept = 1; gate = threading.Lock(); entered = threading.Event()\ngate.acquire()',
        'class Raw(io.RawIOBase):\n    def writable(self): return True\n    def write(self, given):',
        '        entered.set()\n        with gate: return len(given)',
        'out = io.BufferedWriter(Raw(), 4)',
        'threading.Thread(target=out.write, args=(b"12345678",), daemon=True).start(); entered.wait()',
        'out.write(b"x")',
      ].join('\n'),
      ':11 for a lock in C that no thread is known to hold',
    ],
    ['a queue without a producer', 'import queue\nkept = 1\nqueue.Queue().get()', ':3 for a notification (Queue.get)'],
    [
      'a simple queue without a producer',
      'import queue\nkept = 1\nqueue.SimpleQueue().get()',
      ':3 for an item of a SimpleQueue',
    ],
    [
      'an event that nobody sets',
      'import threading\nkept = 1\nthreading.Event().wait()',
      ':3 for a notification (Event.wait)',
    ],
    ['an await of nothing', 'import asyncio\nkept = 1\nawait asyncio.Event().wait()', ':3 for an event'],
  ])('of one thread: %s', async (_what, source, expected) => {
    const { stderr } = await deadlock(source);
    expect(stderr).toContain(`  MainThread waits at cell.py${expected}\n`);
  });
});

describe('a deadlock of a program', () => {
  const inProgram = async (source: string) => {
    const { stderr, traceback, end } = await kernel.run(source, { mode: 'script' });
    expect(end, traceback).toMatchObject({ outcome: 'fault', fault: { kind: 'deadlock' }, stateLost: false });
    expect(stderr.match(/^Deadlock: every thread waits, and nothing can wake one\.$/gmu)).toHaveLength(1);
    return { stderr, traceback };
  };

  it('is told as that of a cell is, once', async () => {
    const { stderr, traceback } = await inProgram(
      lines(
        'import threading',
        'a, b = threading.Lock(), threading.Lock()',
        'both = threading.Barrier(2)',
        'def run(first, second):',
        '    with first:',
        '        both.wait()',
        '        with second: pass',
        'one = threading.Thread(target=run, args=(a, b), name="one")',
        'two = threading.Thread(target=run, args=(b, a), name="two")',
        'one.start(); two.start()',
        'one.join()',
      ),
    );
    expect(stderr).toContain('  MainThread waits at /home/reader/cell.py:11 for the end of one (Thread.join)\n');
    expect(stderr).toContain(
      '  two waits at /home/reader/cell.py:7 for a Lock held by one, which is at /home/reader/cell.py:7\n',
    );
    expect(traceback).toMatch(/line 11, in <module>[^]*\nDeadlock: [^\n]*\n$/);
  });

  it('is told when its threads are joined at its end', async () => {
    const { stderr } = await inProgram(
      'import threading\ndef run(): threading.Event().wait()\nthreading.Thread(target=run, name="left").start()',
    );
    expect(stderr).toContain('  left waits at /home/reader/cell.py:2 for a notification (Event.wait)\n');
  });

  it('is told in asyncio.run', async () => {
    const { traceback } = await inProgram(
      'import asyncio\nasync def main(): await asyncio.Event().wait()\nasyncio.run(main())',
    );
    expect(traceback).toContain('line 3, in <module>');
  });
});

describe('a deadlock at sockets', () => {
  it('says which thread waits for data from whom, and which for room', async () => {
    const { stderr } = await deadlock(
      lines(
        'import socket, threading; kept = 1',
        'with socket.create_server(("127.0.0.1", 0)) as server:',
        '    client = socket.create_connection(server.getsockname())',
        '    accepted, _ = server.accept()',
        'threading.Thread(target=client.sendall, args=(bytes(1 << 24),), name="sender", daemon=True).start()',
        'client.recv(1)',
      ),
    );
    expect(stderr).toMatch(/ {2}MainThread waits at cell\.py:6 for data from 127\.0\.0\.1:\d+\n/u);
    expect(stderr).toMatch(/ {2}sender waits[^\n]* for room to send to 127\.0\.0\.1:\d+/u);
  });

  it('is a local server without clients: nobody outside knows its name', async () => {
    const { stderr } = await deadlock(
      'import socket; kept = 1\nlocal = socket.socket(socket.AF_UNIX); local.bind("\\0desk"); local.listen()\nlocal.accept()',
    );
    expect(stderr).toContain("MainThread waits at cell.py:3 for a connection to b'\\x00desk' (socket.accept)\n");
  });
});

describe('no deadlock', () => {
  it.each([
    [
      'a thread that sleeps',
      'import threading, time\nt = threading.Thread(target=time.sleep, args=(0.1,)); t.start(); t.join(); print("end")',
    ],
    [
      'a lock with a timeout',
      'import threading\nl = threading.Lock(); l.acquire(); l.acquire(timeout=0.1); print("end")',
    ],
    ['a queue with a timeout', 'import queue\ntry: queue.Queue().get(timeout=0.1)\nexcept queue.Empty: print("end")'],
    ['a timer', 'import threading\ne = threading.Event(); threading.Timer(0.1, e.set).start(); e.wait(); print("end")'],
    ['a loop that sleeps', 'import asyncio\nawait asyncio.sleep(0.1); print("end")'],
    [
      'an alarm',
      'import signal\nsignal.signal(signal.SIGALRM, lambda *a: None); signal.setitimer(signal.ITIMER_REAL, 0.1); signal.pause(); print("end")',
    ],
    [
      'a thread that waits when the cell is over',
      'import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start(); print("end")',
    ],
    ['a read of standard input', 'import sys\nsys.stdin.readline(); print("end")'],
  ])('is %s', async (_what, source) => {
    for (const mode of ['notebook', 'script'] as const) {
      const text = mode === 'script' ? source.replace(/await (.*?\))/u, 'asyncio.run($1)') : source;
      const { stdout, stderr, end } = await kernel.run(text, { namespace: source, mode });
      expect({ mode, stdout, stderr, outcome: end.outcome }).toEqual({
        mode,
        stdout: 'end\n',
        stderr: '',
        outcome: 'ok',
      });
    }
  });

  it.each([
    ['in accept', 'server.accept()'],
    ['in select', 'import select; select.select([server], [], [])'],
    ['in a selector', 'import selectors; s = selectors.DefaultSelector(); s.register(server, 1); s.select()'],
    ['in asyncio', 'import asyncio; await asyncio.get_running_loop().sock_accept(server)'],
  ])('is a server that waits %s: a client may come from the page, and Stop ends it', async (_where, wait) => {
    const source = `import socket\nserver = socket.create_server(("127.0.0.1", 0)); server.setblocking(${wait.includes('asyncio') ? 'False' : 'True'})\nprint("going")\n${wait}`;
    const { stderr, traceback, end } = await kernel.runAndStop(source, { namespace: source });
    expect({ stderr, outcome: end.outcome }).toEqual({ stderr: '', outcome: 'interrupted' });
    expect(traceback).toMatch(/\n(?:KeyboardInterrupt|asyncio\.exceptions\.CancelledError)[^\n]*\n$/u);
  });
});
