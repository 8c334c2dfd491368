"""The lock is held from the look to the assignment, so only the first thread makes the instance."""

import threading


class Settings:
    only = None
    lock = threading.Lock()

    def __init__(self) -> None:
        self.values = {"debug": False}


def settings() -> Settings:
    with Settings.lock:
        if Settings.only is None:
            Settings.only = Settings()
        return Settings.only


seen = []
threads = [threading.Thread(target=lambda: seen.append(settings())) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert seen[0] is seen[1], "two instances of a singleton"
print("one instance")
