"""Errors, kills and links of greenlets, locals, and Ctrl+C in the main one."""

# expect: ZeroDivisionError GreenletExit ['linked'] {1: 'one', 2: 'two'} KeyboardInterrupt
# in: program
import signal

import gevent
from gevent.local import local
from gevent.lock import BoundedSemaphore

gevent.get_hub().print_exception = lambda *args, **kwargs: None

failed = gevent.spawn(lambda: 1 / 0)
failed.join()

sleeper = gevent.spawn(gevent.sleep, 60)
gevent.sleep(0)
sleeper.kill()

linked = []
watched = gevent.spawn(int)
watched.link(lambda greenlet: linked.append("linked"))
gevent.sleep(0.01)

place, seen = local(), {}
turn = BoundedSemaphore(1)


def keep(number, word):
    with turn:
        place.word = word
        gevent.sleep(0)
        seen[number] = place.word


gevent.joinall(
    [gevent.spawn(keep, 1, "one"), gevent.spawn(keep, 2, "two")], raise_error=True
)

signal.setitimer(signal.ITIMER_REAL, 0.01)
signal.signal(signal.SIGALRM, lambda *_: signal.raise_signal(signal.SIGINT))
try:
    gevent.sleep(60)
    ended = "slept"
except KeyboardInterrupt:
    ended = "KeyboardInterrupt"
print(
    type(failed.exception).__name__,
    type(sleeper.value).__name__,
    linked,
    dict(sorted(seen.items())),
    ended,
)
