"""What descriptors do on Linux: pipes, socket pairs, `select`, `poll`, `epoll`, locks, named pipes.

Each scenario says what it saw, in words that name descriptors and errors and no numbers that differ
from run to run. `../record-scenarios.ts` has a native CPython run this file and keeps what it
prints; the kernel's test runs it in the kernel and compares.
"""

import errno
import fcntl
import gc
import io
import itertools
import json
import os
import platform
import select
import socket
import stat
import sys
import tempfile
import threading
import time
import traceback
from pathlib import Path

IN, PRI, OUT, ERR, HUP = 1, 2, 4, 8, 16
NONBLOCK = os.O_NONBLOCK
BITS = {
    "IN": 1,
    "PRI": 2,
    "OUT": 4,
    "ERR": 8,
    "HUP": 16,
    "NVAL": 32,
    "RDNORM": 64,
    "RDBAND": 128,
    "WRNORM": 256,
    "WRBAND": 512,
    "RDHUP": 0x2000,
}
ALL = sum(BITS.values()) & ~BITS["NVAL"]

scenarios = {}


def scenario(function):
    scenarios[function.__name__.replace("_", " ")] = function
    return function


class Seen:
    """What one scenario has seen, and the names of its descriptors."""

    def __init__(self):
        self.lines = []
        self.names = {}

    def say(self, *words):
        self.lines.append(" ".join(str(word) for word in words))

    def events(self, found):
        """Pairs of a descriptor and a mask in words, in their order."""
        return [f"{self.names.get(fd, '?')}: {mask(bits)}" for fd, bits in found]

    def error(self, function, *arguments, **keywords):
        """The error that a call ends in, or what it gives."""
        try:
            return function(*arguments, **keywords)
        except OSError as error:
            return f"{type(error).__name__} {errno.errorcode.get(error.errno, error.errno)}"
        except Exception as error:
            return f"{type(error).__name__}: {error}"

    def pipe(self, name="", flags=0):
        r, w = os.pipe2(flags | os.O_CLOEXEC)
        self.names[r], self.names[w] = f"{name}r", f"{name}w"
        return r, w

    def pair(self, name=""):
        a, b = socket.socketpair()
        self.names[a.fileno()], self.names[b.fileno()] = f"{name}a", f"{name}b"
        return a, b


def mask(bits):
    return "+".join(name for name, bit in BITS.items() if bits & bit) or "nothing"


def state(fd, wanted=ALL):
    """All that `poll` says of one descriptor now."""
    fd = fd if isinstance(fd, int) else fd.fileno()
    poller = select.poll()
    poller.register(fd, wanted)
    return mask(dict(poller.poll(0)).get(fd, 0))


def wait_until(condition):
    """Lets other threads run until `condition` holds; each of them waits for something by then."""
    end = time.monotonic() + 20
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)


def in_thread(function, *arguments):
    """Runs it in a thread that soon waits; its result is in the list that comes back.

    No call of Linux tells when a thread has begun to wait. One that has not would do the same
    later, so the pause decides what is tried and never what comes out.
    """
    result, started = [], threading.Event()

    def work():
        started.set()
        try:
            result.append(function(*arguments))
        except OSError as error:
            result.append(errno.errorcode[error.errno])

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    started.wait()
    time.sleep(0.1)
    return thread, result


# Pipes


@scenario
def states_of_the_end_that_reads(seen):
    r, w = seen.pipe()
    seen.say("empty", state(r))
    os.write(w, b"abc")
    seen.say("data", state(r))
    os.close(w)
    seen.say("data and no writer", state(r))
    os.read(r, 10)
    seen.say("no writer", state(r), os.read(r, 10))


@scenario
def states_of_the_end_that_writes(seen):
    r, w = seen.pipe(flags=NONBLOCK)
    seen.say("empty", state(w))
    os.write(w, bytes(61440))
    seen.say("a page free", state(w))
    os.write(w, bytes(4095))
    seen.say("one byte free", state(w), seen.error(os.write, w, b"ab"), os.write(w, b"a"))
    seen.say("full", state(w), seen.error(os.write, w, b"a"))
    os.read(r, 100)
    seen.say("100 read", state(w), seen.error(os.write, w, b"a"))
    os.read(r, 3996)
    seen.say("a page read", state(w), seen.error(os.write, w, bytes(5000)))
    os.close(r)
    seen.say("no reader", state(w), seen.error(os.write, w, b"a"))


@scenario
def what_is_written_without_waiting(seen):
    r, w = seen.pipe(flags=NONBLOCK)
    seen.say(os.write(w, bytes(70000)), seen.error(os.write, w, b"x"))
    seen.say(len(os.read(r, 100000)), seen.error(os.read, r, 1))
    written = []
    for size in (3000, 3000, 1000, 100, 4096, 4097, 1, 40000, 5000, 4096, 3000, 800):
        written.append(seen.error(os.write, w, bytes(size)))
    seen.say(*written)
    read = []
    for size in (2999, 2, 5000, 100000):
        read.append(len(os.read(r, size)))
    seen.say(*read)
    seen.say(os.write(w, b""), os.read(r, 0))


