"""`queue`: every item comes out once, whatever the order of turns and however somebody gives up."""

import queue
import time

from harness import outside, together


def test_simple_queue_passes_each_item_once():
    """A SimpleQueue hands every item to one getter, those of one putter in their order."""
    items = queue.SimpleQueue()
    got = []

    def put(base):
        for number in range(base, base + 4):
            items.put(number)

    def get(into):
        for _ in range(4):
            into.append(items.get())

    first, second = [], []
    together(lambda: put(0), lambda: put(100), lambda: get(first), lambda: get(second))
    got = sorted(first + second)
    assert got == [0, 1, 2, 3, 100, 101, 102, 103], got
    for each in (first, second):
        for putter in (0, 100):
            of_one = [item for item in each if putter <= item < putter + 100]
            assert of_one == sorted(of_one), each
    assert items.empty()


def test_simple_queue_loses_nothing_to_who_gives_up():
    """An item that comes as a getter gives up is there for the next."""
    items = queue.SimpleQueue()
    got = []

    def impatient():
        while len(got) < 6:
            try:
                got.append(items.get(timeout=0.001))
            except queue.Empty:
                continue

    def put():
        for number in range(6):
            time.sleep(outside.draw(3) / 1000)
            items.put(number)

    together(impatient, put)
    assert got == list(range(6)), got


def test_simple_queue_with_impatient_and_patient_getters():
    """A getter that gives up leaves the wake-up to one that still waits."""
    items = queue.SimpleQueue()
    got = []

    def patient():
        got.append(items.get())

    def impatient():
        try:
            got.append(items.get(timeout=(outside.draw(3) + 1) / 1000))
        except queue.Empty:
            return

    def put():
        for number in range(3):
            time.sleep(outside.draw(3) / 1000)
            items.put(number)

    together(impatient, impatient, patient, put)
    left = [items.get_nowait() for _ in range(items.qsize())]
    assert sorted(got + left) == [0, 1, 2], (got, left)


def test_queue_with_a_bound():
    """A Queue of one place holds one item, passes all on, and `join` waits for all to be done."""
    items = queue.Queue(maxsize=1)
    done = []

    def put(base):
        for number in range(base, base + 3):
            items.put(number)
            assert items.qsize() <= 1

    def get():
        for _ in range(3):
            done.append(items.get())
            items.task_done()

    def join():
        put(20)
        items.join()
        assert {20, 21, 22} <= set(done), done

    together(lambda: put(0), lambda: put(10), join, get, get, get)
    assert sorted(done) == [0, 1, 2, 10, 11, 12, 20, 21, 22], done


def test_queue_with_timeouts():
    """`put` and `get` with timeouts raise Full and Empty in their time and lose nothing."""
    items = queue.Queue(maxsize=1)
    counts = {"put": 0, "got": 0}

    def put():
        for number in range(5):
            try:
                items.put(number, timeout=0.001)
                counts["put"] += 1
            except queue.Full:
                continue

    def get():
        for _ in range(5):
            try:
                items.get(timeout=outside.draw(3) / 1000)
                counts["got"] += 1
            except queue.Empty:
                continue

    together(put, get, put)
    assert counts["put"] == counts["got"] + items.qsize(), counts


def test_queue_shut_down():
    """A Queue that is shut down raises ShutDown in all who wait for it."""
    items = queue.Queue(maxsize=1)
    ended = []

    def get():
        try:
            while True:
                items.get()
        except queue.ShutDown:
            ended.append(True)

    def shut():
        items.put(1)
        items.put(2)
        items.shutdown()

    together(get, get, get, shut)
    assert ended == [True] * 3
