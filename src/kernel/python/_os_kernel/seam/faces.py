"""Puts the kernel under the names that CPython's C modules have.

Invariant: done before any module that captures these names is imported (the interpreter's own
start runs it), so the standard library above is neither reloaded nor changed.
"""

from .. import errnos, hashes, processes, processors, programs, users
from ..files import epoll_api, fcntl_api, polling, posix_api, sendfile, terminal
from ..net import inet6, names, sockets
from ..sched import cpu_time, sleep
from ..signals import api as signal_api
from ..threads import api as thread_api
from ..threads import dumps, handle, lock, rlock, semaphore, simplequeue, thread
from . import declare

#: The files that declare a face; importing them is what makes it known.
DECLARED = (
    cpu_time,
    dumps,
    epoll_api,
    errnos,
    fcntl_api,
    handle,
    hashes,
    inet6,
    lock,
    names,
    polling,
    posix_api,
    processes,
    processors,
    programs,
    rlock,
    semaphore,
    sendfile,
    signal_api,
    simplequeue,
    sleep,
    sockets,
    terminal,
    thread,
    thread_api,
    users,
)


def install() -> None:
    for face in declare.faces:
        face.install()
