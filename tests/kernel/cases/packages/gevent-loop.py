"""What gevent's loop does with closed descriptors, with errors of a hub, with what has fired."""

# expect: EBADF ZeroDivisionError 2 True True refused None True gevent.core.EVENTS True False
# in: program
import errno
import io
import os
import sys

import gevent
import gevent.core
from gevent._interfaces import ICallback, ILoop

hub = gevent.get_hub()
loop = hub.loop

read_end, write_end = os.pipe()
os.close(read_end)
os.close(write_end)
try:
    refused = loop.io(read_end, 1)
except OSError as error:
    refused = errno.errorcode[error.errno]


def fail(*args):
    raise AttributeError


printed, sys.stderr = sys.stderr, io.StringIO()
hub.handle_error = fail
try:
    gevent.spawn(lambda: 1 / 0).get()
except ZeroDivisionError as error:
    ended = type(error).__name__
loop.run_callback(lambda: 1 / 0)
gevent.sleep(0.01)
printed, sys.stderr = sys.stderr.getvalue(), printed

timer = loop.timer(0.001)
timer.start(int)
try:
    timer.args = [1]
    args = "taken"
except TypeError:
    args = "refused"
gevent.sleep(0.01)
watched = loop.stat(os.devnull, interval=-1)
watched.start(int)
watched.stop()
second = gevent.config.loop(default=True)
was_default = second.default
second.destroy()

print(
    refused,
    ended,
    printed.count("\nAttributeError"),
    ILoop.providedBy(loop),
    ICallback.providedBy(loop.run_callback(int)),
    args,
    timer.callback,
    watched.interval > 0,
    gevent.core.EVENTS,
    was_default,
    second.default,
)
