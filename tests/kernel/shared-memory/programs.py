"""What processes see of memory that they share: `multiprocessing`'s values, arrays and memory by
name, and files that are mapped.

Each scenario says what it saw, in words without numbers that differ from run to run.
`../record-scenarios.ts` has a native CPython run this file and keeps what it prints; the kernel's
test runs it in the kernel and compares.
"""

import ctypes
import errno
import json
import mmap
import multiprocessing
import os
import platform
import subprocess
import sys
import tempfile
import time
import traceback
from multiprocessing import shared_memory
from subprocess import PIPE

context = multiprocessing.get_context("spawn")
scenarios = {}


def scenario(function):
    scenarios[function.__name__.replace("_", " ")] = function
    return function


class Seen:
    def __init__(self):
        self.lines = []

    def say(self, *words):
        self.lines.append(" ".join(map(str, words)))


def in_child(target, *args):
    process = context.Process(target=target, args=args)
    process.start()
    process.join()
    return process.exitcode


def _double(value, array):
    value.value *= 2
    for index in range(len(array)):
        array[index] = -array[index]


@scenario
def a_value_and_an_array(seen):
    value = context.RawValue("q", 21)
    array = context.RawArray("d", [1.5, 2.5, 3.5])
    seen.say(in_child(_double, value, array), value.value, list(array))
    seen.say(in_child(_double, value, array), value.value, list(array))


class Point(ctypes.Structure):
    _fields_ = (("x", ctypes.c_double), ("name", ctypes.c_char * 8), ("n", ctypes.c_short))


def _move(points, bits):
    for point in points:
        point.x += 0.5
        point.name = point.name.upper()
    points[1].n = -1
    bits[3] = 7


@scenario
def structures(seen):
    points = context.RawArray(Point, [(1.25, b"one", 1), (2.25, b"two", 2)])
    bits = context.RawArray("B", 5)
    in_child(_move, points, bits)
    seen.say([(each.x, each.name, each.n) for each in points], bytes(bits))


def _fill(array, index):
    for place in range(index, len(array), 4):
        array[place] = index + 1


@scenario
def neighbours_in_one_word(seen):
    array = context.RawArray("B", 1000)
    processes = [context.Process(target=_fill, args=(array, index)) for index in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    seen.say([array[:].count(index) for index in range(5)])


def _answer(value, reader, writer):
    while reader.recv() is not None:
        value.value += 1
        writer.send(None)


@scenario
def turns_by_pipes(seen):
    value = context.RawValue("i", 0)
    from_parent, to_child = context.Pipe(duplex=False)
    from_child, to_parent = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(value, from_parent, to_parent))
    process.start()
    for _ in range(20):
        value.value *= 2
        to_child.send("now")
        from_child.recv()
    seen.say(value.value)
    to_child.send(None)
    process.join()


def _count(value, array, index):
    for _ in range(25):
        with value.get_lock():
            value.value += 1
        array[index % len(array)] += 1


@scenario
def a_counter_with_its_lock(seen):
    value, array = context.Value("q", 1000), context.Array("h", 2)
    arguments = [(value, array, index) for index in range(4)]
    processes = [context.Process(target=_count, args=each) for each in arguments]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    # Two of them have added to each item without keeping the lock from reading to writing.
    seen.say(value.value, [25 <= each <= 50 for each in array])


def _deposit(name, lock):
    memory = shared_memory.SharedMemory(name, track=False)
    words = memory.buf.cast("q")
    for _ in range(25):
        with lock:
            taken = words[0]
            words[1] += 1
            words[0] = taken + words[1]
    words.release()
    memory.close()


