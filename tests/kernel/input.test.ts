/** `input`, `sys.stdin`, `getpass` and descriptor 0 in the readers' kernel: lines from outside, their end, and Stop. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunRequest } from '../../src/protocol/run.ts';
import { openKernelPage, type KernelPage } from './page.ts';

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
});
afterAll(() => kernel[Symbol.asyncDispose]());

interface More {
  readonly mode?: RunRequest['mode'];
  readonly namespace?: string;
  readonly input?: 'echoed' | 'pipe';
}

function request(source: string, { mode = 'notebook', namespace = 'chapter', ...more }: More = {}): RunRequest {
  const any = { source, filename: 'cell.py', clock: 1, ...more };
  return mode === 'notebook' ? { mode, ...any, namespace } : { mode, ...any, argv: [] };
}

/** What `source` prints when it reads `lines`, with the name of its error. */
async function given(source: string, lines: readonly string[], more: More = {}): Promise<string> {
  return kernel.page.evaluate(
    async ({ request, lines }) => {
      let text = '';
      await window.driver.run(
        request,
        (batch) => {
          for (const event of batch)
            if (event.type === 'stdout' || event.type === 'stderr') text += event.text;
            else if (event.type === 'error') text += event.name;
        },
        lines,
      );
      return text;
    },
    { request: request(source, more), lines },
  );
}

it.each([
  ['input', 'print([input("Name? "), input()])', ['Ada', 'ü'], "Name? Ada\nü\n['Ada', 'ü']\n"],
  ['the end of input', 'print(input("Name? "))', [], 'Name? EOFError'],
  ['readline', 'import sys\nprint([sys.stdin.readline(), sys.stdin.readline()])', ['a'], "a\n['a\\n', '']\n"],
  ['readlines', 'import sys\nprint(sys.stdin.readlines())', ['a', 'b'], "a\nb\n['a\\n', 'b\\n']\n"],
  ['iteration', 'import sys\nprint([line for line in sys.stdin])', ['a', 'b'], "a\nb\n['a\\n', 'b\\n']\n"],
  ['read', 'import sys\nprint([sys.stdin.read(3), sys.stdin.read()])', ['ab', 'cd'], "ab\ncd\n['ab\\n', 'cd\\n']\n"],
  [
    'bytes',
    'import sys\nprint(sys.stdin.buffer.readline(), sys.stdin.buffer.peek()[:1])',
    ['é', 'x'],
    "é\nx\nb'\\xc3\\xa9\\n' b'x'\n",
  ],
  ['fileinput', 'import fileinput\nprint(list(fileinput.input([])))', ['a'], "a\n['a\\n']\n"],
  ['os.read', 'import os\nprint([os.read(0, 2), os.read(0, 9)])', ['abc'], "abc\n[b'ab', b'c\\n']\n"],
  ['open', 'with open(0, closefd=False) as f: print([f.readline(), *f])', ['a', 'b'], "a\nb\n['a\\n', 'b\\n']\n"],
  [
    'open in bytes, beside sys.stdin',
    'import sys\nf = open(0, "rb", buffering=0, closefd=False)\nprint([f.read(2), input(), f.read(9), f.read(9)])',
    ['abc', 'd'],
    "abc\nd\n[b'ab', 'c', b'd\\n', b'']\n",
  ],
  ['open on a terminal', 'f = open(0, closefd=False)\nprint(f.isatty(), f.line_buffering)', [], 'True True\n'],
  [
    'open in a thread, while others run',
    'import threading, time\nn = 0\ndef count():\n    global n\n    while n < 5: n += 1; time.sleep(0.001)\n' +
      't = threading.Thread(target=lambda: print(open(0, closefd=False).readline())); t.start(); count(); t.join(); print(n)',
    ['x'],
    'x\nx\n\n5\n',
  ],
  ['a terminal', 'import sys, os\nprint(sys.stdin.isatty(), os.isatty(0), sys.stdin.fileno())', [], 'True True 0\n'],
  ['getpass', 'import getpass\nprint(getpass.getpass())', ['secret'], 'Password: \nsecret\n'],
  [
    'what getpass leaves behind',
    'import getpass\ngetpass.getpass()\nprint(input("And? "))',
    ['secret', 'shown'],
    'Password: \nAnd? shown\nshown\n',
  ],
  [
    'a thread',
    'import threading\nt = threading.Thread(target=lambda: print(input())); t.start(); t.join()',
    ['from outside'],
    'from outside\nfrom outside\n',
  ],
  [
    'two threads',
    'import threading\ngot = []\nts = [threading.Thread(target=lambda: got.append(input())) for _ in "ab"]\n[t.start() for t in ts]; [t.join() for t in ts]\nprint(sorted(got))',
    ['x', 'y'],
    "x\ny\n['x', 'y']\n",
  ],
  [
    'select',
    'import select, sys\nprint(select.select([sys.stdin], [], [])[0] == [sys.stdin], input())',
    ['a'],
    'a\nTrue a\n',
  ],
  [
    'a selector that times out first',
    'import selectors, sys\ns = selectors.DefaultSelector()\ns.register(0, selectors.EVENT_READ)\nprint(len(s.select()))\nprint(input())',
    ['a'],
    'a\n1\na\n',
  ],
])('reads: %s', async (_what, source, lines, printed) => {
  expect(await given(source, lines)).toBe(printed);
});

