"""A version rises with each change, so a swap fails when the same card came back on top."""

import threading

below = {"a": "b", "b": "c", "c": ""}
stack = {"top": ("a", 0)}
lock = threading.Lock()
taken = []


def swap(old: tuple[str, int], new: str) -> bool:
    with lock:
        unchanged = stack["top"] == old
        if unchanged:
            stack["top"] = (new, old[1] + 1)
        return unchanged


def pop() -> str:
    while not swap(top := stack["top"], below[top[0]]):
        pass
    return top[0]


def take_second() -> None:
    first, second = pop(), pop()
    with lock:
        below[first], version = stack["top"]
        stack["top"] = (first, version + 1)
    taken.append(second)


def take_first() -> None:
    taken.append(pop())


threads = [threading.Thread(target=target) for target in (take_first, take_second)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert stack["top"][0] not in taken, f"{stack['top']} was taken and is still there"
print("one card is left")
