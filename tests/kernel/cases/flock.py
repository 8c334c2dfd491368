# expect: second lock refused
import fcntl

with open("lockfile", "w") as a, open("lockfile", "w") as b:
    fcntl.flock(a, fcntl.LOCK_EX)
    try:
        fcntl.flock(b, fcntl.LOCK_EX | fcntl.LOCK_NB)
        print("second lock granted")
    except BlockingIOError:
        print("second lock refused")