@scenario
def the_size_of_a_pipe(seen):
    r, w = seen.pipe(flags=NONBLOCK)
    seen.say(fcntl.fcntl(r, fcntl.F_GETPIPE_SZ), fcntl.fcntl(w, fcntl.F_GETPIPE_SZ))
    for size in (1, 5000, 131072, 1 << 20):
        given = fcntl.fcntl(w, fcntl.F_SETPIPE_SZ, size)
        seen.say(given, fcntl.fcntl(r, fcntl.F_GETPIPE_SZ))
    fcntl.fcntl(w, fcntl.F_SETPIPE_SZ, 8192)
    seen.say(os.write(w, bytes(10000)), seen.error(fcntl.fcntl, w, fcntl.F_SETPIPE_SZ, 4096))
    os.read(r, 4096)
    seen.say(seen.error(fcntl.fcntl, w, fcntl.F_SETPIPE_SZ, 4096))


@scenario
def the_wrong_end(seen):
    r, w = seen.pipe()
    seen.say(seen.error(os.read, w, 1), seen.error(os.write, r, b"x"))
    seen.say(seen.error(os.lseek, r, 0, os.SEEK_SET), os.isatty(r), seen.error(os.read, 999, 1))
    seen.say(seen.error(os.read, r, -1), seen.error(os.ftruncate, w, 0))


@scenario
def what_fstat_says(seen):
    r, w = seen.pipe()
    a, b = seen.pair()
    one, other = os.fstat(r), os.fstat(w)
    seen.say(stat.S_ISFIFO(one.st_mode), oct(one.st_mode), one.st_ino == other.st_ino, one.st_size)
    seen.say(stat.S_ISSOCK(os.fstat(a.fileno()).st_mode), oct(os.fstat(a.fileno()).st_mode))
    seen.say(os.fstat(a.fileno()).st_ino != os.fstat(b.fileno()).st_ino)
    seen.say(os.path.sameopenfile(r, w), os.path.sameopenfile(r, a.fileno()))


@scenario
def how_many_bytes_wait(seen):
    r, w = seen.pipe()
    a, b = seen.pair()
    os.write(w, b"abcde")
    a.send(b"xyz")
    for fd in (r, w, b.fileno(), a.fileno()):
        answer = fcntl.ioctl(fd, 0x541B, b"\0\0\0\0")
        seen.say(int.from_bytes(answer, sys.byteorder))
    buffer = bytearray(4)
    seen.say(fcntl.ioctl(r, 0x541B, buffer), int.from_bytes(buffer, sys.byteorder))


@scenario
def a_thread_that_reads(seen):
    r, w = seen.pipe()
    thread, result = in_thread(os.read, r, 100)
    seen.say("before", result)
    os.write(w, b"late")
    thread.join()
    seen.say("after", result)
    thread, result = in_thread(os.read, r, 100)
    os.close(w)
    thread.join()
    seen.say("end", result)


@scenario
def threads_that_read(seen):
    r, w = seen.pipe()
    threads = [in_thread(os.read, r, 1) for _ in range(3)]
    os.write(w, b"xxx")
    for thread, _ in threads:
        thread.join()
    seen.say([result for _, result in threads])


@scenario
def a_thread_that_writes(seen):
    r, w = seen.pipe()
    thread, result = in_thread(os.write, w, bytes(200_000))
    seen.say("before", result, state(w))
    n = 0
    while n < 200_000:
        n += len(os.read(r, 50_000))
    thread.join()
    seen.say("after", result, n)
    thread, result = in_thread(os.write, w, bytes(100_000))
    os.close(r)
    thread.join()
    seen.say("no reader", result)


@scenario
def a_descriptor_closed_while_a_thread_reads(seen):
    r, w = seen.pipe()
    thread, result = in_thread(os.read, r, 100)
    os.close(r)
    seen.say("still open", seen.error(os.write, w, b"late"))
    thread.join()
    seen.say(result, seen.error(os.write, w, b"x"))


@scenario
def a_text_stream_over_a_pipe(seen):
    r, w = os.pipe()
    got = []

    def read():
        with os.fdopen(r) as lines:
            got.extend(lines)

    thread = threading.Thread(target=read)
    thread.start()
    with os.fdopen(w, "w") as out:
        out.write("one\n")
        out.flush()
        wait_until(lambda: bool(got) or time.sleep(0.05) is None)
        out.write("two\nthree")
    thread.join()
    seen.say(got)


@scenario
def files_of_C_over_a_pipe_that_does_not_wait(seen):
    r, w = seen.pipe(flags=NONBLOCK)
    reader, writer = io.FileIO(r, "rb"), io.FileIO(w, "wb")
    seen.say(reader.read(5), reader.readall(), reader.readinto(bytearray(5)))
    seen.say(writer.write(bytes(100_000)), writer.write(b"x"))
    seen.say(len(reader.read(70_000)), reader.read(1))
    buffered = io.BufferedWriter(writer, 1000)
    seen.say(seen.error(buffered.write, bytes(100_000)))
    seen.say(seen.error(reader.write, b"x"), seen.error(writer.read, 1), reader.seekable())
    reader.close()
    seen.say(seen.error(io.FileIO(os.dup(w), "wb").write, b"x"))
    seen.say(seen.error(buffered.close))