@scenario
def shared_memory_and_a_lock(seen):
    memory = shared_memory.SharedMemory(create=True, size=4096)
    lock = context.Lock()
    processes = [context.Process(target=_deposit, args=(memory.name, lock)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    seen.say(list(memory.buf[:16].cast("q")))
    memory.close()
    memory.unlink()


def _produce(array, full, empty):
    for number in range(30):
        empty.acquire()
        array[number % 4] = number
        full.release()


@scenario
def a_ring_with_two_semaphores(seen):
    array = context.RawArray("i", 4)
    full, empty = context.Semaphore(0), context.Semaphore(4)
    process = context.Process(target=_produce, args=(array, full, empty))
    process.start()
    taken = []
    for number in range(30):
        full.acquire()
        taken.append(array[number % 4])
        empty.release()
    process.join()
    seen.say(taken == list(range(30)))


def _raise_flag(flag, data):
    data.value = 42
    flag.value = 1
    while flag.value == 1:
        time.sleep(0.01)
    data.value += 1
    flag.value = 3
    # Without a word to anybody, and without an end.
    while True:
        pass


@scenario
def a_flag_that_is_looked_at(seen):
    flag, data = context.RawValue("i", 0), context.RawValue("i", 0)
    process = context.Process(target=_raise_flag, args=(flag, data), daemon=True)
    process.start()
    while not flag.value:
        pass
    seen.say(data.value)
    flag.value = 2
    while flag.value != 3:
        time.sleep(0.001)
    seen.say(data.value)
    process.kill()
    process.join()


def _attach(name, size):
    memory = shared_memory.SharedMemory(name, track=False)
    assert len(memory.buf) >= size
    memory.buf[:5] = bytes(reversed(memory.buf[:5]))
    memory.buf[size - 1] = 9
    memory.close()


@scenario
def shared_memory_by_name(seen):
    memory = shared_memory.SharedMemory(create=True, size=100_000)
    memory.buf[:5] = b"hello"
    seen.say(in_child(_attach, memory.name, 100_000))
    seen.say(bytes(memory.buf[:6]), memory.buf[99_999])
    again = shared_memory.SharedMemory(memory.name, track=False)
    again.buf[0] = 1
    seen.say(memory.buf[0])
    again.close()
    memory.close()
    kept = shared_memory.SharedMemory(memory.name, track=False)
    seen.say(bytes(kept.buf[:6]), kept.buf[99_999])
    kept.close()
    memory.unlink()
    for use in (
        lambda: shared_memory.SharedMemory(memory.name, track=False),
        memory.unlink,
        lambda: shared_memory.SharedMemory("a/b", create=True, size=1),
        lambda: shared_memory.SharedMemory("x" * 300, create=True, size=1),
        lambda: shared_memory.SharedMemory("x\0y", create=True, size=1),
    ):
        try:
            use()
        except (OSError, ValueError) as error:
            known = isinstance(error, OSError)
            seen.say(type(error).__name__, errno.errorcode[error.errno] if known else error)


def _make(reader, writer):
    memory = shared_memory.SharedMemory("made_by_a_child", create=True, size=64, track=False)
    memory.buf[:4] = b"made"
    writer.send(memory.name)
    reader.recv()
    writer.send(bytes(memory.buf[:8]))
    memory.close()


@scenario
def memory_that_a_child_has_made(seen):
    from_parent, to_child = context.Pipe(duplex=False)
    from_child, to_parent = context.Pipe(duplex=False)
    process = context.Process(target=_make, args=(from_parent, to_parent))
    process.start()
    memory = shared_memory.SharedMemory(from_child.recv(), track=False)
    try:
        shared_memory.SharedMemory("made_by_a_child", create=True, size=64)
    except FileExistsError as error:
        seen.say(error)
    memory.buf[4:8] = b"seen"
    to_child.send(None)
    seen.say(from_child.recv())
    process.join()
    seen.say(bytes(memory.buf[:8]))
    memory.close()
    memory.unlink()


def _list(name):
    items = shared_memory.ShareableList(name=name)
    items[0] += 1
    items[1] = "gamma"
    items[3] = None
    items.shm.close()


@scenario
def a_list(seen):
    items = shared_memory.ShareableList([1, "alpha", 2.5, True, b"bytes"])
    seen.say(in_child(_list, items.shm.name))
    seen.say(list(items), items.count(2.5), items.index("gamma"))
    items.shm.close()
    items.shm.unlink()


MAPPED = """
import mmap, sys
with mmap.mmap(int(sys.argv[1]), 0) as mapped:
    print(mapped[:5], len(mapped))
    mapped[:5] = b"child"
"""


def mapped_in_child(fd):
    command = [sys.executable, "-c", MAPPED, str(fd)]
    return subprocess.run(command, pass_fds=[fd], stdout=PIPE, check=True).stdout


@scenario
def a_mapped_file_that_is_inherited(seen):
    with tempfile.TemporaryFile() as file:
        file.write(b"begun" + bytes(70_000))
        file.flush()
        with mmap.mmap(file.fileno(), 0) as mapped:
            mapped[5] = 1
            seen.say(mapped_in_child(file.fileno()))
            seen.say(mapped[:6], os.pread(file.fileno(), 6, 0))
            os.pwrite(file.fileno(), b"write", 0)
            seen.say(mapped[:6], mapped_in_child(file.fileno()), mapped[:6])


@scenario
def a_mapped_file_with_a_name(seen):
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"begun" + bytes(100))
        file.flush()
        with mmap.mmap(file.fileno(), 0) as mapped:
            seen.say(mapped_in_child(file.fileno()), mapped[:5])
        with open(file.name, "rb") as other:
            seen.say(other.read(5))


BY_NAME = """
import mmap, sys
with open(sys.argv[1], "r+b") as file, mmap.mmap(file.fileno(), 0) as mapped:
    print(mapped[:5])
    mapped[:5] = b"child"
    mapped.flush()
    print(file.read(5))
"""


@scenario
def a_file_that_two_map_by_its_name(seen):
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"begun" + bytes(100))
        file.flush()
        with mmap.mmap(file.fileno(), 0) as mapped:
            mapped[:5] = b"ready"
            mapped.flush()
            command = [sys.executable, "-c", BY_NAME, file.name]
            seen.say(subprocess.run(command, stdout=PIPE, check=True).stdout, mapped[:5])


