"""Greenlets: whose turn it is, what each is given, what belongs to its thread, and how it ends.

The distribution's Python files are not here: its C extension alone, which is the kernel's.
"""

import gc
import sys
import threading
import time
import types
from _contextvars import Context, ContextVar

from harness import outside, together

sys.modules.setdefault("greenlet", types.ModuleType("greenlet")).__path__ = []

from greenlet._greenlet import GreenletExit, error, getcurrent, greenlet  # noqa: E402

variable = ContextVar("variable", default=None)


def test_values_go_to_and_fro():
    """Whatever other threads do, each switch gives what was given to it, in order."""

    def echo(first):
        given = first
        while given is not None:
            given = main_of[threading.get_ident()].switch(given + 1)
        return "end"

    main_of = {}

    def work():
        main_of[threading.get_ident()] = getcurrent()
        child = greenlet(echo)
        for number in range(20):
            assert child.switch(number) == number + 1
        assert child.switch(None) == "end"
        assert child.dead and not child

    together(work, work, work)


def test_greenlets_leave_other_threads_their_turns():
    """Greenlets that switch without end do not keep another thread from its turn."""
    done = []

    def ping_pong():
        main = getcurrent()

        def child():
            while True:
                main.switch()

        other = greenlet(child)
        while not done:
            other.switch()
        other.throw()

    def spawner():
        while not done:
            greenlet(lambda: None).switch()

    together(ping_pong, spawner, lambda: done.append(sum(range(300))))


def test_locals_and_identity_are_the_threads():
    """`threading.local` and `get_ident` are the same in all greenlets of a thread."""
    local = threading.local()

    def work(number):
        ident, thread = threading.get_ident(), threading.current_thread()
        local.number = number

        def child(depth):
            assert threading.get_ident() == ident and threading.current_thread() is thread
            assert local.number == number + depth
            local.number += 1
            if depth < 3:
                greenlet(child).switch(depth + 1)
            time.sleep(outside.draw(2) / 1000)
            assert threading.get_ident() == ident

        greenlet(child).switch(0)
        assert local.number == number + 4

    together(*(lambda number=number: work(number) for number in (0, 10, 20)))
    assert not hasattr(local, "number")


def test_context_and_exception_are_the_greenlets():
    """A context variable and the exception that is handled are each greenlet's own."""

    def work(number):
        main = getcurrent()

        def child(own):
            assert variable.get() is None
            variable.set((number, own))
            try:
                raise KeyError((number, own))
            except KeyError as mine:
                for _ in range(3):
                    main.switch()
                    assert sys.exception() is mine
                    assert variable.get() == (number, own)
            assert sys.exception() is None

        children = [greenlet(child) for _ in range(3)]
        for own, each in enumerate(children):
            each.gr_context = Context()
            each.switch(own)
        for _ in range(3):
            for each in children:
                assert sys.exception() is None and variable.get() is None
                each.switch()
        assert all(each.dead for each in children)

    together(lambda: work(1), lambda: work(2))


def test_blocking_stops_the_thread_only():
    """A lock that a greenlet waits for stops its thread; another wakes that greenlet."""
    lock = threading.Lock()
    order = []

    def waits():
        def child():
            with lock:
                order.append("got")
            return 7

        assert greenlet(child).switch() == 7

    def holds():
        time.sleep(outside.draw(3) / 1000)
        order.append("released")
        lock.release()

    lock.acquire()
    together(waits, holds)
    assert order == ["released", "got"], order


def test_end_goes_to_the_parent():
    """A greenlet's value and its exception go to its nearest ancestor that is not dead."""

    def work():
        main = getcurrent()
        dead = greenlet(lambda: None)
        dead.switch()
        assert greenlet(lambda: 5, dead).switch() == 5
        try:
            greenlet(lambda: 1 / 0, dead).switch()
        except ZeroDivisionError:
            pass
        else:
            raise AssertionError
        parent = greenlet(lambda given: given * 2)
        child = greenlet(lambda: 21, parent)
        assert child.switch() == 42
        assert child.dead and parent.dead and parent.parent is main
        assert isinstance(greenlet(lambda: None).throw(), GreenletExit)

    together(work, work)


def test_abandoned_ones_are_killed():
    """A greenlet that nobody refers to gets GreenletExit, in its own thread."""
    killed = []

    def work():
        ident = threading.get_ident()

        def child():
            try:
                getcurrent().parent.switch()
            except GreenletExit:
                killed.append(threading.get_ident() == ident)
                raise

        mine = greenlet(child)
        mine.switch()
        del mine
        shared = greenlet(child)
        shared.switch()
        box.append(shared)
        del shared
        ready.wait()
        getcurrent()

    box = []
    ready = threading.Barrier(3)

    def drops():
        while len(box) < 2:
            time.sleep(0.001)
        box.clear()
        ready.wait()

    together(work, work, drops)
    gc.collect()
    assert killed == [True] * 4, killed


def test_no_switch_to_another_thread():
    """A greenlet of another thread is refused, while that lives and when it has ended."""
    given = []
    refused = threading.Event()

    def owner():
        mine = greenlet(getcurrent().switch)
        mine.switch()
        given.append(mine)
        refused.wait()

    def other():
        while not given:
            time.sleep(0.001)
        try:
            given[0].switch()
        except error as raised:
            assert "Cannot switch to a different thread" in str(raised)
        else:
            raise AssertionError
        finally:
            refused.set()

    together(owner, other)
    try:
        given[0].switch()
    except error as raised:
        assert "exited" in str(raised), raised
    else:
        raise AssertionError
    assert given[0].dead


def test_stop_reaches_a_greenlet():
    """A signal's handler runs in the greenlet that the main thread is in, and may switch."""
    import signal

    main = getcurrent()
    seen = []

    def handler(signum, frame):
        seen.append(getcurrent())
        raise KeyboardInterrupt

    def child():
        while True:
            main.switch()

    other = greenlet(child)
    before = signal.signal(signal.SIGUSR1, handler)
    try:
        # Its first look may be the next instruction.
        outside.signal(signal.SIGUSR1, 20 + outside.draw(100))
        while True:
            other.switch()
    except KeyboardInterrupt:
        assert len(seen) == 1 and seen[0] in (main, other)
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert getcurrent() is main
    if not other.dead:
        other.throw()


def test_stack_of_a_greenlet_serves_a_thread():
    """A thread on the stack that a greenlet has left can be interrupted from its first step on."""
    import os

    def use_greenlets():
        for _ in range(3):
            greenlet(lambda: None).switch()

    def write(descriptor):
        for number in range(20):
            os.write(descriptor, bytes([number]))
        os.close(descriptor)

    def read(descriptor):
        # C reads: it cannot wait, and is interrupted to be answered.
        with open(descriptor, "rb", buffering=0) as file:
            assert b"".join(iter(lambda: file.read(1), b"")) == bytes(range(20))

    together(use_greenlets, use_greenlets)
    (reader, writer), (other_reader, other_writer) = os.pipe(), os.pipe()
    together(
        lambda: read(reader),
        lambda: write(writer),
        lambda: read(other_reader),
        lambda: write(other_writer),
    )
