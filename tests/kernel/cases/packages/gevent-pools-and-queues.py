"""Pools bound what runs at once; queues, events, time-outs and values pass between greenlets."""

# expect: 3 [0, 1, 4, 9, 16] timeout ['a', 'b'] done True
import gevent
from gevent.event import AsyncResult, Event
from gevent.pool import Pool
from gevent.queue import Queue

running, counts = set(), []


def square(n):
    running.add(n)
    counts.append(len(running))
    gevent.sleep(0.01)
    running.remove(n)
    return n * n


squares = Pool(3).map(square, range(5))

try:
    with gevent.Timeout(0.02):
        gevent.sleep(5)
    ended = "slept"
except gevent.Timeout:
    ended = "timeout"

queue = Queue(maxsize=1)


def produce():
    for item in "ab":
        queue.put(item)
    queue.put(StopIteration)


gevent.spawn(produce)
items = list(queue)

result, event = AsyncResult(), Event()
gevent.spawn_later(0.01, result.set, "done")
gevent.spawn_later(0.02, event.set)
print(max(counts), squares, ended, items, result.get(timeout=5), event.wait(timeout=5))
