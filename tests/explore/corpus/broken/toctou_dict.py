"""The key is there when the thread asks, and gone when it takes the value."""
# fails: KeyError
# granularity: instruction
# preemptions: 1

import threading

sessions = {"ann": "token"}


def greet(name: str) -> None:
    if name in sessions:
        assert sessions[name] == "token"


def log_out(name: str) -> None:
    del sessions[name]


threads = [threading.Thread(target=target, args=("ann",)) for target in (greet, log_out)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sessions)