@scenario
def files_of_C_over_a_pipe_that_waits(seen):
    r, w = seen.pipe()
    reader, writer = io.FileIO(r, "rb"), io.FileIO(w, "wb")
    thread, result = in_thread(reader.read, 100)
    seen.say("before", result, writer.write(b"abc"))
    thread.join()
    seen.say("after", result)
    thread, result = in_thread(writer.write, bytes(150_000))
    seen.say("full", result)
    n = 0
    while n < 150_000:
        n += len(reader.read(50_000))
    thread.join()
    seen.say("after", result, n)
    writer.write(b"rest")
    writer.close()
    seen.say(reader.readall(), reader.read(1))


@scenario
def a_file_that_the_collector_frees(seen):
    class Ring:
        def __del__(self):
            self.file.close()

    r, w = seen.pipe()
    ring = Ring()
    ring.itself = ring
    ring.file = os.fdopen(w, "wb")
    ring.file.write(b"kept until then")
    del ring
    gc.collect()
    seen.say(os.read(r, 100), os.read(r, 100))


@scenario
def a_signal_does_not_end_a_read(seen):
    import signal

    r, w = seen.pipe()
    before = signal.signal(signal.SIGALRM, lambda *_: seen.say("alarm", os.write(w, b"x")))
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    seen.say(os.read(r, 10))
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    seen.say(io.FileIO(r, "rb", closefd=False).read(10))

    def fail(*_):
        raise ZeroDivisionError

    signal.signal(signal.SIGALRM, fail)
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    seen.say(seen.error(os.read, r, 10))
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    seen.say(seen.error(io.FileIO(r, "rb", closefd=False).read, 10))
    signal.signal(signal.SIGALRM, before)


@scenario
def a_signal_told_to_the_wrong_end(seen):
    import signal

    r = seen.pipe()[0]
    os.set_blocking(r, False)
    before = signal.signal(signal.SIGALRM, lambda *_: seen.say("alarm"))
    hook, sys.unraisablehook = sys.unraisablehook, lambda told: seen.say(told[3], told[1])
    signal.set_wakeup_fd(r)
    signal.raise_signal(signal.SIGALRM)
    signal.set_wakeup_fd(-1)
    sys.unraisablehook = hook
    signal.signal(signal.SIGALRM, before)
    seen.say(seen.error(os.read, r, 1))


# The table of descriptors


@scenario
def the_lowest_number_that_is_free(seen):
    r, w = seen.pipe()
    copies = [os.dup(r) for _ in range(4)]
    seen.say([fd - copies[0] for fd in copies])
    os.close(copies[2])
    os.close(copies[1])
    seen.say(os.dup(w) == copies[1], os.open("/dev/null", os.O_RDONLY) == copies[2])
    os.close(copies[0])
    with socket.socket() as s:
        seen.say(s.fileno() == copies[0])
    seen.say(fcntl.fcntl(r, fcntl.F_DUPFD, 900), fcntl.fcntl(r, fcntl.F_DUPFD, 900))
    os.closerange(900, 910)
    seen.say(seen.error(os.fstat, 900), seen.error(os.close, 901))
    os.closerange(copies[0], copies[3] + 1)


@scenario
def copies_and_ends(seen):
    r, w = seen.pipe()
    copy = os.dup(w)
    os.close(w)
    seen.say("one of two closed", state(r))
    other = os.open("/dev/null", os.O_RDWR)
    seen.say(os.dup2(copy, other) == other, os.write(other, b"ab"), os.read(r, 5))
    os.close(copy)
    seen.say("two of three closed", state(r))
    os.dup2(os.open("/dev/null", os.O_RDWR), other)
    seen.say("replaced", state(r))
    seen.say(os.dup2(r, r) == r, seen.error(os.dup2, 998, 5), seen.error(os.dup, 998))


@scenario
def flags_of_the_file_and_of_the_descriptor(seen):
    r, w = seen.pipe()
    copy = os.dup(w)
    seen.say(fcntl.fcntl(r, fcntl.F_GETFL), fcntl.fcntl(w, fcntl.F_GETFL))
    seen.say(os.get_inheritable(w), os.get_inheritable(copy), os.get_blocking(w))
    os.set_blocking(w, False)
    os.set_inheritable(w, True)
    seen.say(os.get_blocking(copy), os.get_blocking(r), fcntl.fcntl(copy, fcntl.F_GETFL))
    seen.say(os.get_inheritable(w), os.get_inheritable(copy))
    fcntl.fcntl(copy, fcntl.F_SETFL, 0)
    seen.say(os.get_blocking(w), fcntl.fcntl(w, fcntl.F_GETFL))
    fcntl.fcntl(copy, fcntl.F_SETFD, 0)
    seen.say(fcntl.fcntl(copy, fcntl.F_GETFD), os.get_inheritable(copy))
    os.dup2(w, copy)
    seen.say("dup2", os.get_inheritable(copy))
    os.dup2(w, copy, inheritable=False)
    seen.say("dup2 not inheritable", os.get_inheritable(copy))
    new = fcntl.fcntl(w, fcntl.F_DUPFD, 0)
    seen.say("F_DUPFD", fcntl.fcntl(new, fcntl.F_GETFD))
    new = fcntl.fcntl(w, fcntl.F_DUPFD_CLOEXEC, 0)
    seen.say("F_DUPFD_CLOEXEC", fcntl.fcntl(new, fcntl.F_GETFD))
    r, w = os.pipe2(0)
    seen.say("pipe2", os.get_inheritable(r), os.get_blocking(r), seen.error(os.pipe2, 0x800000))
    seen.say(seen.error(fcntl.fcntl, r, fcntl.F_DUPFD, -1))
    seen.say(seen.error(os.get_blocking, 998), seen.error(os.set_inheritable, 998, True))
    with tempfile.TemporaryFile() as file:
        seen.say("file", file.fileno() > 2, os.get_inheritable(file.fileno()))
    with socket.socket() as s:
        seen.say("socket", s.get_inheritable(), os.get_blocking(s.fileno()))
        s.settimeout(5)
        seen.say("with a timeout", os.get_blocking(s.fileno()))


