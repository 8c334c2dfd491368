/** The modules of CPython's `test` package and of distributions' own that this kernel is held to, and the files each needs. */
import { aboutDistributions } from './about-distributions.ts';

/** What each is about. */
export const about: Readonly<Record<string, string>> = {
  test_thread: 'starting threads, locks of `_thread`',
  test_threading: '`threading`: threads, daemons, joins, locks, conditions, barriers, timers, hooks',
  test_threading_local: '`threading.local`',
  test_threadsignals: 'signals while threads run, locks interrupted by them',
  test_queue: '`queue`: blocking, time-outs, shutdown, many threads',
  test_sched: '`sched`',
  'test_concurrent_futures.test_thread_pool': '`ThreadPoolExecutor`',
  'test_concurrent_futures.test_process_pool': '`ProcessPoolExecutor`',
  'test_concurrent_futures.test_future': '`concurrent.futures.Future`',
  'test_concurrent_futures.test_wait': '`concurrent.futures.wait`, with each executor',
  'test_concurrent_futures.test_as_completed': '`concurrent.futures.as_completed`, with each executor',
  'test_concurrent_futures.test_init': 'initializers of executors',
  'test_concurrent_futures.test_shutdown': 'the end of executors',
  'test_concurrent_futures.test_deadlock':
    '`ProcessPoolExecutor` whose processes crash or whose tasks cannot be pickled',
  test_context: '`contextvars`',
  test_signal: '`signal`: handlers, alarms, interval timers, masks, wake-up descriptors',
  test_select: '`select.select`',
  test_poll: '`select.poll`',
  test_selectors: '`selectors`',
  test_epoll: '`select.epoll`',
  test_socket: '`socket`: TCP, UDP and AF_UNIX on one machine, addresses, options, messages',
  test_socketserver: '`socketserver`',
  test_httplib: '`http.client`',
  test_httpservers: '`http.server`',
  test_urllib2_localnet: '`urllib.request` with servers of this machine',
  test_xmlrpc: '`xmlrpc.client`, `xmlrpc.server`',
  test_wsgiref: '`wsgiref`',
  test_ftplib: '`ftplib`',
  test_smtplib: '`smtplib`',
  test_poplib: '`poplib`',
  test_imaplib: '`imaplib`',
  test_logging: '`logging`, with its handlers that send',
  test_fcntl: '`fcntl`: flags, locks, the size of a pipe',
  test_generators: 'generators',
  test_coroutines: 'coroutines, `await`, `async with`, `async for`',
  test_asyncgen: 'asynchronous generators',
  test_contextlib: '`contextlib`',
  test_contextlib_async: '`contextlib`, its asynchronous half',
  'test_asyncio.test_tasks': '`asyncio`: tasks, `gather`, `wait`, `shield`, cancellation',
  'test_asyncio.test_futures': '`asyncio`: futures',
  'test_asyncio.test_locks': '`asyncio`: locks, events, conditions, semaphores, barriers',
  'test_asyncio.test_queues': '`asyncio`: queues',
  'test_asyncio.test_taskgroups': '`asyncio.TaskGroup`',
  'test_asyncio.test_timeouts': '`asyncio.timeout`',
  'test_asyncio.test_runners': '`asyncio.run`, `asyncio.Runner`',
  'test_asyncio.test_threads': '`asyncio.to_thread`',
  'test_asyncio.test_base_events': '`asyncio`: the event loop that all others are built on',
  'test_asyncio.test_events': '`asyncio`: event loops with each selector, handles, policies, running loops',
  'test_asyncio.test_selector_events': '`asyncio`: the selector event loop and its transports',
  'test_asyncio.test_unix_events': '`asyncio`: signal handlers, AF_UNIX, pipes as transports',
  'test_asyncio.test_streams': '`asyncio`: streams',
  'test_asyncio.test_server': '`asyncio`: servers, closing them and their clients',
  'test_asyncio.test_sock_lowlevel': '`asyncio`: `loop.sock_recv` and its kin',
  'test_asyncio.test_buffered_proto': '`asyncio.BufferedProtocol`',
  'test_asyncio.test_sendfile': '`asyncio`: `loop.sendfile`, `loop.sock_sendfile`',
  'test_asyncio.test_transports': '`asyncio`: the classes of transports',
  'test_asyncio.test_protocols': '`asyncio`: the classes of protocols',
  'test_asyncio.test_free_threading': '`asyncio`: loops in many threads, introspection from other threads',
  'test_asyncio.test_tools': '`python -m asyncio ps`: tables and trees of tasks',
  'test_asyncio.test_graph': '`asyncio.capture_call_graph`, `print_call_graph`',
  'test_asyncio.test_eager_task_factory': '`asyncio.eager_task_factory`',
  'test_asyncio.test_futures2': '`asyncio`: futures among tasks',
  'test_asyncio.test_pep492': '`asyncio` with `async with`, `async for`',
  'test_asyncio.test_context': '`asyncio` with `contextvars` and `decimal`',
  'test_asyncio.test_subprocess': '`asyncio`: processes',
  test_cmd_line: 'the command line of `python`',
  test_cmd_line_script: 'programs as files, folders, archives and modules of `python`',
  test_faulthandler: '`faulthandler`',
  test_script_helper: 'what CPython’s own tests start an interpreter with',
  test_subprocess: '`subprocess`',
  'test_multiprocessing_spawn.test_processes': '`multiprocessing` with processes: all that they share',
  'test_multiprocessing_spawn.test_threads': '`multiprocessing.dummy`',
  'test_multiprocessing_spawn.test_manager': '`multiprocessing` with a manager',
  'test_multiprocessing_spawn.test_misc': '`multiprocessing`: the rest',
  'test_asyncio.test_staggered': '`asyncio.staggered`',
  'test_asyncio.test_waitfor': '`asyncio.wait_for`',
  ...aboutDistributions,
};

export const modules: readonly string[] = Object.keys(about);

/** Those that start hundreds of processes: `npm test` leaves them out. */
export const startsMany: ReadonlySet<string> = new Set(
  modules.filter((module) =>
    /^test_(?:asyncio\.test_subprocess|cmd_line|cmd_line_script|faulthandler|script_helper|subprocess)$|^test_multiprocessing_spawn\.|^test_concurrent_futures\.test_(?!thread_pool|future)/u.test(
      module,
    ),
  ),
);

/** What several of them import. */
const shared = ['subprocessdata', 'crashers', 'support', 'libregrtest', 'typinganndata', 'certdata', 'archivetestdata'];
const sharedFiles = [
  '__init__.py',
  'signalinterproctester.py',
  'mp_fork_bomb.py',
  '_test_multiprocessing.py',
  'fork_wait.py',
  'lock_tests.py',
  'mock_socket.py',
];
/** `test_concurrent_futures` takes a decorator from there. */
const decorators = /^test_importlib\/(?:__init__|metadata\/[^/]+)\.py$/u;
/** `test_contextlib` changes into this folder; one file makes it exist. */
const dataFile = 'data/README';

/** Whether the file at `path` in the `test` package is needed by one of `chosen`. */
export function needed(chosen: readonly string[]): (path: string) => boolean {
  const tops = new Set(chosen.map((module) => module.split('.')[0]));
  return (path) => {
    const [top = '', ...rest] = path.split('/');
    if (rest.length === 0) return sharedFiles.includes(top) || tops.has(top.replace(/\.py$/, ''));
    if (top === 'data') return path === dataFile;
    if (decorators.test(path)) return tops.has('test_concurrent_futures');
    return shared.includes(top) || tops.has(top);
  };
}
