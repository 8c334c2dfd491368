/** Small programs, each of which ends in a way of its own; `record.ts` has CPython run them, `program-ends.test.ts` the kernel. */
import { errors } from './errors.ts';

export const programs: Readonly<Record<string, string>> = {
  ...errors,
  'a thread that fails': `
import threading

def work():
    [][1]

thread = threading.Thread(target=work, name="worker")
thread.start()
thread.join()
print("main goes on")
`,
  'threads joined at the end': `
import threading, time

def work(n):
    time.sleep(0.05 * n)
    print("thread", n)

for n in (2, 1):
    threading.Thread(target=work, args=(n,)).start()
print("end of main")
`,
  'a daemon thread cut': `
import threading, time

def work():
    try:
        while True:
            time.sleep(0.01)
    finally:
        print("never")

threading.Thread(target=work, daemon=True).start()
time.sleep(0.03)
print("end of main")
`,
  'atexit in order': `
import atexit
atexit.register(print, "registered first")
atexit.register(print, "registered last")
print("end of main")
`,
  'atexit that fails': `
import atexit
def fail():
    raise ValueError("at exit")
atexit.register(print, "still called")
atexit.register(fail)
`,
  'atexit after an uncaught exception': `
import atexit, sys
atexit.register(lambda: print("atexit", sys.last_exc, file=sys.stderr))
1 / 0
`,
  'sys.exit(0)': 'import sys\nsys.exit(0)\nprint("never")',
  'sys.exit(3)': 'import sys\nsys.exit(3)',
  'sys.exit(-1)': 'import sys\nsys.exit(-1)',
  "sys.exit('text')": 'import sys\nprint("out")\nsys.exit("no such thing")',
  'sys.exit(None)': 'import sys\nsys.exit(None)',
  'sys.exit((1, 2))': 'import sys\nsys.exit((1, 2))',
  'sys.exit while an exception is handled': `
import sys
try:
    1 / 0
except ZeroDivisionError:
    sys.exit(5)
finally:
    print("finally")
`,
  'SystemExit in a thread': `
import threading, sys
threading.Thread(target=sys.exit, args=(3,)).start()
print("main")
`,
  'SystemExit in atexit': 'import atexit, sys\natexit.register(sys.exit, 7)\nprint("main")',
  'an error in __del__': `
class Bad:
    def __del__(self):
        raise OSError("while freed")
    def __repr__(self):
        return "<Bad>"

bad = Bad()
del bad
print("goes on")
`,
  'an error in __del__ at the end': `
class Bad:
    def __del__(self):
        print("freed")
        raise OSError("while freed")
    def __repr__(self):
        return "<Bad>"

bad = Bad()
print("end of main")
`,
  KeyboardInterrupt: `
def wait():
    raise KeyboardInterrupt
try:
    wait()
finally:
    print("finally")
`,
  'os._exit': 'import atexit, os\natexit.register(print, "never")\nprint("before", flush=True)\nos._exit(9)',
  'a thread that calls os._exit': `
import os, threading, time
threading.Thread(target=os._exit, args=(4,)).start()
time.sleep(60)
`,
  'endless recursion': `
def down(n):
    return down(n + 1)
down(0)
`,
  'endless recursion of two': `
def even(n):
    return odd(n - 1)
def odd(n):
    return even(n - 1)
even(-1)
`,
  'endless recursion in a thread': `
import threading
def down(n):
    return down(n + 1)
threading.Thread(target=down, args=(0,)).start()
`,
  'a task that fails': `
import asyncio

async def fail():
    await asyncio.sleep(0)
    raise ValueError("in a task")

async def main():
    task = asyncio.create_task(fail())
    await task

asyncio.run(main())
`,
  'a task group that fails': `
import asyncio

async def fail(kind, seconds):
    await asyncio.sleep(seconds)
    raise kind("in a group")

async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(fail(ValueError, 0))
        group.create_task(fail(KeyError, 0))

asyncio.run(main())
`,
  'a task whose error nobody takes': `
import asyncio, gc

async def fail():
    raise ValueError("nobody looks")

async def main():
    asyncio.create_task(fail(), name="lost")
    await asyncio.sleep(0.01)
    gc.collect()

asyncio.run(main())
print("end of main")
`,
  'a coroutine never awaited': `
async def work():
    pass

work()
print("end of main")
`,
  'a warning': 'import warnings\nwarnings.warn("old", DeprecationWarning)\nwarnings.warn("shown")',
  'excepthook of the program': `
import sys
def hook(kind, error, traceback):
    print("hook:", kind.__name__, error)
sys.excepthook = hook
raise ValueError("for the hook")
`,
  'excepthook that fails': `
import sys
def hook(kind, error, traceback):
    raise TypeError("in the hook")
sys.excepthook = hook
raise ValueError("for the hook")
`,
  'threading.excepthook of the program': `
import threading
threading.excepthook = lambda args: print("hook:", args.exc_type.__name__, args.thread.name)
threading.Thread(target=lambda: 1 / 0, name="worker").start()
`,
  'an error while threads are still at work': `
import threading, time
def work():
    time.sleep(0.05)
    print("thread")
threading.Thread(target=work).start()
raise KeyError("main")
`,
  'a traceback printed by the program': `
import sys, traceback
def f():
    1 / 0
try:
    f()
except ZeroDivisionError:
    traceback.print_exc()
    print(traceback.format_exc(), end="")
    sys.excepthook(*sys.exc_info())
`,
  'a generator that is cut': `
def numbers():
    try:
        yield 1
    finally:
        print("closed")
kept = numbers()
next(kept)
print("end of main")
`,
  'a generator that ignores its end': `
def numbers():
    try:
        yield 1
    except GeneratorExit:
        yield 2
kept = numbers()
next(kept)
del kept
`,
  'standard output closed': 'import sys\nsys.stdout.close()\nprint("lost")',
  'a signal that nobody handles': `
import os, signal
print("before", flush=True)
os.kill(os.getpid(), signal.SIGTERM)
`,
  'pool of threads that fails': `
from concurrent.futures import ThreadPoolExecutor
def work(n):
    return 1 // n
with ThreadPoolExecutor(2) as pool:
    print(list(pool.map(work, [1, 0])))
`,
};
