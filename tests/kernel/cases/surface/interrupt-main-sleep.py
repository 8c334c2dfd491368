# expect: at the end of the sleep: True
# `interrupt_main` is no signal: it cuts nothing short.
import _thread
import threading
import time

begin = time.monotonic()
threading.Timer(0.05, _thread.interrupt_main).start()
try:
    time.sleep(0.5)
    print("no interrupt")
except KeyboardInterrupt:
    print("at the end of the sleep:", time.monotonic() - begin >= 0.5)
