# expect: [0, 1, 4, 9] [1, 2, 3] 8 TimeoutError [2, 4]
import multiprocessing
import time
from multiprocessing.dummy import Pool
from multiprocessing.pool import ThreadPool

with ThreadPool(3) as pool:
    squares = pool.map(lambda x: x * x, range(4))
    more = sorted(pool.imap_unordered(lambda x: x + 1, range(3)))
    power = pool.apply_async(pow, (2, 3)).get(60)
    try:
        pool.apply_async(time.sleep, (1,)).get(0.05)
        late = None
    except multiprocessing.TimeoutError as error:
        late = type(error).__name__
with Pool(2) as pool:
    doubled = pool.map(lambda x: x * 2, (1, 2))
print(squares, more, power, late, doubled)
