"""The top is `a` again but not what lay below, and the swap brings back a card that was taken."""
# fails: AssertionError
# granularity: gil
# preemptions: 1

import threading

below = {"a": "b", "b": "c", "c": ""}
stack = {"top": "a"}
lock = threading.Lock()
taken = []


def swap(old: str, new: str) -> bool:
    with lock:
        unchanged = stack["top"] == old
        if unchanged:
            stack["top"] = new
        return unchanged


def pop() -> str:
    while not swap(top := stack["top"], below[top]):
        pass
    return top


def take_second() -> None:
    first, second = pop(), pop()
    with lock:
        below[first], stack["top"] = stack["top"], first
    taken.append(second)


def take_first() -> None:
    taken.append(pop())


threads = [threading.Thread(target=target) for target in (take_first, take_second)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert stack["top"] not in taken, f"{stack['top']} was taken and is still there"
print("one card is left")
