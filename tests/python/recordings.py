"""What is recorded of threads: the state of each at every moment, in bounded room."""

import json
import queue
import sys
import threading
import time
from contextlib import contextmanager

from _os_kernel.sched import fiber, preempt, timers
from _os_kernel.sched.wait import Wait
from _os_kernel.seam import late
from _os_kernel.threads import thread
from _os_kernel.threads.lock import lock
from harness import outside, together

recording = late.load(*late.RECORDING)
recorder = sys.modules[recording.Recorder.__module__]

#: From which states an event leads to which.
STEPS = {
    "started": ({None}, "ready"),
    "runs": ({None, "ready"}, "running"),
    "left": ({"running"}, "ready"),
    "waits": ({None, "running"}, "waiting"),
    "ready": ({None, "waiting"}, "ready"),
    "ended": ({"running"}, "ended"),
    "unheard": ({"running"}, "running"),
}


@contextmanager
def recorded():
    told = {}
    recording.start(lambda: 0.0)
    try:
        yield told
    finally:
        told.update(json.loads(recording.stop("ok")))


def follow(told):
    """The state of each lane at the end; each event must lead on from what its lane did before."""
    states, last = {}, 0.0
    events = told["events"]
    for event in events:
        before = states.get(event["lane"])
        allowed, after = STEPS[event["what"]]
        known = before is not None or not told["lost"]
        assert before in allowed or not known, (before, event, events)
        if event["what"] == "runs":
            assert "running" not in states.values(), (event, events)
        assert event["at"] >= last, (event, events)
        last = event["at"]
        states[event["lane"]] = after
    return states


def of(told, name):
    """The events of the lane called `name`."""
    number = next(each["lane"] for each in told["lanes"] if each["name"] == name)
    return [event for event in told["events"] if event["lane"] == number]


def step(number):
    """A call is a place where a slice may end."""
    return number + 1


def work(guard, items):
    count = 0
    for _ in range(3):
        with guard:
            count = step(count)
        time.sleep(outside.draw(3) / 1000)
        items.put(count)
    for _ in range(3):
        items.get()


def test_each_thread_is_in_one_state_at_a_time():
    """Each event leads on from what its thread did before, and one thread runs at a time."""
    guard, items = threading.Lock(), queue.Queue()
    with recorded() as told:
        together(*[lambda: work(guard, items)] * 3)
    assert told["lost"] == 0
    assert set(follow(told).values()) == {"ended"}
    assert len(told["lanes"]) == 4


def test_what_is_waited_for_has_its_name():
    """A wait for a lock tells its name, who held it since where, and who ended it where."""
    guard = threading.Lock()
    inside = threading.Event()

    def hold():
        with guard:
            inside.set()
            time.sleep(0.01)

    def want():
        inside.wait()
        with guard:
            step(0)

    holder = threading.Thread(target=hold, name="holder")
    waiter = threading.Thread(target=want, name="waiter")
    with recorded() as told:
        for each in (waiter, holder):
            each.start()
        for each in (waiter, holder):
            each.join()
    # Not those for the locks inside `threading`.
    waits = [each for each in of(told, "waiter") if each.get("name") == "guard"]
    lane = of(told, "holder")[0]["lane"]
    first = hold.__code__.co_firstlineno
    if not waits:
        return  # The waiter came when the lock was free again, or before it was held.
    assert [(each["kind"], each["holder"], each["held"]) for each in waits] == [
        ("lock", lane, first + 1)
    ], told
    assert waits[0]["line"] == want.__code__.co_firstlineno + 2
    woken = of(told, "waiter")[of(told, "waiter").index(waits[0]) + 1]
    assert (woken["what"], woken["by"]) == ("ready", lane), woken
    assert woken["line"] in range(first + 1, first + 4), woken


def test_what_nobody_hears_is_told():
    """A notify that nobody waited for is told with its line; one that wakes somebody is not."""
    condition = threading.Condition()
    state = []

    def want():
        with condition:
            while not state:
                condition.wait()

    with recorded() as told:
        with condition:
            condition.notify()
        waiter = threading.Thread(target=want)
        waiter.start()
        while not condition._waiters:
            time.sleep(0.001)
        with condition:
            state.append(1)
            condition.notify_all()
        waiter.join()
    unheard = [each for each in told["events"] if each["what"] == "unheard"]
    assert [each["name"] for each in unheard] == ["condition"], unheard


def test_an_exception_that_leaves_a_thread_is_told():
    """A thread that an exception has ended is told to have failed with it."""

    def fail():
        raise ZeroDivisionError

    def leave():
        raise SystemExit

    before, threading.excepthook = threading.excepthook, lambda args: None
    try:
        with recorded() as told:
            for each in (fail, leave):
                started = threading.Thread(target=each, name=each.__name__)
                started.start()
                started.join()
    finally:
        threading.excepthook = before
    assert of(told, "fail")[-1]["failed"] == "ZeroDivisionError"
    assert "failed" not in of(told, "leave")[-1]


def test_the_oldest_go_first(seeds=60):
    """The oldest events go; what each thread did then is known all the same."""
    kept, recorder.KEPT = recorder.KEPT, 30
    guard, items = threading.Lock(), queue.Queue()
    asleep = threading.Thread(target=lambda: time.sleep(1000), name="asleep")
    try:
        with recorded() as told:
            asleep.start()
            for _ in range(3):
                together(*[lambda: work(guard, items)] * 2)
            assert len(recording.look.recorder.events) <= 30
            asleep.join()
    finally:
        recorder.KEPT = kept
    assert told["lost"] > 0
    # Of a thread that has ended, the end is among the 30, or nothing of it is told.
    assert len(told["events"]) <= 30 + len(told["lanes"])
    assert len(told["lanes"]) < 8, told["lanes"]
    assert [each["what"] for each in of(told, "asleep")] == ["waits", "ready", "runs", "ended"]
    assert set(follow(told).values()) == {"ended"}


def test_nothing_stays(seeds=20):
    """When nobody looks any more, every function is the kernel's own again."""
    places = [vars(place) for place in (fiber, preempt, timers, thread, Wait, lock)]
    before = [dict(place) for place in places]
    with recorded():
        during = [dict(place) for place in places]
        together(lambda: step(1))
    assert all(one != other for one, other in zip(before, during, strict=True))
    for one, place in zip(before, places, strict=True):
        changed = {name for name, value in one.items() if place.get(name) is not value}
        assert changed <= {"_idents", "_native_ids"}, changed
