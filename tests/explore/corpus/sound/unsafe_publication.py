"""The flag is set last, so a reader that sees it sees the answer, too."""

import threading
from types import SimpleNamespace

oracle = SimpleNamespace(is_ready=False, answer=None)


def publish() -> None:
    oracle.answer = 42
    oracle.is_ready = True


def read() -> None:
    if oracle.is_ready:
        assert oracle.answer == 42, oracle


threads = [threading.Thread(target=publish), threading.Thread(target=read)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(oracle.answer)
