/**
 * What a cell uses that runs only where Python's stack can be suspended: threads, waiting for them, input, signals.
 *
 * Invariant: a cell that declares nothing runs in any browser with WebAssembly. One that may not need it may declare it.
 */
import type { Cell } from '../../protocol/cell.ts';
import { namesUsed, type NamesUsed } from './names-used.ts';

interface Use {
  /** Said of the cell, with the name that it is about. */
  readonly what: string;
  /** Whole paths. */
  readonly paths?: RegExp;
  /** Attributes of objects whose class a reading of the source does not tell. */
  readonly attributes?: RegExp;
  /** An attribute without which it does not come to that. */
  readonly only?: string;
}

const uses: readonly Use[] = [
  { what: 'starts threads', paths: /^threading\.(?:Thread|Timer)$/, only: 'start' },
  {
    what: 'starts threads',
    paths:
      /^(?:_thread\.start_\w+|asyncio\.to_thread|concurrent\.futures\.(?:thread\.)?ThreadPoolExecutor|multiprocessing\.(?:pool|dummy)\b.*)$/,
    attributes: /^run_in_executor$/,
  },
  {
    what: 'starts processes',
    paths:
      /^(?:multiprocessing\.(?:Process|Pool|Manager|get_context)|subprocess\.\w+|concurrent\.futures\.(?:process\.)?\w*(?:Process|Interpreter)PoolExecutor)$/,
  },
  {
    what: 'waits for other threads',
    paths: /^(?:threading\.(?:Barrier|Event|Condition|\w*Semaphore)|queue\.\w*Queue|multiprocessing\.\w*Queue)$/,
  },
  { what: 'may wait for a lock', paths: /^threading\.R?Lock$/, only: 'acquire' },
  {
    what: 'runs an event loop of its own',
    paths: /^asyncio\.(?:new_event_loop|Runner|SelectorEventLoop)$/,
    attributes: /^run_(?:until_complete|forever)$/,
  },
  { what: 'runs an event loop of its own', paths: /^(?:trio|anyio)\.\w+/ },
  { what: 'switches between stacks', paths: /^(?:gevent|greenlet)\.\w+/ },
  {
    what: 'reads what you type',
    paths: /^(?:input|breakpoint|sys\.(?:__stdin__|stdin)|getpass\.\w+|fileinput\.\w+|pdb\.\w+)$/,
  },
  {
    what: 'uses signals',
    paths: /^(?:signal\.(?:alarm|setitimer|pause|sig\w*wait\w*|raise_signal|pthread_kill)|os\.kill)$/,
  },
  {
    what: 'uses sockets',
    paths:
      /^(?:socket\.(?:socket|socketpair|create_\w+)|select(?:ors)?\.\w+|socketserver\.\w+|(?:http|xmlrpc|wsgiref)\.\w+\..*|(?:ftp|smtp|pop|imap)lib\.\w+|urllib\.request\..*|asyncio\.(?:(?:start|open)_(?:unix_)?(?:server|connection)))$/,
    attributes: /^(?:create_(?:unix_)?(?:server|connection)|create_datagram_endpoint|sock_\w+|add_(?:reader|writer))$/,
  },
];

function find({ paths, attributes }: NamesUsed, use: Use): string | undefined {
  if (use.only !== undefined && !attributes.has(use.only)) return undefined;
  const path = [...paths].find((each) => use.paths?.test(each));
  return path ?? [...attributes].find((each) => use.attributes?.test(each));
}

/**
 * Why it needs that, as a clause that follows "it": `starts threads (threading.Thread)`; undefined for a plain cell.
 * @param chain the cells that it continues, first to last, and then itself: what one defines the next may call
 */
export function whyFibers(chain: readonly Cell[]): string | undefined {
  if (chain.at(-1)?.options.mode === 'script') return 'is a program, with an interpreter of its own';
  const used = namesUsed(chain.map(({ source }) => source).join('\n'));
  for (const use of uses) {
    const name = find(used, use);
    if (name !== undefined) return `${use.what} (${name})`;
  }
  return undefined;
}
