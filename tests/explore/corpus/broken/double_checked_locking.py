"""The pool is stored before it is open, and a thread that skips the lock gets a closed one."""
# fails: AssertionError
# granularity: gil
# preemptions: 1

import threading


class Pool:
    current = None
    is_open = False

    def open(self) -> None:
        self.is_open = True


def use_pool() -> None:
    if Pool.current is None:
        with lock:
            if Pool.current is None:
                Pool.current = Pool()
                Pool.current.open()
    assert Pool.current.is_open, "the pool is still closed"


lock = threading.Lock()
threads = [threading.Thread(target=use_pool) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("open")
