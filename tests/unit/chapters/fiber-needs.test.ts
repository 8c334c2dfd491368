/** What a cell declares it needs is what a reading of it finds, by whatever name it imports it. */
import { expect, it } from 'vitest';
import { whyFibers } from '../../../src/chapters/needs/fiber-needs.ts';
import type { CellMode } from '../../../src/protocol/cell.ts';
import { parseFence } from '../../../src/chapters/fence.ts';

function cell(source: string, mode: CellMode = 'notebook') {
  const meta = `run id=one${mode === 'script' ? ' script' : ''}`;
  const result = parseFence(meta, source, { file: 'index.mdx', line: 1 });
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.cell;
}
const why = (...sources: readonly string[]) => whyFibers(sources.map((source) => cell(source)));

it.each([
  ['a name of its module', 'import threading\nthreading.Thread(target=f).start()'],
  ['a module by another name', 'import os, threading as t\nt.Thread(target=f).start()'],
  ['a name by another name', 'from threading import (\n    Lock,\n    Thread as T,\n)\nT(target=f).start()'],
  ['every name of a module', 'from threading import *\nThread(target=f).start()'],
  ['a base class', 'import threading\nclass Worker(threading.Thread):\n    pass\nWorker().start()'],
  ['source that is not quite Python', 'import threading\nthreading.Thread(target=f).start()\nThread?\nif ('],
])('finds a thread by %s', (_, source) => {
  expect(why(source)).toBe('starts threads (threading.Thread)');
});

it.each([
  ['1 + 1', 'arithmetic'],
  ['import threading\nthreading.Thread(target=print)', 'a thread that is not started'],
  ['import threading\nwith threading.Lock():\n    threading.current_thread()', 'a lock'],
  ['import asyncio\nawait asyncio.gather(asyncio.sleep(1), asyncio.sleep(1))', 'await at top level'],
  ['import time\ntime.sleep(1)', 'a sleep'],
  ['print("import threading; threading.Thread().start()")  # input()', 'words in strings and comments'],
  ['reader.input()', 'a method of the same name'],
  ['import asyncio\nasyncio.run(main())', 'what the notebook refuses'],
])('declares nothing for %j: %s', (source) => {
  expect(why(source)).toBeUndefined();
});

it.each([
  ['name = input("? ")', 'reads what you type (input)'],
  ['import sys\nfor line in sys.stdin: pass', 'reads what you type (sys.stdin)'],
  ['import queue\nqueue.SimpleQueue().get()', 'waits for other threads (queue.SimpleQueue)'],
  ['import threading\nthreading.Lock().acquire(timeout=1)', 'may wait for a lock (threading.Lock)'],
  ['import asyncio\nawait asyncio.to_thread(f)', 'starts threads (asyncio.to_thread)'],
  ['await loop.run_in_executor(None, f)', 'starts threads (run_in_executor)'],
  [
    'from concurrent import futures\nfutures.ThreadPoolExecutor()',
    'starts threads (concurrent.futures.ThreadPoolExecutor)',
  ],
  [
    'from concurrent.futures import ThreadPoolExecutor as P\nP()',
    'starts threads (concurrent.futures.ThreadPoolExecutor)',
  ],
  ['import signal\nsignal.alarm(1)', 'uses signals (signal.alarm)'],
  ['import asyncio\nasyncio.new_event_loop()', 'runs an event loop of its own (asyncio.new_event_loop)'],
  ['import socket\nsocket.create_server(("", 80))', 'uses sockets (socket.create_server)'],
  ['import asyncio\nawait asyncio.start_unix_server(f, "s")', 'uses sockets (asyncio.start_unix_server)'],
  ['await loop.create_datagram_endpoint(P)', 'uses sockets (create_datagram_endpoint)'],
  ['from xmlrpc.client import ServerProxy\nServerProxy(url)', 'uses sockets (xmlrpc.client.ServerProxy)'],
  ['import trio\ntrio.run(main)', 'runs an event loop of its own (trio.run)'],
  ['from gevent import spawn\nspawn(f)', 'switches between stacks (gevent.spawn)'],
  ['import multiprocessing as mp\nmp.Process(target=f).start()', 'starts processes (multiprocessing.Process)'],
])('%j %s', (source, reason) => {
  expect(why(source)).toBe(reason);
});

it('counts what the cells before it define', () => {
  const defines = 'import threading\ndef run(): threading.Thread(target=print).start()';
  expect(why(defines, 'run()')).toBe('starts threads (threading.Thread)');
  expect(why('from threading import Thread', 'worker = Thread(target=print)', 'worker.start()')).toBeDefined();
});

it('says of every program that it is one', () => {
  expect(whyFibers([cell('print(1)', 'script')])).toBe('is a program, with an interpreter of its own');
});
