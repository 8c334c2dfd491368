/** A program with its processes, seen by its reader: what the end of the program ends, and what it says last. */
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKernelPage, type KernelPage } from './page.ts';

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
});
afterAll(() => kernel[Symbol.asyncDispose]());

const program = (...lines: readonly string[]) => kernel.run(lines.join('\n'), { mode: 'script' });

describe('the end of a program', () => {
  it.each([
    ['at its last line', '', 0],
    ['by os._exit', 'import os; os._exit(3)', 3],
  ])('shows first what its resource tracker says of what was left: %s', async (_how, last, code) => {
    const { events, stderr } = await program(
      'from multiprocessing import resource_tracker',
      'resource_tracker.register("left", "noop")',
      last,
    );
    expect(stderr).toContain(
      "UserWarning: resource_tracker: There appear to be 1 leaked noop objects to clean up at shutdown: {'left'}",
    );
    expect(stderr).toContain("resource_tracker: 'left': noop should never be registered or cleaned up");
    expect(events.at(-1)).toMatchObject({ type: 'exit', code });
  });

  it('is the end of its processes', async () => {
    const { stdout, end } = await program(
      'import subprocess, sys',
      'child = "import time; print(1, flush=True); time.sleep(1e9)"',
      'subprocess.Popen([sys.executable, "-c", child], stdout=subprocess.PIPE).stdout.readline()',
      'print("done")',
    );
    expect([stdout, end.outcome]).toEqual(['done\n', 'ok']);
  });
});

describe('labels, when a cell asks for them,', () => {
  const parent = (child: string) =>
    [
      'import subprocess, sys',
      'print("the parent", flush=True)',
      `subprocess.run([sys.executable, "-c", ${JSON.stringify(child)}])`,
      'print("the parent again")',
    ].join('\n');

  it('say of each line of a process whose it is, also of one that it has started itself', async () => {
    const child = 'import os, subprocess, sys\nprint(1, end=" ")\nprint(os.getpid())\n';
    const grandchild = 'subprocess.run([sys.executable, "-c", "import os; print(os.getpid(), os.getppid())"])';
    const { stdout } = await kernel.run(parent(child + grandchild), { mode: 'script', labels: true });
    expect(stdout).toBe('the parent\n[43] 1 43\n[44] 44 43\nthe parent again\n');
  });

  it('are not there when it does not', async () => {
    expect((await kernel.run(parent('print(1)'), { mode: 'script' })).stdout).toBe('the parent\n1\nthe parent again\n');
  });
});

/** A child that says that it goes, and then does what it is given. */
const child = (work: string) =>
  `subprocess.Popen([sys.executable, "-c", "print('on', flush=True)\\n${work}"], stdout=subprocess.PIPE)`;

