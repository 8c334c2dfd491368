"""StreamServer and pywsgi answer many clients at once, and stop."""

# expect: 50 b'HELLO 49' b'GET /hello' refused
import gevent
from gevent import socket
from gevent.pywsgi import WSGIServer
from gevent.server import StreamServer


def shout(connection, address):
    connection.sendall(connection.recv(100).upper())
    connection.close()


server = StreamServer(("127.0.0.1", 0), shout)
server.start()


def client(number):
    with socket.create_connection(server.address) as connection:
        connection.sendall(b"hello %d" % number)
        return connection.recv(100)


jobs = [gevent.spawn(client, number) for number in range(50)]
gevent.joinall(jobs, raise_error=True)


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}".encode()]


web = WSGIServer(("127.0.0.1", 0), application, log=None)
web.start()
with socket.create_connection(("127.0.0.1", web.server_port)) as connection:
    connection.sendall(b"GET /hello HTTP/1.0\r\n\r\n")
    answer = b""
    while piece := connection.recv(1000):
        answer += piece
web.stop()
address = server.address
server.stop()
try:
    socket.create_connection(address)
    last = "connected"
except ConnectionRefusedError:
    last = "refused"
print(len({job.value for job in jobs}), jobs[49].value, answer.rpartition(b"\r\n")[2], last)
