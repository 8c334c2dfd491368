# expect: [10, 5, 0, 9, 29] 9 b'0123456789abcde9abcdefghi' True True
import errno
import os
import socket
import tempfile
import threading

with tempfile.TemporaryFile() as file:
    file.write(b"0123456789abcdefghi")
    file.flush()
    file.seek(9)
    near, far = socket.socketpair()
    told = [
        os.sendfile(near.fileno(), file.fileno(), 0, 10),
        os.sendfile(near.fileno(), file.fileno(), 10, 5),
        os.sendfile(near.fileno(), file.fileno(), 100, 5),
    ]
    os.lseek(file.fileno(), 9, os.SEEK_SET)
    told.append(os.sendfile(near.fileno(), file.fileno(), None, 9))
    place = os.lseek(file.fileno(), 0, os.SEEK_CUR)
    os.lseek(file.fileno(), 18, os.SEEK_SET)
    os.sendfile(near.fileno(), file.fileno(), None, 100)
    r, w = os.pipe()
    try:
        os.sendfile(near.fileno(), r, 0, 5)
    except OSError as error:
        told.append(error.errno)
    got = far.recv(100)

    # More than a connection holds: it waits for the reader, or says that it would have to.
    file.truncate(0)
    os.pwrite(file.fileno(), bytes(range(256)) * 8192, 0)
    read = []
    size = 256 * 8192

    def receive():
        while sum(map(len, read)) < size:
            read.append(far.recv(1 << 16))

    receiver = threading.Thread(target=receive)
    receiver.start()
    sent = near.sendfile(file)
    receiver.join()
    near.setblocking(False)
    try:
        while True:
            os.sendfile(near.fileno(), file.fileno(), 0, size)
    except BlockingIOError as error:
        full = error.errno == errno.EAGAIN
    print(told, place - 9, got, b"".join(read) == bytes(range(256)) * 8192 and sent == size, full)
