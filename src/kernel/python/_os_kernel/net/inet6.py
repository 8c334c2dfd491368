"""IPv6 addresses as text and as bytes: `inet_pton`, `inet_ntop`. This build's C has IPv4 alone.

Invariant: what is read and written agrees with glibc (resolv/inet_pton.c, inet_ntop.c).
"""

import _socket as native
from errno import EAFNOSUPPORT
from struct import pack, unpack

from ..files.open_file import failure
from .constants import AF_INET, AF_INET6, face

_HEX = frozenset("0123456789abcdefABCDEF")
_WORDS = 8


def to_bytes(text: str) -> bytes | None:
    """The 16 bytes of an address; None if `text` is none."""
    head, gap, tail = text.partition("::")
    if gap and ("::" in tail or tail.startswith(":") or head.endswith(":")):
        return None
    first, last = _words(head, not gap), _words(tail, True)
    if first is None or last is None:
        return None
    missing = _WORDS - len(first) - len(last)
    if missing < 1 if gap else missing != 0:
        return None
    return pack("!8H", *first, *([0] * missing), *last)


def _words(text: str, at_end: bool) -> list[int] | None:
    """The numbers of a part; the last may be an IPv4 address."""
    if not text:
        return []
    words: list[int] = []
    groups = text.split(":")
    for place, group in enumerate(groups):
        if "." in group and at_end and place == len(groups) - 1:
            try:
                words += unpack("!2H", native.inet_pton(AF_INET, group))
            except OSError:
                return None
        elif 1 <= len(group) <= 4 and _HEX.issuperset(group):
            words.append(int(group, 16))
        else:
            return None
    return words


def to_text(packed: bytes) -> str:
    words = unpack("!8H", packed)
    start, length = _longest_gap(words)
    if start == 0 and (length == 6 or (length == 5 and words[5] == 0xFFFF)):
        prefix = "::" if length == 6 else "::ffff:"
        return prefix + native.inet_ntop(AF_INET, packed[12:])
    if length < 2:
        return ":".join(f"{word:x}" for word in words)
    head = ":".join(f"{word:x}" for word in words[:start])
    return head + "::" + ":".join(f"{word:x}" for word in words[start + length :])


def _longest_gap(words: tuple[int, ...]) -> tuple[int, int]:
    """Where the longest run of zeros begins, the first of equals, and its length."""
    best, start = (0, 0), 0
    for place, word in enumerate((*words, 1)):
        if word:
            if place - start > best[1]:
                best = (start, place - start)
            start = place + 1
    return best


@face
def inet_pton(family: int, ip_string: str, /) -> bytes:
    """inet_pton(af, ip) -> packed IP address string

    Convert an IP address from string format to a packed string suitable
    for use with low-level network functions."""
    if family == AF_INET6:
        if not isinstance(ip_string, str):
            kind = type(ip_string).__name__
            raise TypeError(f"inet_pton() argument 2 must be str, not {kind}")
        packed = to_bytes(ip_string)
        if packed is None:
            raise OSError("illegal IP address string passed to inet_pton")
        return packed
    if family != AF_INET:
        raise failure(EAFNOSUPPORT)
    return native.inet_pton(family, ip_string)


@face
def inet_ntop(family: int, packed_ip: bytes, /) -> str:
    """inet_ntop(af, packed_ip) -> string formatted IP address

    Convert a packed IP address of the given family to string format."""
    if family == AF_INET6:
        packed = bytes(packed_ip)
        if len(packed) != 16:
            raise ValueError("invalid length of packed IP address string")
        return to_text(packed)
    if family != AF_INET:
        raise ValueError(f"unknown address family {family}")
    return native.inet_ntop(family, packed_ip)
