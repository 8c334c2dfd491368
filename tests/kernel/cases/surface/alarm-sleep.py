# expect: before the end of the sleep: True
# A signal does cut a sleep short.
import signal
import time


def handler(signum, frame):
    raise InterruptedError


signal.signal(signal.SIGALRM, handler)
begin = time.monotonic()
signal.setitimer(signal.ITIMER_REAL, 0.05)
try:
    time.sleep(60)
except InterruptedError:
    print("before the end of the sleep:", time.monotonic() - begin < 30)
