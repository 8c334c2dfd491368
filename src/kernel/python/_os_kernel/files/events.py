"""The events that a descriptor can be ready for, with Linux's numbers.

Invariant: one set of numbers serves `poll`, `epoll` and the kernel's own wake-ups.
"""

IN, PRI, OUT, ERR, HUP, NVAL = 0x001, 0x002, 0x004, 0x008, 0x010, 0x020
RDNORM, RDBAND, WRNORM, WRBAND, MSG, RDHUP = 0x040, 0x080, 0x100, 0x200, 0x400, 0x2000
EXCLUSIVE, WAKEUP, ONESHOT, ET = 1 << 28, 1 << 29, 1 << 30, 1 << 31

#: What is told whether it was asked for or not.
ALWAYS = ERR | HUP
READABLE = IN | RDNORM
WRITABLE = OUT | WRNORM
#: Of a wake-up that does not say what for: an end of a pipe was closed.
ANYTHING = 0xFFFFFFFF