it('waits for input in an event loop, which goes on meanwhile', async () => {
  const reader = [
    'import asyncio, sys',
    'async def main():',
    '    loop = asyncio.get_running_loop()',
    '    line = loop.create_future()',
    '    loop.add_reader(0, lambda: line.done() or line.set_result(sys.stdin.readline()))',
    '    print([await line])',
    '    loop.remove_reader(0)',
    '    stream = asyncio.StreamReader()',
    '    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(stream), sys.stdin)',
    '    print([await stream.readline(), await stream.read()])',
    'asyncio.run(main())',
  ].join('\n');
  expect(await given(reader, ['a', 'b', 'c'], { mode: 'script' })).toBe("a\n['a\\n']\nb\nc\n[b'b\\n', b'c\\n']\n");
});

it('reads in the next cell though one has closed descriptor 0', async () => {
  expect(await given('import socket\nprint(open(0).readline())\nsocket.socketpair()[0].close()', ['a'])).toBe(
    'a\na\n\n',
  );
  const next = 'print(input(), open(0, closefd=False).readline(), end="")';
  expect(await given(next, ['b', 'c'])).toBe('b\nc\nb c\n');
});

it('is a pipe when it is told so: nothing is shown, and its end stays', async () => {
  const source = 'import sys\nprint(sys.stdin.isatty(), [sys.stdin.read(), sys.stdin.read()])';
  expect(await given(source, ['a'], { input: 'pipe' })).toBe("False ['a\\n', '']\n");
});

const ticking = [
  'import threading, time',
  'kept, over = 1, False',
  'def tick():',
  '    n = 0',
  '    while not over and n < 4: print("tick", n); n += 1; time.sleep(0.01)',
  'threading.Thread(target=tick).start()',
  '',
].join('\n');

it.each([
  ['notebook', 'input("Name? ")'],
  ['script', 'input("Name? ")'],
  ['notebook', 'open(0, closefd=False).read()'],
  ['script', 'open(0, closefd=False).read()'],
] as const)('stops a %s that waits in %s while a thread of it runs', async (mode, wait) => {
  const { outcome, withdrawn } = await kernel.page.evaluate(
    async (request) => {
      const { promise: ticked, resolve } = Promise.withResolvers<undefined>();
      let question: AbortSignal | undefined;
      const run = window.driver.run(
        request,
        (batch) => {
          if (batch.some((event) => event.type === 'stdout' && event.text.includes('tick 3'))) resolve(undefined);
        },
        (_asked, withdrawn) => {
          question = withdrawn;
          return new Promise(() => undefined);
        },
      );
      await ticked;
      const before = question?.aborted;
      await window.driver.stop();
      return { outcome: (await run).outcome, withdrawn: [before, question?.aborted] };
    },
    request(ticking + wait, { mode }),
  );
  expect(outcome).toBe('interrupted');
  expect(withdrawn).toEqual([false, true]);
  if (mode === 'notebook') expect(await given('print(kept, input())', ['again'])).toBe('again\n1 again\n');
});

it('takes a question back when the program stops waiting, and asks anew', async () => {
  const source = [
    'import signal',
    'signal.signal(signal.SIGALRM, lambda *_: 1 / 0)',
    'signal.setitimer(signal.ITIMER_REAL, 0.01)',
    'try: input("first ")',
    'except ZeroDivisionError: print("too late")',
    'print([input("second ")])',
  ].join('\n');
  const seen = await kernel.page.evaluate(async (request) => {
    const seen: string[] = [];
    await window.driver.run(
      request,
      (batch) => {
        for (const event of batch) if (event.type === 'stdout') seen.push(event.text);
      },
      ({ prompt }, withdrawn) => {
        seen.push(`[asks ${prompt}]`);
        withdrawn.addEventListener('abort', () => seen.push('[withdrawn]'));
        return prompt === 'second ' ? Promise.resolve('x\n') : new Promise(() => undefined);
      },
    );
    return seen.join('');
  }, request(source));
  expect(seen).toBe("first [asks first ][withdrawn]too late\nsecond [asks second ]x\n['x']\n");
});

it('gives the end of input to a thread that still waits when its cell is over', async () => {
  const thread =
    'import threading\ndone = []\ndef read():\n  try: input()\n  except EOFError: done.append("end")\nt = threading.Thread(target=read); t.start()';
  const outcome = await kernel.page.evaluate(
    async (request) =>
      (
        await window.driver.run(
          request,
          () => undefined,
          () => new Promise(() => undefined),
        )
      ).outcome,
    request(thread),
  );
  expect(outcome).toBe('ok');
  expect(await given('t.join(); print(done)', [])).toBe("['end']\n");
});
