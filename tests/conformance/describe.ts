/** `docs/what-is-real.md` from the recorded result of a whole run: what passes, and every reason why something does not. */
import { allLeftOut, judge, type Rule } from './judge.ts';
import { about, modules } from './modules.ts';
import type { VersionRecord } from './record.ts';
import type { TestResult } from './run-module.ts';

const titles: Readonly<Record<Rule['because'], string>> = {
  defect: 'What differs, and is ours to mend',
  platform: 'What differs, because a page in a browser has no such thing',
  version: 'What differs, because the tests are of another release',
  slow: 'What takes long',
};

const failures: readonly TestResult['kind'][] = ['failed', 'timed out', 'crashed'];

function table(modules: VersionRecord['modules']): string[] {
  const line = (what: string, name: string, passed: number, failed: number, skipped: number) =>
    `| ${what} | ${name} | ${passed} | ${failed} | ${skipped} |`;
  const counts = Object.entries(modules).map(([module, { passed, others }]) => {
    const failed = others.filter(({ kind }) => failures.includes(kind)).length;
    return { module, passed, failed, skipped: others.length - failed };
  });
  const sum = (key: 'passed' | 'failed' | 'skipped') => counts.reduce((total, count) => total + count[key], 0);
  return [
    '| What | Tests | passed | failed | skipped |',
    '| --- | --- | ---: | ---: | ---: |',
    ...counts.map(({ module, passed, failed, skipped }) =>
      line(about[module] ?? '', `\`${module}\``, passed, failed, skipped),
    ),
    line('all', '', sum('passed'), sum('failed'), sum('skipped')),
  ];
}

