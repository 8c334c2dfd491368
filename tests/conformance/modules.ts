/** The modules of CPython's `test` package that this kernel is held to, and the files each needs. */

export const modules: readonly string[] = [
  'test_thread',
  'test_threading',
  'test_threading_local',
  'test_threadsignals',
  'test_queue',
  'test_sched',
  'test_concurrent_futures.test_thread_pool',
  'test_context',
  'test_signal',
  'test_generators',
  'test_coroutines',
  'test_asyncgen',
  'test_contextlib',
  'test_contextlib_async',
  'test_asyncio.test_tasks',
  'test_asyncio.test_futures',
  'test_asyncio.test_locks',
  'test_asyncio.test_queues',
  'test_asyncio.test_taskgroups',
  'test_asyncio.test_timeouts',
  'test_asyncio.test_runners',
  'test_asyncio.test_threads',
];

/** What several of them import. */
const shared = ['support', 'libregrtest', 'typinganndata', 'certdata', 'archivetestdata'];
const sharedFiles = ['__init__.py', 'lock_tests.py'];
/** `test_contextlib` changes into this folder; one file makes it exist. */
const dataFile = 'data/README';

/** Whether the file at `path` in the `test` package is needed by one of `chosen`. */
export function needed(chosen: readonly string[]): (path: string) => boolean {
  const tops = new Set(chosen.map((module) => module.split('.')[0]));
  return (path) => {
    const [top = '', ...rest] = path.split('/');
    if (rest.length === 0) return sharedFiles.includes(top) || tops.has(top.replace(/\.py$/, ''));
    if (top === 'data') return path === dataFile;
    return shared.includes(top) || tops.has(top);
  };
}
