"""Timers that end within the same millisecond are called in one pass of the loop, as libev does."""

# expect: True
import gevent

loop = gevent.get_hub().loop
passes = [0]


def count():
    passes[0] += 1


def apart():
    """In how many passes two timers are called that end within a millisecond."""
    loop.update()
    called = []
    timers = [loop.timer(after) for after in (0.0104, 0.0109)]
    for timer in timers:
        timer.start(lambda: called.append(passes[0]), update=False)
    gevent.sleep(0.03)
    return len(set(called))


watcher = loop.prepare()
watcher.start(count)
# A machine that is late calls them together, too: it is the rule here, and no chance.
print([apart() for _ in range(10)].count(1) >= 8)