@scenario
def standard_output_redirected_and_back(seen):
    r, w = seen.pipe()
    saved = os.dup(1)
    sys.stdout.flush()
    os.dup2(w, 1)
    print("into the pipe", flush=True)
    os.write(1, b"and this\n")
    os.dup2(saved, 1)
    os.close(saved)
    os.close(w)
    with os.fdopen(r) as lines:
        seen.say(lines.read().splitlines())


@scenario
def standard_input_redirected_and_back(seen):
    r, w = seen.pipe()
    saved = os.dup(0)
    os.dup2(r, 0)
    os.write(w, b"typed\n")
    seen.say(os.read(0, 3), os.isatty(0))
    with open(0, closefd=False, buffering=1) as file:
        seen.say(file.readline())
    os.dup2(saved, 0)
    seen.say(stat.S_ISFIFO(os.fstat(0).st_mode))


@scenario
def sockets_and_their_descriptors(seen):
    a, b = seen.pair()
    fd = a.detach()
    seen.say(a.fileno(), seen.error(a.send, b"x"))
    with os.fdopen(fd, "wb", buffering=0) as file:
        seen.say(file.write(b"by a file"), b.recv(100))
    seen.say("closed", b.recv(1), seen.error(b.send, b"x"))
    a, b = seen.pair()
    copy = a.dup()
    again = socket.fromfd(a.fileno(), a.family, a.type)
    a.close()
    seen.say(copy.send(b"1"), again.send(b"2"), b.recv(5))
    copy.close()
    again.close()
    seen.say(b.recv(5))
    a, b = seen.pair()
    os.close(a.fileno())
    seen.say(b.recv(5), seen.error(a.send, b"x"), seen.error(a.close))
    r, _ = seen.pipe()
    seen.say(seen.error(socket.socket, fileno=r), seen.error(socket.socket, fileno=998))
    a, b = seen.pair()
    made = socket.socket(fileno=b.detach())
    seen.say(made.family == a.family, made.type == a.type, a.send(b"x"), made.recv(1))
    a.setblocking(False)
    seen.say(os.get_blocking(a.fileno()), seen.error(os.read, a.fileno(), 1))
    os.write(made.fileno(), b"by write")
    seen.say(os.read(a.fileno(), 100))


@scenario
def states_of_a_socket_pair(seen):
    a, b = seen.pair()
    seen.say("fresh", state(a))
    b.send(b"x")
    seen.say("data", state(a))
    a.recv(1)
    b.shutdown(socket.SHUT_WR)
    seen.say("the other sends no more", state(a), state(b))
    seen.say(a.recv(1), seen.error(b.send, b"x"), a.send(b"y"), b.recv(1))
    a.shutdown(socket.SHUT_WR)
    seen.say("nor does this", state(a), state(b))
    b.close()
    seen.say("closed", state(a), a.recv(1), seen.error(a.send, b"x"))
    a, b = seen.pair()
    a.send(b"unread")
    b.close()
    seen.say("closed with unread bytes", state(a))
    seen.say(seen.error(a.recv, 1), a.recv(1), state(a))
    with socket.socket(socket.AF_UNIX) as alone:
        seen.say("alone", state(alone.fileno()))
        seen.say(seen.error(alone.shutdown, socket.SHUT_RDWR), seen.error(alone.getpeername))


# Names in the file system


@scenario
def files_by_the_names_of_descriptors(seen):
    r, w = seen.pipe()
    seen.say(os.readlink(f"/proc/self/fd/{r}").partition(":")[0])
    with open(f"/dev/fd/{w}", "wb", buffering=0) as file:
        seen.say(file.fileno() != w, file.write(b"by name"))
        os.set_blocking(w, False)
        seen.say(os.get_blocking(file.fileno()))
    seen.say(os.read(r, 100), str(r) in os.listdir("/dev/fd"))
    seen.say(seen.error(os.open, "/dev/fd/998", os.O_RDONLY))
    with open("/dev/zero", "rb", buffering=0) as zero:
        seen.say(zero.read(5), stat.S_ISCHR(os.fstat(zero.fileno()).st_mode))
    with open("/dev/zero", "wb", buffering=0) as zero:
        seen.say(zero.write(b"abc"))


