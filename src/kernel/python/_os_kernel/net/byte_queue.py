"""Bytes on their way to one end of a connection, in the order in which they were sent.

Invariant: a chunk is kept as it was given and copied at most once, when it is taken; so moving a
megabyte costs one pass over it, in however many pieces it is sent and taken.
"""

from collections import deque


class ByteQueue:
    """The chunks that were put and not taken."""

    __slots__ = ("_chunks", "_start", "size", "taken")

    def __init__(self) -> None:
        self._chunks: deque[bytes] = deque()
        #: How much of the first chunk was taken.
        self._start = 0
        #: How many bytes are there.
        self.size = 0
        #: How many were ever taken.
        self.taken = 0

    def append(self, chunk: bytes) -> None:
        """Puts `chunk`, which is not empty, behind all others."""
        self._chunks.append(chunk)
        self.size += len(chunk)

    def take(self, size: int) -> bytes:
        """The oldest bytes, at most `size`."""
        chunks, start = self._chunks, self._start
        if not chunks or size <= 0:
            return b""
        first = chunks[0]
        length = len(first) - start
        if length > size:
            self._start = start + size
            data = first[start : start + size]
        elif length == size or len(chunks) == 1:
            chunks.popleft()
            self._start = 0
            data = first[start:] if start else first
        else:
            data = self._take_several(size)
        self.size -= len(data)
        self.taken += len(data)
        return data

    def _take_several(self, size: int) -> bytes:
        chunks, parts = self._chunks, []
        while chunks and size > 0:
            chunk = chunks[0]
            start = self._start
            length = len(chunk) - start
            if length > size:
                parts.append(chunk[start : start + size])
                self._start = start + size
                break
            parts.append(chunk[start:] if start else chunk)
            size -= length
            chunks.popleft()
            self._start = 0
        return b"".join(parts)

    def peek(self, size: int) -> bytes:
        """As `take`, and leaves them."""
        parts, start = [], self._start
        for chunk in self._chunks:
            if size <= 0:
                break
            part = chunk[start : start + size]
            parts.append(part)
            size -= len(part)
            start = 0
        return b"".join(parts)

    def clear(self) -> None:
        self.taken += self.size
        self._chunks.clear()
        self._start = self.size = 0