@scenario
def mappings_in_one_process(seen):
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name) for name in "ab"]
        for path in paths:
            with open(path, "wb") as file:
                file.write(b"x" * 10)
        fd = os.open(paths[0], os.O_RDWR)
        whole, start, own = mmap.mmap(fd, 0), mmap.mmap(fd, 4), mmap.mmap(fd, 0, mmap.MAP_PRIVATE)
        os.close(fd)
        # The number is another file's now.
        other = os.open(paths[1], os.O_RDWR)
        own[2] = ord("c")
        whole[0], start[1] = b"ab"
        seen.say(whole[:], start[:], own[:])
        for each in (start, whole, own):
            each.close()
        for path in paths:
            with open(path, "rb") as file:
                seen.say(file.read())
        os.ftruncate(other, 200_000)
        grown = mmap.mmap(other, 0)
        grown[199_999] = 1
        os.ftruncate(other, 300_000)
        again = mmap.mmap(other, 0)
        seen.say(len(again), again[199_999], again[299_999])
        os.pwrite(other, b"end", 299_997)
        seen.say(again[299_996:], os.pread(other, 3, 199_998))
        again.close()
        grown.close()
        os.ftruncate(other, 2)
        os.ftruncate(other, 4)
        seen.say(os.pread(other, 9, 0))
        os.close(other)


@scenario
def a_nameless_file_for_output(seen):
    with tempfile.TemporaryFile() as file:
        program = "import sys; print('out', flush=True); print('err', file=sys.stderr, flush=True)"
        subprocess.run([sys.executable, "-c", program], stdout=file, stderr=file, check=True)
        file.seek(0)
        seen.say(file.read())


def _grand(value):
    value.value += 1
    if value.value < 3:
        in_child(_grand, value)
    value.value += 10


@scenario
def grandchildren(seen):
    value = context.RawValue("i", 0)
    seen.say(in_child(_grand, value), value.value)


def _read_all(name, size, writer):
    memory = shared_memory.SharedMemory(name, track=False)
    writer.send(sum(memory.buf[:: size // 1024]))
    memory.buf[:] = bytes(size)
    memory.close()


@scenario
def much_memory(seen):
    size = 8 << 20
    memory = shared_memory.SharedMemory(create=True, size=size)
    memory.buf[:] = bytes(range(256)) * (size // 256)
    memory.buf[:: size // 1024] = b"\1" * 1024
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=_read_all, args=(memory.name, size, writer))
    process.start()
    seen.say(reader.recv())
    process.join()
    seen.say(memory.buf[:].tobytes() == bytes(size))
    memory.close()
    memory.unlink()


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
