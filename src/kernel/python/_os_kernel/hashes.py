"""`_hashlib`, as far as this build can have it: CPython's own hashes (HACL*) without OpenSSL.

`hashlib` and `hmac` ask `_hashlib` first and take CPython's own hashes where it has none. It has
none here, so they are what they were; but it has what CPython gives nowhere else: `pbkdf2_hmac`.

Invariant: every digest is computed by CPython's `_hmac`; only the rounds (RFC 8018, 5.2) are ours.
`scrypt` is left out: its thousandfold mixing would take minutes in Python.
"""

from _operator import _compare_digest, index

from .seam.declare import Face, bridge

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Buffer, Callable
    from typing import Never, SupportsIndex

face = Face("_hashlib", doc="OpenSSL interface for hashlib module")

_MAX_INT = 2**31 - 1


@face
class UnsupportedDigestmodError(ValueError):
    """What `hashlib` and `hmac` take as the word to use CPython's own."""


@face
def new(
    name: str, data: Buffer = b"", *, usedforsecurity: bool = True, string: Buffer | None = None
) -> Never:
    """Return a new hash object using the named algorithm."""
    raise UnsupportedDigestmodError(f"unsupported hash type {name}")


@face
def openssl_sha256(
    data: Buffer = b"", *, usedforsecurity: bool = True, string: Buffer | None = None
) -> Never:
    """Returns a sha256 hash object; optionally initialized with a string"""
    return new("sha256")


@face
def hmac_new(key: Buffer, msg: Buffer = b"", digestmod: object = None) -> Never:
    """Return a new hmac object."""
    raise UnsupportedDigestmodError(f"Unsupported digestmod {digestmod}")


@face
def hmac_digest(key: Buffer, msg: Buffer, digest: object) -> Never:
    """Single-shot HMAC."""
    raise UnsupportedDigestmodError(f"Unsupported digestmod {digest}")


@face
def get_fips_mode() -> int:
    """Determine the OpenSSL FIPS mode of operation."""
    return 0


@face
@bridge
def pbkdf2_hmac(
    hash_name: str,
    password: Buffer,
    salt: Buffer,
    iterations: SupportsIndex,
    dklen: SupportsIndex | None = None,
) -> bytes:
    """Password based key derivation function 2 (PKCS #5 v2.0) with HMAC as pseudorandom function.
    """
    if not isinstance(hash_name, str):
        kind = type(hash_name).__name__
        raise TypeError(f"pbkdf2_hmac() argument 'hash_name' must be str, not {kind}")
    password, salt = bytes(memoryview(password)), bytes(memoryview(salt))
    iterations = index(iterations)
    prf, size = _keyed(hash_name, password)
    if iterations < 1:
        raise ValueError("iteration value must be greater than 0.")
    length = size if dklen is None else index(dklen)
    if length < 1:
        raise ValueError("key length must be greater than 0.")
    if iterations > _MAX_INT:
        raise OverflowError("iteration value is too great.")
    if length > _MAX_INT:
        raise OverflowError("key length is too great.")
    blocks = range(1, -(-length // size) + 1)
    key = b"".join(_block(prf, salt + block.to_bytes(4), iterations) for block in blocks)
    return key[:length]


@bridge
def _keyed(name: str, key: bytes) -> tuple[Callable[[bytes], bytes], int]:
    """The HMAC of that hash with that key, as a function of bytes, and its digest's size."""
    import hashlib
    from _hmac import compute_digest

    try:
        plain = hashlib.new(name)
        compute_digest(b"", b"", name)
    except ValueError:
        raise UnsupportedDigestmodError(f"Unsupported digestmod {name}") from None
    if len(key) > plain.block_size:
        plain.update(key)
        key = plain.digest()
    return lambda text: compute_digest(key, text, name), plain.digest_size


@bridge
def _block(prf: Callable[[bytes], bytes], text: bytes, rounds: int) -> bytes:
    link = prf(text)
    total = int.from_bytes(link)
    for _ in range(rounds - 1):
        link = prf(link)
        total ^= int.from_bytes(link)
    return total.to_bytes(len(link))


face.give(compare_digest=_compare_digest, openssl_md_meth_names=frozenset())