@scenario
def named_pipes(seen):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "fifo")
        os.mkfifo(path)
        seen.say(stat.S_ISFIFO(os.stat(path).st_mode), seen.error(os.mkfifo, path))
        seen.say(seen.error(os.open, path, os.O_WRONLY | NONBLOCK))
        r = os.open(path, os.O_RDONLY | NONBLOCK)
        seen.say("no writer yet", state(r), os.read(r, 1))
        w = os.open(path, os.O_WRONLY)
        os.write(w, b"abc")
        seen.say(state(r), os.read(r, 10), stat.S_ISFIFO(os.fstat(r).st_mode))
        os.close(w)
        seen.say("writer gone", state(r))
        os.close(r)
        thread, result = in_thread(os.open, path, os.O_WRONLY)
        seen.say("waits for a reader", result)
        with open(path, "rb") as file:
            thread.join()
            os.write(result[0], b"met")
            os.close(result[0])
            seen.say(file.read())
        thread, result = in_thread(Path(path).read_text)
        with open(path, "w") as file:
            file.write("text")
        thread.join()
        seen.say(result)
        both = os.open(path, os.O_RDWR)
        os.write(both, b"self")
        seen.say(os.read(both, 10))
        os.close(both)
        os.unlink(path)
        seen.say(os.path.exists(path))
        seen.say(seen.error(os.mkfifo, os.path.join(folder, "no", "fifo")))


@scenario
def locks_of_files(seen):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "file")
        a, b, c = (open(path, "w") for _ in range(3))  # noqa: SIM115
        now = fcntl.LOCK_NB
        fcntl.flock(a, fcntl.LOCK_EX)
        seen.say(seen.error(fcntl.flock, b, fcntl.LOCK_EX | now), fcntl.flock(a, fcntl.LOCK_EX))
        seen.say(seen.error(fcntl.flock, b, fcntl.LOCK_SH | now))
        fcntl.flock(a, fcntl.LOCK_SH)
        seen.say(seen.error(fcntl.flock, b, fcntl.LOCK_SH | now))
        seen.say(seen.error(fcntl.flock, a, fcntl.LOCK_EX | now))
        fcntl.flock(b, fcntl.LOCK_UN)
        seen.say("given back", seen.error(fcntl.flock, a, fcntl.LOCK_EX | now))
        thread, result = in_thread(fcntl.flock, b, fcntl.LOCK_EX)
        seen.say("waits", result)
        copy = os.dup(a.fileno())
        a.close()
        seen.say("a copy keeps it", result, seen.error(fcntl.flock, c, fcntl.LOCK_EX | now))
        os.close(copy)
        thread.join()
        seen.say("closed", result, seen.error(fcntl.flock, c, fcntl.LOCK_EX | now))
        seen.say(seen.error(fcntl.flock, b, 0), seen.error(fcntl.flock, 998, fcntl.LOCK_SH))
        b.close()
        fcntl.flock(c, fcntl.LOCK_EX | now)
        with open(path) as only_read:
            seen.say(fcntl.lockf(c, fcntl.LOCK_EX), fcntl.lockf(only_read, fcntl.LOCK_SH))
            seen.say(seen.error(fcntl.lockf, only_read, fcntl.LOCK_EX | now))
            seen.say(seen.error(fcntl.lockf, c, fcntl.LOCK_SH | now))
        c.close()


# select and poll


@scenario
def select_sorts_by_what_is_ready(seen):
    r, w = seen.pipe()
    a, b = seen.pair()

    def look(*lists):
        ready = select.select(*lists, 0)
        numbers = [[f if isinstance(f, int) else f.fileno() for f in part] for part in ready]
        return [[seen.names[fd] for fd in part] for part in numbers]

    seen.say(look([r, a], [w, b], [r, w]))
    os.write(w, b"x")
    b.send(b"y")
    seen.say(look([r, a], [w, b, r], [r]))
    os.close(w)
    os.read(r, 1)
    b.close()
    seen.say(look([r, a, r], [a], [a, r]))
    r, w = seen.pipe()
    os.close(r)
    seen.say(look([], [w], [w]), look([w], [], []))
    with tempfile.TemporaryFile() as file:
        seen.names[file.fileno()] = "file"
        seen.say(look([file], [file], [file]))


@scenario
def what_select_refuses(seen):
    r, _ = seen.pipe()
    os.close(r)
    seen.say(seen.error(select.select, [r], [], [], 0))
    seen.say(seen.error(select.select, [-1], [], []))
    seen.say(seen.error(select.select, [1024], [], []))
    seen.say(seen.error(select.select, [], [], [], -1))
    seen.say(seen.error(select.select, [], [], [], "soon"))
    seen.say(seen.error(select.select, 1, [], []))
    seen.say(seen.error(select.select, [object()], [], []))
    seen.say(seen.error(select.select, [], [], [], float("nan")))
    seen.say(select.select([], [], [], 0), select.select((), {}, iter([]), 0.01))


