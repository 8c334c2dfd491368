# expect: [False, True, 'ValueError', 'AssertionError', True, 2, 'RuntimeError', True]
# The locks of multiprocessing among the threads of one process.
import multiprocessing
import pickle
import threading

seen = []


def raised(call):
    try:
        call()
    except Exception as error:
        return type(error).__name__


lock = multiprocessing.Lock()
lock.acquire()
seen.append(lock.acquire(timeout=0.01))
threading.Timer(0.01, lock.release).start()
seen.append(lock.acquire(timeout=60))
bounded = multiprocessing.BoundedSemaphore(1)
seen.append(raised(bounded.release))
reentrant = multiprocessing.RLock()
seen.append(raised(reentrant.release))
event = multiprocessing.Event()
threading.Timer(0.01, event.set).start()
seen.append(event.wait(60))
condition, arrived = multiprocessing.Condition(), []


def arrive():
    with condition:
        arrived.append(1)
        condition.notify()


with condition:
    for _ in range(2):
        threading.Thread(target=arrive).start()
    condition.wait_for(lambda: len(arrived) == 2)
    seen.append(len(arrived))
seen.append(raised(lambda: pickle.dumps(lock)))
many, inside, counts = multiprocessing.Semaphore(2), set(), []


def enter():
    me = threading.get_ident()
    for _ in range(50):
        with many:
            inside.add(me)
            counts.append(len(inside))
            for _ in range(200):
                pass
            inside.discard(me)


threads = [threading.Thread(target=enter) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
seen.append(max(counts) <= 2)
print(seen)
