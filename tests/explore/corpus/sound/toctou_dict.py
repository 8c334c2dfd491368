"""`get` asks and takes in one step, and the thread looks at what it has got."""

import threading

sessions = {"ann": "token"}


def greet(name: str) -> None:
    token = sessions.get(name)
    assert token in ("token", None)


def log_out(name: str) -> None:
    del sessions[name]


threads = [threading.Thread(target=target, args=("ann",)) for target in (greet, log_out)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sessions)