describe('Stop', () => {
  it.each([
    ['waits for them', 'for each in children: each.wait()'],
    ['computes', 'while True: pass'],
  ])(
    'raises KeyboardInterrupt in all processes of a program, those that compute too, while the first %s',
    async (_what, work) => {
      const { stderr, traceback, end } = await kernel.runAndStop(
        [
          'import subprocess, sys',
          `children = [${child('while True: pass')}, ${child('import time; time.sleep(1e9)')}]`,
          'for each in children: each.stdout.readline()',
          'print("going")',
          'try:',
          `    ${work}`,
          'finally:',
          '    print([each.wait() for each in children])',
        ].join('\n'),
        { mode: 'script' },
      );
      expect(end).toMatchObject({ outcome: 'interrupted' });
      expect(traceback).toMatch(/KeyboardInterrupt\s*$/);
      const told = stripVTControlCharacters(stderr);
      const place =
        /Traceback \(most recent call last\):\n {2}File "<string>", line 2, in <module>\n.*\n(?:.*\n)?KeyboardInterrupt\n/g;
      expect(told.match(place), told).toHaveLength(2);
    },
  );

  it('spares a process in a session of its own, which ends with the program', async () => {
    const { stderr, stdout } = await kernel.runAndStop(
      [
        'import subprocess, sys, time',
        `apart = ${child('import time; time.sleep(1e9)').replace(/\)$/, ', start_new_session=True)')}`,
        'apart.stdout.readline()',
        'print("going")',
        'try:',
        '    time.sleep(1e9)',
        'except KeyboardInterrupt:',
        '    together = subprocess.run([sys.executable, "-c", "print(1)"], stdout=subprocess.PIPE)',
        '    print(together.returncode, apart.poll())',
      ].join('\n'),
      { mode: 'script' },
    );
    expect([stderr, stdout]).toEqual(['', 'going\n0 None\n']);
  });

  it('spares a process that inherits that SIGINT is ignored; pressed again, it ends that too', async () => {
    const ended = await kernel.page.evaluate(
      async (source) => {
        let text = '';
        const request = { mode: 'script', source, filename: 'p.py', argv: [], clock: 1 } as const;
        const end = await window.driver.run(request, (batch) => {
          for (const event of batch) {
            if (event.type !== 'stdout') continue;
            text += event.text;
            if (event.text.endsWith('\n')) void window.driver.stop();
          }
        });
        return { end, text };
      },
      [
        'import signal, subprocess, sys',
        'signal.signal(signal.SIGINT, signal.SIG_IGN)',
        `deaf = ${child('import time; time.sleep(1e9)')}`,
        'signal.signal(signal.SIGINT, signal.default_int_handler)',
        'deaf.stdout.readline()',
        'try:',
        '    print("going")',
        '    deaf.wait()',
        'except KeyboardInterrupt:',
        '    print("waiting", deaf.poll())',
        '    deaf.wait()',
      ].join('\n'),
    );
    expect(ended.text).toBe('going\nwaiting None\n');
    expect(ended.end).toMatchObject({ outcome: 'fault', stateLost: false });
  });
});

describe('in a notebook', () => {
  it('the processes of a cell live on, print in that cell, and are reached by Stop in another', async () => {
    const seen = await kernel.page.evaluate(async (child) => {
      const any = { mode: 'notebook', namespace: 'chapter', clock: 1 } as const;
      const texts = new Map<string, string>();
      const heard = new Map<string, () => void>();
      const run = (filename: string, source: string) =>
        window.driver.run({ ...any, filename, source }, (batch) => {
          for (const event of batch) {
            if (event.type !== 'stdout' && event.type !== 'stderr') continue;
            texts.set(filename, (texts.get(filename) ?? '') + event.text);
          }
          for (const [what, then] of heard) if ((texts.get(filename) ?? '').includes(what)) then();
        });
      const told = (what: string) => {
        const { promise, resolve } = Promise.withResolvers<null>();
        heard.set(what, () => {
          resolve(null);
        });
        return promise;
      };
      await run('starts.py', `import subprocess, sys\nprocess = ${child}`);
      await run('other.py', 'print("other")');
      const later = told('later');
      await run('talks.py', 'process.stdin.write(b"later\\n"); process.stdin.flush()');
      await later;
      const going = told('going');
      const ending = run('stopped.py', 'import time\nprint("going")\ntime.sleep(1e9)');
      await going;
      await window.driver.stop();
      const end = await ending;
      await run('status.py', 'print(process.wait())');
      return { texts: Object.fromEntries(texts), end };
    }, 'subprocess.Popen([sys.executable, "-c", "print(input())\\nwhile True: pass"], stdin=subprocess.PIPE)');
    expect(seen.end.outcome).toBe('interrupted');
    expect(seen.texts).toMatchObject({ 'other.py': 'other\n', 'stopped.py': 'going\n', 'status.py': '-2\n' });
    expect(stripVTControlCharacters(seen.texts['starts.py'] ?? '')).toMatch(
      /^later\nTraceback [^]*\nKeyboardInterrupt\n$/,
    );
  });
});

it('a program is told of as many processors as the browser has, and may use as many of them as a page has processes for', async () => {
  const { stdout } = await program(
    'import os',
    'print(os.cpu_count(), os.process_cpu_count(), len(os.sched_getaffinity(0)))',
  );
  const cores = await kernel.page.evaluate(() => navigator.hardwareConcurrency);
  const usable = Math.min(cores, 8);
  expect(stdout).toBe(`${cores} ${usable} ${usable}\n`);
});
