# expect: True True True ['UnsupportedDigestmodError', 'ValueError', 'ValueError', 'TypeError'] True
# RFC 6070 (SHA-1) and RFC 7914 (SHA-256); `hmac` and `hashlib` are what they were.
import hashlib
import hmac

sha1 = hashlib.pbkdf2_hmac(
    "sha1", b"passwordPASSWORDpassword", b"saltSALTsaltSALTsaltSALTsaltSALTsalt", 4096, 25
)
short = hashlib.pbkdf2_hmac("sha1", b"pass\0word", b"sa\0lt", 4096, dklen=16)
sha256 = hashlib.pbkdf2_hmac("sha256", password=b"passwd", salt=b"salt", iterations=1, dklen=64)


def raised(*args):
    try:
        hashlib.pbkdf2_hmac(*args)
    except Exception as error:
        return type(error).__name__


print(
    sha1.hex() == "3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038",
    short.hex() == "56fa6aa75548099dcc37d7f03425e0c3",
    sha256.hex()
    == "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
    "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783",
    [
        raised("none", b"", b"", 1),
        raised("sha1", b"", b"", 0),
        raised("sha1", b"", b"", 1, 0),
        raised("sha1", "", b"", 1),
    ],
    hmac.digest(b"k", b"m", "sha256")
    == hmac.new(b"k", b"m", hashlib.sha256).digest()
    == hmac.new(b"k", b"m", "sha256").digest(),
)
