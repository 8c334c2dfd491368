# expect: True True
# While the main thread sleeps on, another goes on computing at its own pace; then the handler runs.
import _thread
import threading
import time


def compute():
    for _ in range(2):
        end, count = time.monotonic() + 0.2, 0
        while time.monotonic() < end:
            count += 1
        rounds.append(count)
        if len(rounds) == 1:
            _thread.interrupt_main()


rounds = []
computing = threading.Thread(target=compute)
computing.start()
try:
    time.sleep(0.6)
    interrupted = False
except KeyboardInterrupt:
    interrupted = True
computing.join()
print(interrupted, rounds[1] * 4 > rounds[0])
