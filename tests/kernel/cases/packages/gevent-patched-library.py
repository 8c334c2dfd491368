"""The standard library over gevent: a server and its clients are greenlets of one thread."""

# ruff: noqa: E402
# in: program
# expect: ['/0', '/1', '/2', '/3', '/4'] True
from gevent import monkey

monkey.patch_all()

import socketserver
import ssl
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer

import gevent


class Slow(BaseHTTPRequestHandler):
    def do_GET(self):
        time.sleep(0.1)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.path.encode())

    def log_message(self, *args):
        pass


class Server(socketserver.ThreadingMixIn, HTTPServer):
    daemon_threads = True


server = Server(("127.0.0.1", 0), Slow)
gevent.spawn(server.serve_forever)
port = server.server_address[1]


def fetch(number):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/{number}") as answer:
        return answer.read().decode()


began = time.monotonic()
jobs = [gevent.spawn(fetch, number) for number in range(5)]
gevent.joinall(jobs, raise_error=True)
at_once = time.monotonic() - began < 0.45
context = ssl.create_default_context()
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE
print(sorted(job.value for job in jobs), at_once)
