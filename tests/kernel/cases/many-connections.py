# expect: 3000 b'2999' True
import socket

connections = []
with socket.create_server(("127.0.0.1", 0), backlog=10) as server:
    for number in range(3000):
        client = socket.create_connection(server.getsockname())
        client.sendall(b"%d" % number)
        connections.append((client, server.accept()[0]))
last = connections[-1][1].recv(10)
wide = max(max(one.fileno(), other.fileno()) for one, other in connections) > 4096
for pair in connections:
    for each in pair:
        each.close()
print(len(connections), last, wide)
