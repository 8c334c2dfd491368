# expect: True []
# Numbers, words and classes of errors are Linux's, wherever a program sees them.
import ctypes
import errno
import io
import os
import socket

wrong = []


def check(what, seen, expected):
    if seen != expected:
        wrong.append((what, seen, expected))


def raised(call, *args):
    try:
        call(*args)
    except (OSError, OverflowError) as error:
        return type(error).__name__, *error.args, str(error)
    return None


check("open", raised(open, "x")[:3], ("FileNotFoundError", 2, "No such file or directory"))
check("open, told", raised(open, "x")[-1], "[Errno 2] No such file or directory: 'x'")
check("mkdir", raised(os.mkdir, "/tmp")[:3], ("FileExistsError", 17, "File exists"))
check("rmdir", raised(os.rmdir, "/home")[:3], ("OSError", 39, "Directory not empty"))
check("read", raised(open, "/tmp")[:3], ("IsADirectoryError", 21, "Is a directory"))
check("close", raised(os.close, 9999)[:3], ("OSError", 9, "Bad file descriptor"))
check("power", raised(pow, 2.0, 10000)[:3], ("OverflowError", 34, "Numerical result out of range"))
left, right = socket.socketpair()
left.setblocking(False)
check("recv", raised(left.recv, 1)[:2], ("BlockingIOError", 11))
left.close(), right.close()

for name, number in {
    "EPERM": 1, "ENOENT": 2, "EINTR": 4, "EAGAIN": 11, "EACCES": 13, "EEXIST": 17, "EPIPE": 32,
    "ENOTEMPTY": 39, "EADDRINUSE": 98, "ECONNRESET": 104, "ETIMEDOUT": 110, "ECONNREFUSED": 111,
}.items():  # fmt: skip
    check(name, (getattr(errno, name), errno.errorcode[number]), (number, name))
for kind, name in (
    (BlockingIOError, "EAGAIN"), (BlockingIOError, "EALREADY"), (BlockingIOError, "EINPROGRESS"),
    (BrokenPipeError, "EPIPE"), (BrokenPipeError, "ESHUTDOWN"), (ChildProcessError, "ECHILD"),
    (ConnectionAbortedError, "ECONNABORTED"), (ConnectionRefusedError, "ECONNREFUSED"),
    (ConnectionResetError, "ECONNRESET"), (FileExistsError, "EEXIST"),
    (FileNotFoundError, "ENOENT"), (InterruptedError, "EINTR"), (IsADirectoryError, "EISDIR"),
    (NotADirectoryError, "ENOTDIR"), (PermissionError, "EACCES"), (PermissionError, "EPERM"),
    (ProcessLookupError, "ESRCH"), (TimeoutError, "ETIMEDOUT"),
):  # fmt: skip
    check(name, type(OSError(getattr(errno, name), "")), kind)
check("words", [os.strerror(n) for n in (0, 2, 34, 44, 98, 999)], [
    "Success", "No such file or directory", "Numerical result out of range",
    "Channel number out of range", "Address already in use", "Unknown error 999"])  # fmt: skip

library = ctypes.CDLL(None, use_errno=True)
library.open(b"x", 0)
check("ctypes", ctypes.get_errno(), 2)
ctypes.set_errno(17)
library.getpid()
check("ctypes, set", ctypes.get_errno(), 17)


class Interrupted(io.RawIOBase):
    reads = 0

    def readable(self):
        return True

    def readinto(self, buffer):
        self.reads += 1
        if self.reads == 1:
            raise InterruptedError(errno.EINTR, "")
        return 0


check("EINTR is tried again", io.BufferedReader(Interrupted()).read(2), b"")
print(not wrong, wrong)
