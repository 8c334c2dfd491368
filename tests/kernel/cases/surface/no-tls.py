# expect: {'ssl.SSLError: there is no TLS in a page; servers here are reached without (no ssl=)'}
import asyncio
import socket
import ssl
import threading
import traceback

told = set()
context = ssl.create_default_context()
ours, theirs = socket.socketpair()


def note(error):
    told.add("".join(traceback.format_exception_only(error)).strip())


try:
    context.wrap_socket(ours, server_hostname="localhost")
except OSError as error:
    note(error)
try:
    # gevent's sockets call it.
    context._wrap_socket(ours)
except OSError as error:
    note(error)


async def start_tls(**given):
    _, writer = await asyncio.open_connection(sock=socket.socketpair()[0], **given)
    await writer.start_tls(context, server_hostname="localhost")


def run(**given):
    try:
        asyncio.run(start_tls(**given))
    except OSError as error:
        note(error)


for given in ({}, {"ssl": True, "server_hostname": "localhost"}):
    thread = threading.Thread(target=run, kwargs=given)
    thread.start()
    thread.join()
ours.sendall(b"still there")
assert theirs.recv(100) == b"still there"
print(told)
