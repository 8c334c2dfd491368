# expect: blocked until read: True | BrokenPipeError
import os
import threading
import time

r, w = os.pipe()
done = threading.Event()


def write():
    os.write(w, b"x" * 1_000_000)
    done.set()


thread = threading.Thread(target=write)
thread.start()
time.sleep(0.2)
early = done.is_set()
n = 0
while n < 1_000_000:
    try:
        n += len(os.read(r, 65536))
    except BlockingIOError:
        break
thread.join(5)

r2, w2 = os.pipe()
os.close(r2)
try:
    os.write(w2, b"x")
    end = "no error"
except OSError as error:
    end = type(error).__name__
print("blocked until read:", not early, "|", end)