@scenario
def poll_tells_what_was_not_asked_for(seen):
    r, w = seen.pipe()
    os.close(w)
    seen.say(state(r, 0), state(r, IN), state(r, OUT))
    closed = os.dup(r)
    os.close(closed)
    seen.say(state(closed, 0), state(closed, IN))
    with tempfile.TemporaryFile() as file:
        seen.say("a file", state(file.fileno()), state(file.fileno(), IN))
    poller = select.poll()
    poller.register(r)
    poller.register(r, OUT)
    seen.say(seen.events(poller.poll(0)))
    poller.modify(r, IN)
    seen.say(seen.events(poller.poll()), seen.error(poller.modify, 998, IN))
    poller.unregister(r)
    seen.say(poller.poll(0), seen.error(poller.unregister, r) is not None, poller.poll(10))


@scenario
def poll_waits_for_what_it_asked_for(seen):
    r, w = seen.pipe()
    a, b = seen.pair()
    poller = select.poll()
    poller.register(r, IN)
    poller.register(a, PRI)
    thread, result = in_thread(poller.poll)
    b.send(b"not asked for")
    time.sleep(0.05)
    seen.say("before", result)
    os.write(w, b"x")
    thread.join()
    seen.say(seen.events(result[0]))


# epoll


@scenario
def epoll_tells_as_long_as_it_is_so(seen):
    r, w = seen.pipe()
    with select.epoll() as poller:
        poller.register(r, IN)
        poller.register(w, OUT)
        seen.say(seen.events(poller.poll(0)), seen.events(poller.poll(0)))
        os.write(w, b"xy")
        seen.say(seen.events(poller.poll(0)), seen.events(poller.poll(0)))
        os.read(r, 1)
        seen.say(seen.events(poller.poll(0)))
        os.read(r, 1)
        seen.say(seen.events(poller.poll(0)))
        os.close(w)
        seen.say(seen.events(poller.poll(0)), seen.events(poller.poll(0)))


@scenario
def epoll_tells_once_with_ONESHOT(seen):
    r, w = seen.pipe()
    with select.epoll() as poller:
        poller.register(r, IN | select.EPOLLONESHOT)
        os.write(w, b"x")
        os.close(w)
        seen.say([mask(dict(poller.poll(0)).get(r, 0)) for _ in range(3)])
        poller.modify(r, IN | select.EPOLLONESHOT)
        seen.say("armed anew", [seen.events(poller.poll(0)) for _ in range(2)])
        poller.modify(r, select.EPOLLONESHOT)
        seen.say("for nothing", [seen.events(poller.poll(0)) for _ in range(2)])
        poller.modify(r, 0)
        seen.say("without ONESHOT", [seen.events(poller.poll(0)) for _ in range(2)])
    r, w = seen.pipe()
    with select.epoll() as poller:
        poller.register(r, IN | select.EPOLLONESHOT)
        os.write(w, b"x")
        poller.poll(0)
        os.write(w, b"y")
        seen.say("more came", poller.poll(0))
        os.close(w)
        seen.say("hung up", poller.poll(0))


@scenario
def epoll_tells_changes_with_ET(seen):
    r, w = seen.pipe(flags=NONBLOCK)
    with select.epoll() as poller:
        poller.register(r, IN | select.EPOLLET)
        seen.say("empty", poller.poll(0))
        os.write(w, b"abc")
        seen.say("data", seen.events(poller.poll(0)), poller.poll(0))
        os.read(r, 1)
        seen.say("some read", poller.poll(0))
        os.write(w, b"d")
        seen.say("more came", seen.events(poller.poll(0)), poller.poll(0))
        os.write(w, b"e")
        os.write(w, b"f")
        seen.say("twice", seen.events(poller.poll(0)), poller.poll(0))
        os.write(w, b"g")
        os.read(r, 100)
        seen.say("read before", poller.poll(0))
        poller.modify(r, IN | select.EPOLLET)
        os.write(w, b"h")
        poller.poll(0)
        poller.modify(r, IN | select.EPOLLET)
        seen.say("modified", seen.events(poller.poll(0)), poller.poll(0))
        os.close(w)
        seen.say("hung up", seen.events(poller.poll(0)), poller.poll(0))


@scenario
def epoll_tells_room_with_ET(seen):
    r, w = seen.pipe(flags=NONBLOCK)
    with select.epoll() as poller:
        poller.register(w, OUT | select.EPOLLET)
        seen.say("empty", seen.events(poller.poll(0)), poller.poll(0))
        os.write(w, b"abc")
        os.read(r, 1)
        seen.say("some read", poller.poll(0))
        while seen.error(os.write, w, bytes(4096)) == 4096:
            pass
        seen.say("full", poller.poll(0))
        os.read(r, 10)
        seen.say("10 read", seen.events(poller.poll(0)), poller.poll(0))
        os.read(r, 8192)
        seen.say("pages read", seen.events(poller.poll(0)), poller.poll(0))
        os.read(r, 8192)
        seen.say("more read", poller.poll(0))
        os.close(r)
        seen.say("no reader", seen.events(poller.poll(0)), poller.poll(0))


