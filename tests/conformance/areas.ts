/** The areas into which the page of what is real puts the modules of tests. Invariant: each module is of one area. */

interface AreaOfTests {
  /** Its anchor in the page. */
  readonly id: string;
  readonly title: string;
  readonly modules: RegExp;
}

export const areas: readonly AreaOfTests[] = [
  {
    id: 'threads',
    title: 'Threads, locks, queues',
    modules: /^test_(?:thread|threading|threading_local|queue|sched)$/u,
  },
  { id: 'pools', title: 'Pools of threads and processes', modules: /^test_concurrent_futures\./u },
  {
    id: 'processes',
    title: 'Processes',
    modules:
      /^test_(?:multiprocessing_spawn\..+|subprocess|asyncio\.test_subprocess|cmd_line|cmd_line_script|script_helper)$/u,
  },
  { id: 'signals', title: 'Signals and timers', modules: /^test_(?:signal|threadsignals|faulthandler)$/u },
  {
    id: 'sockets',
    title: 'Sockets, and waiting for many of them',
    modules: /^test_(?:select|poll|selectors|epoll|socket|socketserver|fcntl)$/u,
  },
  {
    id: 'protocols',
    title: 'Clients and servers of network protocols',
    modules: /^test_(?:httplib|httpservers|urllib2_localnet|xmlrpc|wsgiref|ftplib|smtplib|poplib|imaplib|logging)$/u,
  },
  {
    id: 'coroutines',
    title: 'Generators, coroutines, contexts',
    modules: /^test_(?:generators|coroutines|asyncgen|contextlib|contextlib_async|context)$/u,
  },
  { id: 'asyncio', title: 'asyncio', modules: /^test_asyncio\.(?!test_subprocess$)/u },
  { id: 'greenlet', title: 'greenlet', modules: /^greenlet\./u },
  { id: 'gevent', title: 'gevent', modules: /^gevent\./u },
  { id: 'trio', title: 'trio', modules: /^trio\./u },
];
