/** Beside CPython's own traceback is told what a reader may do, where the error is the page's and not the program's. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archives } from '../../src/kernel/build/packages/archives.ts';
import { openKernelPage, type KernelPage } from './page.ts';

let kernel: KernelPage;
beforeAll(async () => {
  kernel = await openKernelPage();
});
afterAll(() => kernel[Symbol.asyncDispose]());

const had = (await archives()).map(({ name }) => name);
const installed =
  `This page has Python's standard library and ${had.length > 0 ? `the packages ${had.join(', ')}` : 'no other package'}; ` +
  'nothing else can be installed here. An author of the course can add a package that is written in Python alone ' +
  '(docs/packages.md). Where Python runs on a computer, pip can install it.';

const noNames =
  'This page has a network of its own, without name servers: it knows localhost and addresses such as 127.0.0.1, ' +
  'and no host outside.';

const hinted: readonly (readonly [source: string, error: string, hint: string])[] = [
  ['import numpy', "ModuleNotFoundError: No module named 'numpy'", installed],
  ['from sklearn.svm import SVC', "ModuleNotFoundError: No module named 'sklearn'", installed],
  [
    'import curses',
    "ModuleNotFoundError: No module named 'curses'",
    'curses is left out of the standard library here: it needs a terminal.',
  ],
  [
    'x = 1\n%timeit x',
    'SyntaxError: invalid syntax',
    "`%timeit` is a command of IPython's, which this page does not have. " +
      'In Python: timeit.timeit("…", globals=globals(), number=1000) after `import timeit`.',
  ],
  [
    '%%writefile a.txt\nhello',
    'SyntaxError: invalid syntax',
    "`%%writefile` is a command of IPython's, which this page does not have.",
  ],
  ['%pip install numpy', 'SyntaxError: invalid syntax', `\`%pip\` is a command of IPython\'s. ${installed}`],
  [
    '!pip install numpy',
    'SyntaxError: invalid syntax',
    `This is a command for a shell, and this page has none. ${installed}`,
  ],
  [
    'pip install numpy',
    'SyntaxError: invalid syntax',
    `This is a command for a shell, and this page has none. ${installed}`,
  ],
  [
    '>>> print(1)\n1',
    'SyntaxError: invalid syntax',
    "`>>>` and `...` are the prompts of Python's console and no part of a program: " +
      'leave them out, and the lines of output too.',
  ],
  [
    'import hashlib\nhashlib.scrypt',
    "AttributeError: module 'hashlib' has no attribute 'scrypt'",
    'hashlib.scrypt needs OpenSSL, which is not here; hashlib.pbkdf2_hmac is.',
  ],
  [
    'import socket\nsocket.create_connection(("example.org", 80))',
    'socket.gaierror: [Errno -3] Temporary failure in name resolution',
    noNames,
  ],
  [
    'import urllib.request\nurllib.request.urlopen("http://example.org/")',
    'urllib.error.URLError: <urlopen error [Errno -3] Temporary failure in name resolution>',
    noNames,
  ],
  [
    'import socket\nsocket.create_connection(("192.0.2.1", 80))',
    'OSError: [Errno 101] Network is unreachable',
    'This page has a network of its own that ends at this machine: connect to 127.0.0.1, ::1 or localhost, ' +
      'where a server of yours listens.',
  ],
];

describe.each(['notebook', 'script'] as const)('in a %s', (mode) => {
  it.each(hinted)('%j has a hint', async (source, error, hint) => {
    const { traceback, events } = await kernel.run(source, { mode });
    expect(traceback.trimEnd().split('\n').at(-1)).toBe(error);
    expect(events.filter((event) => event.type === 'error').map((event) => event.hint)).toEqual([hint]);
  });

  it('what a program catches, or says itself, has none', async () => {
    const source = [
      'import traceback',
      'try:',
      '    import numpy',
      'except ImportError as error:',
      '    print(hasattr(error, "__notes__"), traceback.format_exc().splitlines()[-1])',
      'x = 5 % 3',
      'raise ModuleNotFoundError("no module of mine")',
    ].join('\n');
    const { stdout, traceback, events } = await kernel.run(source, { mode });
    expect(stdout).toBe("False ModuleNotFoundError: No module named 'numpy'\n");
    expect(traceback.trimEnd().split('\n').at(-1)).toBe('ModuleNotFoundError: no module of mine');
    expect(events.find((event) => event.type === 'error')).not.toHaveProperty('hint');
  });

  it.each(['5 %% 3', 'def f(:\n    pass', 'import os.nothing'])(
    'an error of the program’s own, %j, has none',
    async (source) => {
      const { events } = await kernel.run(source, { mode });
      expect(events.find((event) => event.type === 'error')).not.toHaveProperty('hint');
    },
  );
});