/** Of what these tests do not look at; tests of the kernel do (`tests/kernel/`). */
const besides = `
## What differs, where these tests do not look

- **Depth.** Recursion ends in \`RecursionError\` wherever CPython asks how deep it is. It is made to ask, too, in iterators
  that ask iterators (\`itertools\`, \`map\`, \`filter\`, \`zip\`), in the copy of an \`Element\`, in bound methods of bound
  methods, in a \`functools.partial\` of another and in views of views of a dict. These may be some 1,600 to 1,900 deep; on
  Linux more stack stands in for the question: 12,000 iterators live, 100,000 of \`map\` die of a segmentation fault. If C
  code is left that does not ask, the browser’s stack ends there, and the interpreter with it. The page says that it ran
  out of stack, and the next run has a new one.
- **C that computes.** While a function in C computes (\`hashlib\`, \`zlib\`, \`re\`, a long query of \`sqlite3\`), no other
  thread runs: CPython on Linux lets others run during many of these calls. What waits in C (SQLite for a lock, a
  buffered stream for the thread that is inside it, a sleep) lets them run here, too.
- **Callbacks of \`ctypes\`** cannot block (sleep, wait for a lock that is held, for a queue, for a thread): JavaScript stands
  between the callback and the thread that called the foreign function. The callback gets a \`RuntimeError\`; if it does
  not handle it, the call of the foreign function raises one. Threads are not switched during such a call.
- **Threads.** 10,240 may be alive at once in one interpreter; the next \`start\` raises \`RuntimeError: can't start new
  thread\`, as Linux has it at a limit of its own.
- **Memory.** An interpreter has 4 GB at most, as on any machine of 32 bits, and on a device with less what the browser
  gives it. A program that takes all of it gets \`MemoryError\`; the last 32 MB are the kernel’s, which tells the error,
  takes a Stop and runs what comes next. A program’s memory goes back to the device when it ends; the chapter’s
  interpreter can use again what its cells have freed, but the device gets it back only with a new interpreter.
- **\`faulthandler\`** dumps what \`dump_traceback\`, \`dump_traceback_later\` and \`register\` ask for, in CPython’s form. It needs
  the interpreter for that: while C computes, a watchdog waits until it is done. \`enable\` dumps before a signal that the
  program sends itself (\`os.kill\`, \`signal.raise_signal\`) ends it. No signal tells of a crash here; the page does.
- **Output.** A program prints as with \`python -u program.py | page\`: stdout has no buffer and is no terminal, stderr is
  one. Whole lines stand in the order in which a terminal shows them. A part of a line is seen at once; a terminal
  shows it when its line ends.
- **Promises of JavaScript** are futures of the loop that runs. Where none does, as in the main part of a program, a call
  that answers with one raises CPython’s \`RuntimeError: There is no current event loop\`. In a coroutine, or after
  \`asyncio.set_event_loop\`, they can be awaited, and \`pyodide.ffi.run_sync\` blocks the thread that calls it.
- **Processes** are workers with an interpreter of their own, which run in parallel. The only program that there is to start
  is Python (\`sys.executable\`); any other is not found. Each process has a file system of its own: a file is told to the
  others when it is closed, and of two that write it at the same time the one that closes it last wins. A page cannot
  fork: \`os.fork\` raises \`OSError\`, and \`multiprocessing\` has the start method \`spawn\` alone, which is its default here
  (on Linux it is \`forkserver\`). A \`preexec_fn\` has no place to run.
  \`os.cpu_count()\` is what the browser says;
  \`os.process_cpu_count()\` is at most 8, so that a pool for each processor stays below the limit of a page. The threads of one
  process take turns on one of them, and a choice by \`os.sched_setaffinity\` is counted, but does not bind.
- **Sockets between processes** carry streams: TCP and AF_UNIX, pairs, listening sockets that several accept from, and open
  files beside bytes. Datagrams (UDP, AF_UNIX) and \`SOCK_SEQPACKET\` stay in their process. A socket that is neither connected nor
  listens cannot be passed on (\`ENOSYS\`), an urgent byte (\`MSG_OOB\`) not be sent to another process (\`EOPNOTSUPP\`). Who
  has sent or connected (\`SO_PASSCRED\`, \`SO_PEERCRED\`) is told as if it were this process.
- **Limits of processes.** A page has 16 at most besides its own, all programs together, since each takes some 45 MB. One more
  is \`BlockingIOError: [Errno 11] Resource temporarily unavailable\`, as where Linux has a limit (RLIMIT_NPROC). Stop reaches all
  processes in the group of the first, as Ctrl-C does at a terminal. A program's end is the end of its processes; those of a
  cell of a notebook live on, and print in that cell until it is run again. There is no shell: \`os.system\` answers as where
  \`/bin/sh\` is missing, and \`os.execv\` of Python is refused. No process learns what resources another has
  used, so \`os.wait3\` and \`os.wait4\` raise \`OSError\`, which says so.
- **The command line** of \`python\` has CPython's options. \`-v\` and \`-X importtime\` tell of a program's imports, not of
  those of Python's start, and \`importtime=2\` tells what \`importtime\` does. \`-i\` and a terminal at standard input
  give CPython's simple prompt, without an editor of lines (as with \`PYTHON_BASIC_REPL=1\`).
  \`-X perf\`, \`-X frozen_modules\` and \`PYTHONMALLOC\` are taken, and have no effect.
- **Shared memory** (\`Value\`, \`Array\`, \`SharedMemory\`, \`mmap\` of a descriptor that is passed on) is a copy in each process.
  What one has stored the others have when they get a lock that it has given back, a message that it has sent, or its end.
  Processes that store into different bytes never disturb each other. Without a lock or a message a store is seen after some 20
  ms, or later while C computes; a value that is replaced before that is not seen at all. Two that store into one number at
  the same time can leave bytes of both. Stores into two objects may be seen in either order. What a process has stored just
  before \`SIGKILL\` is lost. Two that map one file by its name see each other's bytes after \`flush\` or \`close\`. An object has
  at most 512 MB, all of them together 1 GB; more is \`ENOMEM\`. \`mmap.resize\` raises it always, since this build's C has no
  \`mremap\`. \`/dev/shm\` does not list them.
- **TLS** is missing. \`ssl\` can be imported, and contexts can be made; a connection that asks for TLS raises
  \`ssl.SSLError\`, which says so. \`python -m asyncio ps\` says that a page can look into no process.
- **Numbers of errors** are Linux’s, in exceptions, \`errno\`, \`os.strerror\` and \`ctypes.get_errno\`. A function of C that
  \`ctypes\` calls and that returns such a number as its value (\`posix_fadvise\`) returns Emscripten’s.
- **The network** ends at this machine: 127.0.0.0/8 and ::1, TCP, UDP and AF_UNIX, with Linux’s states, errors and
  options. A foreign address is \`ENETUNREACH\`, a foreign name \`gaierror -3\`, as on a Linux without a network. Data is
  never damaged, and lost or late only where a cell asks for it. There are no raw sockets, no multicast and no \`ssl\`.
  A control message is as long as this build’s C lays it out: \`CMSG_LEN(0)\` is 12, on Linux with 64 bits 16.
- **\`hashlib\`** has no OpenSSL: \`pbkdf2_hmac\` takes ten to thirty times as long, and \`scrypt\` is missing, as it would take
  minutes.
- **Time zones** come with the site, from PyPI’s \`tzdata\`. A site that was built on a machine without Python has none, and
  \`ZoneInfo\` raises \`ZoneInfoNotFoundError\`, as on a Linux without them.
- **A cell’s result** is its \`repr\`, but of a list, tuple, set, dict or deque, a thousand items at most, as in IPython; a line
  below says how many more there are. \`print\` shows all.
- **The first run** after Python has started in Chromium can lose 5 to 30 ms at once. V8 compiles CPython’s evaluation loop
  for those functions that it has called so far; the first call of another one makes that code invalid, and Python waits
  while V8 compiles the loop again (*deoptimization*). With \`--js-flags=--no-wasm-deopt\` it does not happen, nor does it
  in Firefox; a page cannot ask for that. Programs that rest on margins of 10 ms can change their order there; in the next
  interpreter of the same page the same steps take less than one millisecond.`;

