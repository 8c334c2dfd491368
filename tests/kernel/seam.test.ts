/** Every function of the kernel says whose it is: hidden from tracebacks, and preempted only where a program runs. */
import { expect, it } from 'vitest';
import { openKernelPage } from './page.ts';

/** Imports all of the kernel, as no program does, and asks the machine about the code of each of its functions. */
const program = `
import importlib, inspect, pkgutil, selectors, select, socket, sys, threading, types
import _os_kernel
from _os_kernel import machine
from _os_kernel.seam import declare, hidden

started = {n for n in sys.modules if n.startswith("_os_kernel")}
names = sorted(started | {m.name for m in pkgutil.walk_packages(_os_kernel.__path__, "_os_kernel.")})
# What the kernel supplies of a distribution is loaded with it, and of sockets at their first use.
late = "net.inet", "net.options", "net.outside", "net.ports", "net.tcp", "net.tcp_stream"
late += "net.udp", "net.unix_datagram"
late += "packages.store", "packages.gevent", "packages.trio"
print("loaded at the start:", [n for n in started if n.startswith("_os_kernel.green.") or n[11:] in late])
for kind in (socket.AF_INET, socket.SOCK_STREAM), (socket.AF_INET, socket.SOCK_DGRAM), (socket.AF_UNIX, socket.SOCK_DGRAM):
    with socket.socket(*kind) as made:
        made.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE)
from _os_kernel.packages.finder import the_store
the_store()
for name in "greenlet", "gevent", "gevent.libev", "gevent._interfaces", "zope", "zope.interface":
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__path__ = []
sys.modules["gevent._interfaces"].ICallback = sys.modules["gevent._interfaces"].ILoop = None
sys.modules["zope.interface"].classImplements = lambda *interfaces: None
import gevent.libev.corecext, greenlet._greenlet
from _os_kernel.seam.late import load
load("green.recorded_greenlets")
from _os_kernel import processes
for part in "semaphores", "arguments", "spawn", "groups", "programs", "passing_sockets", "shared_tcp":
    processes.part(part)
loaded = set(sys.modules)
late = [n for n in names if n not in loaded and n != "_os_kernel.sched.limit"]
print("not loaded:", late)

def marked(function):
    code = function.__code__
    return machine.first_traceable(id(code)) == len(code.co_code) // 2 - 1

own = [f for n in names if n in loaded for f in hidden.own_functions(sys.modules[n])]
print("functions:", len(own) > 200)
print("in sight:", [f.__qualname__ for f in own if not marked(f)])
faces = {face.name for face in declare.faces}
print("faces:", *sorted(faces))
python = [n for m in faces for n, v in vars(importlib.import_module(m)).items() if isinstance(v, types.FunctionType)]
print("no builtins:", python)
print("annotated:", [f.__qualname__ for f in own if f.__annotate__ is not None])
classes = [v for face in declare.faces for v in face.names.values() if isinstance(v, type)]
print("annotated classes:", [c.__name__ for c in classes if c.__annotations__])
print(inspect.signature(threading.Lock.acquire), inspect.signature(select.epoll.register))
print(type(selectors.SelectSelector._select).__name__, type(vars(selectors.SelectSelector)["_select"]).__name__)
`;

it('in a program', async () => {
  await using kernel = await openKernelPage();
  const { stdout, traceback } = await kernel.run(program, { mode: 'script' });
  expect({ stdout: stdout.split('\n'), traceback }).toEqual({
    stdout: [
      'loaded at the start: []',
      'not loaded: []',
      'functions: True',
      'in sight: []',
      'faces: _hashlib _multiprocessing _posixshmem _posixsubprocess _queue _remote_debugging _signal _socket _thread faulthandler fcntl gevent.libev.corecext greenlet._greenlet posix select termios time',
      'no builtins: []',
      'annotated: []',
      'annotated classes: []',
      '(self, blocking=True, timeout=-1) (self, fd, eventmask=7)',
      'builtin_function_or_method builtin_function_or_method',
      '',
    ],
    traceback: '',
  });
});
