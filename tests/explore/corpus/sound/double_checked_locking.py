"""The pool is stored last, so a thread that finds one without the lock finds it open."""

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
                pool = Pool()
                pool.open()
                Pool.current = pool
    assert Pool.current.is_open, "the pool is still closed"


lock = threading.Lock()
threads = [threading.Thread(target=use_pool) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("open")
