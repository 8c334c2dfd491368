"""Both threads find no instance yet, and each makes its own."""
# fails: AssertionError
# granularity: gil
# preemptions: 1

import threading


class Settings:
    only = None

    def __init__(self) -> None:
        self.values = {"debug": False}


def settings() -> Settings:
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