@scenario
def epoll_tells_changes_of_sockets_with_ET(seen):
    a, b = seen.pair()
    with select.epoll() as poller:
        poller.register(a, IN | OUT | select.EPOLLRDHUP | select.EPOLLET)
        seen.say("fresh", seen.events(poller.poll(0)), poller.poll(0))
        b.send(b"x")
        seen.say("data", seen.events(poller.poll(0)), poller.poll(0))
        b.send(b"y")
        seen.say("more", seen.events(poller.poll(0)), poller.poll(0))
        a.send(b"z")
        seen.say("sent", poller.poll(0))
        b.recv(1)
        seen.say("read there", seen.events(poller.poll(0)), poller.poll(0))
        a.recv(1)
        seen.say("read here", poller.poll(0))
        b.shutdown(socket.SHUT_WR)
        seen.say("shut", seen.events(poller.poll(0)), poller.poll(0))
        b.close()
        seen.say("closed", seen.events(poller.poll(0)), poller.poll(0))


@scenario
def epoll_tells_the_end_of_a_stream(seen):
    a, b = seen.pair()
    with select.epoll() as poller:
        poller.register(a, IN)
        b.shutdown(socket.SHUT_WR)
        seen.say(seen.events(poller.poll(0)))
        poller.modify(a, select.EPOLLRDHUP)
        seen.say(seen.events(poller.poll(0)))
        poller.modify(a, 0)
        seen.say(seen.events(poller.poll(0)))
        b.close()
        seen.say(seen.events(poller.poll(0)))
        r, w = seen.pipe()
        poller.register(w, 0)
        os.close(r)
        seen.say(seen.events(poller.poll(0)))


@scenario
def epoll_hears_of_what_is_registered_while_it_waits(seen):
    r, _ = seen.pipe("first ")
    ready, _ = seen.pipe("ready ")
    os.write(_, b"x")
    with select.epoll() as poller:
        poller.register(r, IN)
        thread, result = in_thread(poller.poll)
        poller.register(ready, IN)
        thread.join()
        seen.say("registered", seen.events(result[0]))
        poller.modify(ready, 0)
        thread, result = in_thread(poller.poll)
        poller.modify(ready, IN)
        thread.join()
        seen.say("modified", seen.events(result[0]))
        poller.unregister(ready)
        later, end = seen.pipe("later ")
        thread, result = in_thread(poller.poll)
        poller.register(later, IN)
        time.sleep(0.05)
        seen.say("not ready", result)
        os.write(end, b"x")
        thread.join()
        seen.say("ready later", seen.events(result[0]))
        os.read(later, 1)
        thread, result = in_thread(poller.poll, 0.3)
        poller.unregister(later)
        os.write(end, b"x")
        thread.join()
        seen.say("unregistered", result)


@scenario
def epoll_watches_the_open_file(seen):
    r, w = seen.pipe()
    copy = os.dup(r)
    seen.names[copy] = "copy of r"
    with select.epoll() as poller:
        poller.register(r, IN)
        os.write(w, b"x")
        os.close(r)
        seen.say("one closed", seen.events(poller.poll(0)))
        seen.say(seen.error(poller.unregister, r), seen.error(poller.modify, copy, IN))
        poller.register(copy, IN)
        seen.say("both numbers", seen.events(poller.poll(0)))
        os.close(copy)
        seen.say("all closed", poller.poll(0))
    r, w = seen.pipe()
    with select.epoll() as poller:
        poller.register(r, IN)
        number = r
        os.close(r)
        other, end = os.pipe()
        seen.say("the number used again", other == number, seen.error(poller.modify, other, IN))
        os.write(end, b"x")
        seen.say(poller.poll(0), seen.error(poller.register, other, IN))
        seen.say(seen.events(poller.poll(0)))
        os.close(other)
        os.close(end)


@scenario
def epoll_forgets_what_is_closed(seen):
    for close in (lambda sock: sock.close(), lambda sock: os.close(sock.fileno())):
        with select.epoll() as poller:
            sock = socket.socket()
            number = sock.fileno()
            poller.register(sock, IN)
            seen.say("not connected", bool(poller.poll(0)))
            close(sock)
            seen.say("closed", poller.poll(0))
            r, w = os.pipe()
            poller.register(r, IN)
            seen.say("the number used again", r == number, poller.poll(0))
            sock.detach()
            os.close(r)
            os.close(w)


@scenario
def what_epoll_refuses(seen):
    r, w = seen.pipe()
    poller = select.epoll()
    poller.register(r, IN)
    seen.say(seen.error(poller.register, r, IN), seen.error(poller.modify, w, IN))
    seen.say(seen.error(poller.unregister, w), seen.error(poller.register, 998, IN))
    seen.say(seen.error(poller.register, poller, IN), seen.error(poller.unregister, 998))
    with tempfile.TemporaryFile() as file:
        seen.say("a file", seen.error(poller.register, file, IN))
        seen.say(seen.error(poller.modify, file, IN), seen.error(poller.unregister, file))
    null = os.open("/dev/null", os.O_RDWR)
    folder = os.open("/", os.O_RDONLY)
    seen.say(seen.error(poller.register, null, IN), seen.error(poller.register, folder, IN))
    seen.say(seen.error(poller.poll, 0, 0), seen.error(poller.poll, 0, -2))
    seen.say(seen.error(poller.poll, "soon"), seen.error(poller.register, -1, IN))
    seen.say(seen.error(poller.register, object(), IN))
    fake = select.epoll.fromfd(os.dup(r))
    seen.say(seen.error(fake.poll, 0), seen.error(fake.register, w, IN))
    fake.close()
    other = select.epoll.fromfd(poller.fileno())
    os.write(w, b"x")
    seen.say(seen.events(other.poll(0)), other.fileno() == poller.fileno())
    poller.close()
    seen.say(seen.error(other.poll, 0), seen.error(other.register, w, IN))
    seen.say(seen.error(poller.poll), poller.closed, seen.error(poller.fileno), poller.close())
    seen.say(seen.error(select.epoll, 0), seen.error(select.epoll, -2))
    seen.say(seen.error(select.epoll, flags=7), select.epoll(flags=select.EPOLL_CLOEXEC).close())


