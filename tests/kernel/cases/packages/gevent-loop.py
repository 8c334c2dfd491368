"""What gevent's loop does with closed descriptors, with errors of a hub, and what it declares."""

# expect: EBADF ZeroDivisionError 2 True True
# in: program
import errno
import io
import os
import sys

import gevent
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

print(
    refused,
    ended,
    printed.count("\nAttributeError"),
    ILoop.providedBy(loop),
    ICallback.providedBy(loop.run_callback(int)),
)
