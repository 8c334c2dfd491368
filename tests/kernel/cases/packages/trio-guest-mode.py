"""trio as a guest of asyncio: both go on, in one thread, and wake each other."""
# expect: trio asyncio trio asyncio done True
# in: cell

import asyncio
import threading

import trio

loop = asyncio.get_running_loop()
ended = loop.create_future()
order = []
threads = set()
of_asyncio = asyncio.Event()


async def guest():
    token = trio.lowlevel.current_trio_token()
    for _ in range(2):
        of_trio = trio.Event()
        order.append("trio")
        threads.add(threading.current_thread())
        asked.append((token, of_trio))
        of_asyncio.set()
        await of_trio.wait()
    return "done"


asked = []
trio.lowlevel.start_guest_run(
    guest,
    run_sync_soon_threadsafe=loop.call_soon_threadsafe,
    done_callback=ended.set_result,
)
for _ in range(2):
    await of_asyncio.wait()  # noqa: F704, PLE1142
    of_asyncio.clear()
    order.append("asyncio")
    threads.add(threading.current_thread())
    token, event = asked.pop()
    token.run_sync_soon(event.set)
outcome = await ended  # noqa: F704, PLE1142
print(*order, outcome.unwrap(), len(threads) == 1)