@scenario
def epoll_is_fair(seen):
    pipes = [seen.pipe(f"{n}") for n in range(4)]
    with select.epoll() as poller:
        for r, w in pipes:
            poller.register(r, IN)
            os.write(w, b"x")
        seen.say("one each", [seen.events(poller.poll(0, 1)) for _ in range(6)])
        seen.say("three each", [seen.events(poller.poll(0, 3)) for _ in range(3)])
        os.read(pipes[1][0], 1)
        seen.say("one not ready", [seen.events(poller.poll(0, 2)) for _ in range(3)])
        seen.say("all", seen.events(poller.poll(0)))
        os.write(pipes[1][1], b"x")
        seen.say("ready again", seen.events(poller.poll(0)))


@scenario
def epoll_in_epoll(seen):
    r, w = seen.pipe()
    inner, outer = select.epoll(), select.epoll()
    seen.names[inner.fileno()] = "inner"
    inner.register(r, IN)
    outer.register(inner, IN)
    seen.say("nothing", outer.poll(0), state(inner.fileno()))
    os.write(w, b"x")
    seen.say("ready", seen.events(outer.poll(0)), seen.events(inner.poll(0)), state(inner.fileno()))
    seen.say(select.select([inner], [inner], [], 0) == ([inner], [], []))
    os.read(r, 1)
    seen.say("read", outer.poll(0), inner.poll(0))
    thread, result = in_thread(outer.poll)
    os.write(w, b"y")
    thread.join()
    seen.say("woken", seen.events(result[0]))
    seen.say("a ring", seen.error(inner.register, outer, IN))
    chain = [select.epoll() for _ in range(8)]
    made = []
    for first, second in itertools.pairwise(chain):
        made.append(seen.error(second.register, first, IN))
    seen.say("a chain", made)
    made = []
    chain = [select.epoll() for _ in range(8)]
    for first, second in reversed(list(itertools.pairwise(chain))):
        made.append(seen.error(second.register, first, IN))
    seen.say("a chain from above", made)
    outer.modify(inner, IN | select.EPOLLET)
    os.read(r, 1)
    outer.poll(0)
    os.write(w, b"z")
    seen.say("ET", seen.events(outer.poll(0)), outer.poll(0))
    inner.close()
    seen.say("closed", outer.poll(0))
    outer.close()


@scenario
def epoll_EXCLUSIVE(seen):
    r, w = seen.pipe()
    exclusive = select.EPOLLEXCLUSIVE
    with select.epoll() as one, select.epoll() as two:
        one.register(r, IN | exclusive)
        two.register(r, IN | exclusive)
        seen.say(seen.error(one.modify, r, IN | exclusive), seen.error(one.modify, r, IN))
        seen.say(seen.error(one.register, w, exclusive | select.EPOLLONESHOT))
        seen.say(seen.error(one.register, w, exclusive | select.EPOLLRDHUP))
        seen.say(seen.error(one.register, two, IN | exclusive))
        os.write(w, b"x")
        seen.say(seen.events(one.poll(0)), seen.events(two.poll(0)))
        os.read(r, 1)
        seen.say(one.poll(0), two.poll(0))
        waiting = [in_thread(each.poll, 0.5) for each in (one, two)]
        os.write(w, b"x")
        for thread, _ in waiting:
            thread.join()
        seen.say("woken:", sum(bool(result[0]) for _, result in waiting) >= 1)


@scenario
def threads_that_wait_in_one_epoll(seen):
    r, w = seen.pipe()
    with select.epoll() as poller:
        poller.register(r, IN | select.EPOLLET)
        threads = [in_thread(poller.poll, 0.5) for _ in range(3)]
        os.write(w, b"x")
        for thread, _ in threads:
            thread.join()
        seen.say("ET", sum(bool(result[0]) for _, result in threads))
        os.read(r, 1)
        poller.modify(r, IN | select.EPOLLONESHOT)
        threads = [in_thread(poller.poll, 0.5) for _ in range(3)]
        os.write(w, b"x")
        for thread, _ in threads:
            thread.join()
        seen.say("ONESHOT", sum(bool(result[0]) for _, result in threads))


def run(function):
    seen = Seen()
    try:
        function(seen)
    except Exception as error:
        lines = traceback.format_exception_only(error)
        seen.say("ended by", lines[-1].strip())
    return seen.lines


def main():
    wanted = sys.argv[1:]
    chosen = {name: f for name, f in scenarios.items() if not wanted or name in wanted}
    told = {name: run(function) for name, function in chosen.items()}
    version = platform.python_version()
    print(json.dumps({"python": version, "system": platform.platform(), "scenarios": told}))


if __name__ == "__main__":
    main()
