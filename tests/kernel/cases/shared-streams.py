# expect: 40 lines, 40 records, 40 blocks read, errors: []
"""Streams that threads share lose nothing and raise nothing while one of them waits inside."""

import io
import threading
import time


class Slow(io.RawIOBase):
    """Waits in each call, as a descriptor that blocks does."""

    def __init__(self):
        self.data = b""
        self.left = 40

    def readable(self):
        return True

    def writable(self):
        return True

    def write(self, given):
        time.sleep(0.002)
        self.data += bytes(given)
        return len(given)

    def readinto(self, into):
        time.sleep(0.002)
        if not self.left:
            return 0
        self.left -= 1
        into[:4] = b"abcd"
        return 4


texts, records, blocks = Slow(), Slow(), Slow()
text = io.TextIOWrapper(io.BufferedWriter(texts), line_buffering=True, encoding="utf-8")
writer = io.BufferedWriter(records, buffer_size=8)
reader = io.BufferedReader(blocks, buffer_size=4)
errors, got = [], []


def work(number):
    for i in range(10):
        try:
            print(f"{number}:{i}", file=text)
            writer.write(b"%d:%d-0123456789;" % (number, i))
            got.append(reader.read(4))
        except Exception as error:
            errors.append(repr(error))


threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
for each in threads:
    each.start()
for each in threads:
    each.join()
text.flush()
writer.flush()
written = sorted(set(texts.data.decode().splitlines()))
whole = [each for each in records.data.split(b";") if each.endswith(b"-0123456789")]
read = got.count(b"abcd")
print(f"{len(written)} lines, {len(set(whole))} records, {read} blocks read, errors: {errors}")
