"""The flag says that the answer is there before the answer is, and a reader believes it."""
# fails: AssertionError
# granularity: instruction
# preemptions: 1

import threading
from types import SimpleNamespace

oracle = SimpleNamespace(is_ready=False, answer=None)


def publish() -> None:
    oracle.is_ready = True
    oracle.answer = 42


def read() -> None:
    if oracle.is_ready:
        assert oracle.answer == 42, oracle


threads = [threading.Thread(target=publish), threading.Thread(target=read)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(oracle.answer)
