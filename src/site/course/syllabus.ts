/** The course's table of contents as planned: what exists is read from `content/`, the rest is shown as in preparation. */

interface PlannedChapter {
  readonly slug: string;
  readonly title: string;
}

export interface Part {
  readonly title: string;
  /** What the part leaves the reader able to do, in one sentence. */
  readonly aim: string;
  readonly chapters: readonly PlannedChapter[];
}

export const moduleTitle = 'Module 1: Threads, processes and coroutines';

export const parts: readonly Part[] = [
  {
    title: 'Functions that can pause',
    aim: 'Know what a program waits for, and build a scheduler from generators alone.',
    chapters: [
      { slug: 'concurrency-vs-parallelism', title: 'Concurrency versus parallelism: what are you waiting for?' },
      { slug: 'iterators-and-generators', title: 'Iterators and generators: functions that can pause' },
      { slug: 'what-python-executes', title: 'Under the hood: bytecode, operators and object identity' },
      { slug: 'generator-concurrency', title: 'Concurrency from generators: build the scheduler yourself' },
    ],
  },
  {
    title: 'Threads',
    aim: 'Start, stop, join and coordinate threads, and say what the GIL does and does not protect.',
    chapters: [
      { slug: 'threads-and-processes', title: 'Threads, processes and the GIL' },
      { slug: 'threading-thread', title: 'The Thread class: create, start, join, fail' },
      { slug: 'threading-timers-daemons-helpers', title: 'Timer, daemon threads and the helper functions' },
      { slug: 'shared-state-and-synchronization', title: 'Shared state: races and the synchronisation toolkit' },
    ],
  },
  {
    title: 'Processes and pools',
    aim: 'Use every core, pay for what crosses the border only once, and let a pool do the counting.',
    chapters: [
      { slug: 'multiprocessing-process', title: 'multiprocessing.Process: the API and its sharp edges' },
      { slug: 'processes-vs-threads-and-ipc', title: 'Process or thread? Cost, data sharing and design' },
      { slug: 'concurrent-futures', title: 'concurrent.futures: thread pools, process pools, interpreter pools' },
    ],
  },
  {
    title: 'Greenlets and coroutines',
    aim: 'Hold ten thousand connections at once, and cancel any of them cleanly.',
    chapters: [
      { slug: 'gevent', title: 'gevent: massive I/O concurrency with greenlets' },
      { slug: 'async-await', title: 'Coroutines with async/await: the event loop' },
      { slug: 'asyncio-structured-concurrency', title: 'asyncio in depth: task groups, cancellation, streams' },
      { slug: 'uvloop-and-trio', title: 'uvloop and trio: a faster loop, a different design' },
    ],
  },
  {
    title: 'Choosing',
    aim: 'Pick a model from the workload, measure it fairly, and combine models without regret.',
    chapters: [
      { slug: 'choosing-a-concurrency-model', title: 'Choosing a model: decisions, benchmarks, architecture' },
    ],
  },
];