export function describeResults(record: VersionRecord, rules: readonly Rule[]): string {
  const others = Object.values(record.modules).flatMap((module) => module.others);
  const { known, unexpected } = judge(rules, others);
  const sections = (Object.keys(titles) as Rule['because'][]).flatMap((because) => {
    const lines = [...known].flatMap(([rule, tests]) => {
      if (rule.because !== because || tests.length === 0) return [];
      const names =
        tests.length > 3 ? '' : ` (${tests.map(({ test }) => `\`${test.replace(/^test\./, '')}\``).join(', ')})`;
      const kinds = [...new Set(tests.map(({ kind }) => kind))].join(', ');
      return [`- ${rule.reason} ${tests.length} ${kinds}${names}.`];
    });
    return lines.length === 0 ? [] : ['', `## ${titles[because]}`, '', ...lines];
  });
  const left = [...allLeftOut(rules, modules)].map(
    ([{ reason }, names]) => `- ${reason} ${names.map((name) => `\`${name}\``).join(', ')}.`,
  );
  return `${[
    '# What is real',
    '',
    '<!-- Written by `npm run conformance -- --record`; do not edit. -->',
    '',
    'Threads, locks, queues, clocks, signals and event loops in the page are CPython’s: `threading`, `queue`,',
    '`concurrent.futures`, `contextvars` and `asyncio` run unmodified, on an operating system that this project supplies',
    '(`_thread`, the clocks, signals, `select`). Whether that is true is for CPython’s own tests to say. They are run in',
    'the kernel that readers get, a fresh one for each module; where they ask for what the page does not have, or what',
    'this release of Python does not do, they are listed below with the reason. The own tests of greenlet, gevent and trio',
    'are run in the same way, against the packages that readers get.',
    '',
    `Tests of CPython ${record.version}, in Python ${record.python} in ${record.browser}:`,
    '',
    ...table(record.modules),
    '',
    'A test that is skipped was not run: it says itself that it cannot be, here, or it is left out for the reason given.',
    'Each test that does not pass stands in `tests/conformance/expected.json`; the results are in',
    '`tests/conformance/results.json`; `npm test` fails when a test that passed no longer does. Of gevent’s and trio’s',
    'modules it runs a few; `npm run conformance` runs all.',
    ...(unexpected.length === 0 ? [] : ['', `${unexpected.length} results are not expected by any rule.`]),
    ...sections,
    ...(left.length === 0 ? [] : ['', '## Modules that are not run', '', ...left]),
    besides,
  ].join('\n')}\n`;
}
