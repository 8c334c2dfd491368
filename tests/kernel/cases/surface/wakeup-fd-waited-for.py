# expect: interrupted True
# A signal interrupts who waits for its wake-up descriptor before there is anything to read (EINTR).
import os
import select
import signal


class Alarm(Exception):
    pass


def raise_alarm(signum, frame):
    raise Alarm


read, write = os.pipe()
os.set_blocking(write, False)
previous = signal.signal(signal.SIGALRM, raise_alarm)
signal.set_wakeup_fd(write)
try:
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    select.select([read], [], [])
    end = "returned"
except Alarm:
    end = "interrupted"
finally:
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGALRM, previous)
print(end, os.read(read, 2) == bytes([signal.SIGALRM]))
