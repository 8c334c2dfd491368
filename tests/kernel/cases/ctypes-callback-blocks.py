# expect: RuntimeError a callback of ctypes cannot block; then 3
# linux: 3; then 3
"""A callback of C that blocks ends the foreign call with an error, not with a wrong number."""

import ctypes
import time

Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)


def late(number):
    time.sleep(0.01)
    return number + 1


def careful(number):
    try:
        time.sleep(0.01)
    except RuntimeError:
        return number + 1
    return 0


try:
    said = Callback(late)(2)
except RuntimeError as error:
    said = f"{type(error).__name__} {str(error).partition(':')[0]}"
print(f"{said}; then {Callback(careful)(2)}")
