# expect: b'\x00\x00\x00' True b'by number'
import os

with open("/dev/zero", "rb") as zero:
    zeros = zero.read(3)
r, w = os.pipe()
with open(f"/dev/fd/{w}", "wb") as file:
    file.write(b"by number")
print(zeros, str(r) in os.listdir("/dev/fd"), os.read(r, 100))
