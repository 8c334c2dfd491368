# expect: RuntimeError reentrant call inside <_io.BufferedWriter>
"""A stream that one thread enters twice is still told apart from one that two threads share."""

import io


class Raw(io.RawIOBase):
    def writable(self):
        return True

    def write(self, given):
        writer.write(b"again")
        return len(given)


writer = io.BufferedWriter(Raw(), buffer_size=4)
try:
    writer.write(b"more than four")
except RuntimeError as error:
    print(type(error).__name__, str(error))
