# expect: thread's end, handler in MainThread
# A thread that sends a signal to itself does not interrupt what the main thread waits for.
import signal
import threading
import time

seen = []


def handle(signum, frame):
    seen.append(f"handler in {threading.current_thread().name}")


def work():
    # The main thread has begun to wait when this has passed.
    time.sleep(0.05)
    signal.raise_signal(signal.SIGUSR1)
    signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)
    time.sleep(0.01)
    seen.append("thread's end")


previous = signal.signal(signal.SIGUSR1, handle)
thread = threading.Thread(target=work)
thread.start()
thread.join()
signal.signal(signal.SIGUSR1, previous)
print(", ".join(seen))
