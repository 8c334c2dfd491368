# expect: True b'met' b''
import os
import stat
import tempfile
import threading

path = os.path.join(tempfile.mkdtemp(), "fifo")
os.mkfifo(path)


def write():
    with open(path, "wb") as file:
        file.write(b"met")


thread = threading.Thread(target=write)
thread.start()
with open(path, "rb", buffering=0) as file:
    got = file.read(100)
    thread.join()
    end = file.read(100)
print(stat.S_ISFIFO(os.stat(path).st_mode), got, end)
