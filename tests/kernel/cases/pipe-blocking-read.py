# expect: b'late' b'' ['line\n']
import os
import threading
import time


def read(fd):
    try:
        return os.read(fd, 100)
    except OSError as error:
        return repr(error)


r, w = os.pipe()
threading.Timer(0.3, os.write, (w, b"late")).start()
first = read(r)
threading.Timer(0.3, os.close, (w,)).start()
second = read(r)

r, w = os.pipe()
got = []


def reader():
    with os.fdopen(r) as file:
        try:
            got.extend(file)
        except OSError as error:
            got.append(repr(error))


thread = threading.Thread(target=reader)
thread.start()
time.sleep(0.2)
with os.fdopen(w, "w") as file:
    file.write("line\n")
thread.join()
print(first, second, got)
