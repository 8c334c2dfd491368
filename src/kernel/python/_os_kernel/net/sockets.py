"""`_socket.socket`, and the functions of `_socket` that make and close sockets.

Invariant: a socket object is a descriptor and a timeout, and nothing else; all the rest is kept
by the open file, so that `os.close`, `dup` and `detach` do what they do on Linux. A descriptor is
in blocking mode as long as its socket has no timeout.
"""

import posix
from errno import EAGAIN, EINVAL, ENOTSOCK
from operator import index

from ..files import table
from ..files.open_file import O_NONBLOCK, failure
from ..seam import late
from ..seam.declare import bridge
from . import ancillary, arguments, kinds, transfer
from .constants import (
    AF_INET,
    AF_UNIX,
    SHUT_RD,
    SHUT_RDWR,
    SHUT_WR,
    SO_RCVTIMEO,
    SO_SNDTIMEO,
    SOCK_CLOEXEC,
    SOCK_NONBLOCK,
    SOCK_STREAM,
    SOL_SOCKET,
    face,
)
from .socket_file import SocketFile

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from .ancillary import Ancillary, Item
    from .socket_file import Address, Message

_FLAGS = SOCK_NONBLOCK | SOCK_CLOEXEC
_BACKLOG = 128


class _Default:
    """The timeout of new sockets."""

    __slots__ = ("timeout",)

    def __init__(self) -> None:
        self.timeout: float | None = None


_default = _Default()


def _file(fd: int) -> SocketFile:
    file = table.get(fd)
    if not isinstance(file, SocketFile):
        raise failure(ENOTSOCK)
    return file


def _opened(file: SocketFile) -> int:
    return table.open(file)


@face.named("socket", "SocketType")
class socket:
    """socket(family=AF_INET, type=SOCK_STREAM, proto=0) -> socket object
    socket(family=-1, type=-1, proto=-1, fileno=None) -> socket object

    Open a socket of the given type.  The family argument specifies the
    address family; it defaults to AF_INET.  The type argument specifies
    whether this is a stream (SOCK_STREAM, this is the default)
    or datagram (SOCK_DGRAM) socket.  The protocol argument defaults to 0,
    specifying the default protocol.  Keyword arguments are accepted.
    The socket is created as non-inheritable.

    When a fileno is passed in, family, type and proto are auto-detected,
    unless they are explicitly set."""

    __slots__ = ("_family", "_fd", "_proto", "_timeout", "_type")

    def __new__(cls, *args: object, **kwargs: object) -> socket:
        self = object.__new__(cls)
        self._fd = -1
        self._timeout = -1.0
        self._family = self._type = self._proto = 0
        return self

    def __init__(
        self, family: int = -1, type: int = -1, proto: int = -1, fileno: object = None
    ) -> None:
        family, type, proto = map(arguments.whole, (family, type, proto))
        nonblocking = False
        if fileno is None:
            family = AF_INET if family == -1 else family
            type = SOCK_STREAM if type == -1 else type
            proto = 0 if proto == -1 else proto
            nonblocking = bool(type & SOCK_NONBLOCK)
            fd = _opened(kinds.new(family, type & ~_FLAGS, proto))
        else:
            if isinstance(fileno, float):
                raise TypeError("integer argument expected, got float")
            fd = arguments.fd(fileno)
            file = _file(fd)
            family = file.family if family == -1 else family
            type = file.type if type == -1 else type
            proto = file.proto if proto == -1 else proto
        self._fd = fd
        self._family, self._type, self._proto = family, type & ~_FLAGS, proto
        if nonblocking:
            self._wait_at_most(0.0)
        else:
            self._timeout = _default.timeout
            if self._timeout is not None:
                self._wait_at_most(self._timeout)

    @property
    def family(self) -> int:
        """the socket family"""
        return self._family

    @property
    def type(self) -> int:
        """the socket type"""
        return self._type

    @property
    def proto(self) -> int:
        """the socket protocol"""
        return self._proto

    @property
    def timeout(self) -> float | None:
        """the socket timeout"""
        return self._timeout

    def fileno(self) -> int:
        """fileno() -> integer

        Return the integer file descriptor of the socket."""
        return self._fd

    def detach(self) -> int:
        """detach()

        Close the socket object without closing the underlying file descriptor.
        The object cannot be used after this call, but the file descriptor
        can be reused for other purposes.  The file descriptor is returned."""
        fd, self._fd = self._fd, -1
        return fd

    def close(self) -> None:
        """close()

        Close the socket.  It cannot be used after this call."""
        fd, self._fd = self._fd, -1
        if fd >= 0:
            table.close(fd)

    def setblocking(self, flag: object, /) -> None:
        """setblocking(flag)

        Set the socket to blocking (flag is true) or non-blocking (false).
        setblocking(True) is equivalent to settimeout(None);
        setblocking(False) is equivalent to settimeout(0.0)."""
        self._wait_at_most(None if arguments.whole(flag) else 0.0)

    def getblocking(self) -> bool:
        """getblocking()

        Returns True if socket is in blocking mode, or False if it
        is in non-blocking mode."""
        return self._timeout != 0.0

    def settimeout(self, timeout: object, /) -> None:
        """settimeout(timeout)

        Set a timeout on socket operations.  'timeout' can be a float,
        giving in seconds, or None.  Setting a timeout of None disables
        the timeout feature and is equivalent to setblocking(1).
        Setting a timeout of zero is the same as setblocking(0)."""
        self._wait_at_most(arguments.timeout(timeout))

    def _wait_at_most(self, timeout: float | None) -> None:
        self._timeout = timeout
        flags = _file(self._fd).flags & ~O_NONBLOCK
        table.set_flags(self._fd, flags if timeout is None else flags | O_NONBLOCK)

    def gettimeout(self) -> float | None:
        """gettimeout() -> timeout

        Returns the timeout in seconds (float) associated with socket
        operations. A timeout of None indicates that timeouts on socket
        operations are disabled."""
        return self._timeout

    # Connections

    def _address(self, given: object, caller: str) -> Address:
        return arguments.address(self._family, given, caller)

    def bind(self, address: object, /) -> None:
        """bind(address)

        Bind the socket to a local address.  For IP sockets, the address is a
        pair (host, port); the host must refer to the local host. For raw packet
        sockets the address is a tuple (ifname, proto [,pkttype [,hatype [,addr]]])"""
        where = self._address(address, "bind")
        _file(self._fd).bind(where)

    def listen(self, backlog: int = _BACKLOG, /) -> None:
        """listen([backlog])

        Enable a server to accept connections.  If backlog is specified, it must be
        at least 0 (if it is lower, it is set to 0); it specifies the number of
        unaccepted connections that the system will allow before refusing new
        connections. If not specified, a default reasonable value is chosen."""
        _file(self._fd).listen(max(0, arguments.whole(backlog)))

    def _accept(self) -> tuple[int, Address]:
        """_accept() -> (integer, address info)

        Wait for an incoming connection.  Return a new socket file descriptor
        representing the connection, and the address of the client.
        For IP sockets, the address info is a pair (hostaddr, port)."""
        file = _file(self._fd)
        file.accepts()
        end = transfer.accept(file, self._timeout)
        return _opened(end), end.accepted_from()

    def connect(self, address: object, /) -> None:
        """connect(address)

        Connect the socket to a remote address.  For IP sockets, the address
        is a pair (host, port)."""
        where = self._address(address, "connect")
        transfer.connect(_file(self._fd), self._timeout, where)

    def connect_ex(self, address: object, /) -> int:
        """connect_ex(address) -> errno

        This is like connect(address), but returns an error code (the errno value)
        instead of raising an exception when an error occurs."""
        where = self._address(address, "connect_ex")
        try:
            transfer.connect(_file(self._fd), self._timeout, where)
        except TimeoutError as error:
            return error.errno or EAGAIN
        except OSError as error:
            if error.errno is None:
                raise
            return error.errno
        return 0

    def shutdown(self, how: int, /) -> None:
        """shutdown(flag)

        Shut down the reading side of the socket (flag == SHUT_RD), the writing side
        of the socket (flag == SHUT_WR), or both ends (flag == SHUT_RDWR)."""
        how = arguments.whole(how)
        if how not in (SHUT_RD, SHUT_WR, SHUT_RDWR):
            raise failure(EINVAL)
        _file(self._fd).shutdown(how != SHUT_WR, how != SHUT_RD)

    def getsockname(self) -> Address:
        """getsockname() -> address info

        Return the address of the local endpoint. The format depends on the
        address family. For IPv4 sockets, the address info is a pair
        (hostaddr, port). For IPv6 sockets, the address info is a 4-tuple
        (hostaddr, port, flowinfo, scope_id)."""
        return _file(self._fd).name()

    def getpeername(self) -> Address:
        """getpeername() -> address info

        Return the address of the remote endpoint.  For IP sockets, the address
        info is a pair (hostaddr, port)."""
        return _file(self._fd).peer_name()

    # Sending

    def send(self, data: object, flags: int = 0, /) -> int:
        """send(data[, flags]) -> count

        Send a data string to the socket.  For the optional flags
        argument, see the Unix manual.  Return the number of bytes
        sent; this may be less than len(data) if the network is busy."""
        return transfer.send(_file(self._fd), self._timeout, arguments.data(data), flags)

    def sendall(self, data: object, flags: int = 0, /) -> None:
        """sendall(data[, flags])

        Send a data string to the socket.  For the optional flags
        argument, see the Unix manual.  This calls send() repeatedly
        until all data is sent.  If an error occurs, it's impossible
        to tell how much data has been sent."""
        transfer.send_all(_file(self._fd), self._timeout, arguments.data(data), flags)

    def sendto(self, data: object, *rest: object) -> int:
        """sendto(data[, flags], address) -> count

        Like send(data, flags) but allows specifying the destination address.
        For IP sockets, the address is a pair (hostaddr, port)."""
        if not 1 <= len(rest) <= 2:
            raise TypeError(f"sendto() takes 2 or 3 arguments ({len(rest) + 1} given)")
        octets = arguments.data(data)
        flags = arguments.whole(rest[0]) if len(rest) == 2 else 0
        where = self._address(rest[-1], "sendto")
        file = _file(self._fd)
        return transfer.send_message(file, self._timeout, octets, flags, where, None)

    @bridge
    def sendmsg(
        self,
        buffers: Iterable[object],
        ancdata: Iterable[Item] = (),
        flags: int = 0,
        address: object = None,
        /,
    ) -> int:
        """sendmsg(buffers[, ancdata[, flags[, address]]]) -> count

        Send normal and ancillary data to the socket, gathering the
        non-ancillary data from a series of buffers and concatenating it into
        a single message.  The buffers argument specifies the non-ancillary
        data as an iterable of bytes-like objects (e.g. bytes objects).
        The ancdata argument specifies the ancillary data (control messages)
        as an iterable of zero or more tuples (cmsg_level, cmsg_type,
        cmsg_data), where cmsg_level and cmsg_type are integers specifying the
        protocol level and protocol-specific type respectively, and cmsg_data
        is a bytes-like object holding the associated data.  The flags
        argument defaults to 0 and has the same meaning as for send().  If
        address is supplied and not None, it sets a destination address for
        the message.  The return value is the number of bytes of non-ancillary
        data sent."""
        octets = _gathered(buffers)
        items = [_item(item) for item in _iterated(ancdata, "sendmsg() argument 2")]
        flags = arguments.whole(flags)
        where = None if address is None else self._address(address, "sendmsg")
        file = _file(self._fd)
        beside = ancillary.given(items, local=self._family == AF_UNIX) if items else None
        try:
            return transfer.send_message(file, self._timeout, octets, flags, where, beside)
        except BaseException:
            if beside is not None:
                beside.drop()
            raise

    # Receiving

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        """recv(buffersize[, flags]) -> data

        Receive up to buffersize bytes from the socket.  For the optional flags
        argument, see the Unix manual.  When no data is available, block until
        at least one byte is available or until the remote end is closed.  When
        the remote end is closed and all data is read, return the empty string."""
        size = index(size)
        if size < 0:
            raise ValueError("negative buffersize in recv")
        file = _file(self._fd)
        return transfer.receive(file, self._timeout, size, flags) if size else b""

    def recv_into(self, buffer: object, nbytes: int = 0, flags: int = 0) -> int:
        """recv_into(buffer, [nbytes[, flags]]) -> nbytes_read

        A version of recv() that stores its data into a buffer rather than creating
        a new string.  Receive up to buffersize bytes from the socket.  If buffersize
        is not specified (or 0), receive up to the size available in the given buffer.

        See recv() for documentation about the flags."""
        view = _room(buffer, nbytes, "recv_into")
        file = _file(self._fd)
        if not view:
            return 0
        data = transfer.receive(file, self._timeout, len(view), flags)
        view[: len(data)] = data
        return len(data)

    def _message(self, size: int, flags: int, room: int) -> Message:
        return transfer.receive_message(_file(self._fd), self._timeout, size, flags, room)

    def recvfrom(self, size: int, flags: int = 0, /) -> tuple[bytes, Address]:
        """recvfrom(buffersize[, flags]) -> (data, address info)

        Like recv(buffersize, flags) but also return the sender's address info."""
        size = index(size)
        if size < 0:
            raise ValueError("negative buffersize in recvfrom")
        message = self._message(size, flags, 0)
        _drop(message.ancillary)
        return message.data, message.address

    def recvfrom_into(self, buffer: object, nbytes: int = 0, flags: int = 0) -> tuple[int, Address]:
        """recvfrom_into(buffer[, nbytes[, flags]]) -> (nbytes, address info)

        Like recv_into(buffer[, nbytes[, flags]]) but also return the sender's address info."""
        view = _room(buffer, nbytes, "recvfrom_into")
        message = self._message(len(view), flags, 0)
        _drop(message.ancillary)
        view[: len(message.data)] = message.data
        return len(message.data), message.address

    def recvmsg(
        self, bufsize: int, ancbufsize: int = 0, flags: int = 0, /
    ) -> tuple[bytes, list[Item], int, Address]:
        """recvmsg(bufsize[, ancbufsize[, flags]]) -> (data, ancdata, msg_flags, address)

        Receive normal data (up to bufsize bytes) and ancillary data from the
        socket.  The ancbufsize argument sets the size in bytes of the
        internal buffer used to receive the ancillary data; it defaults to 0,
        meaning that no ancillary data will be received.  Appropriate buffer
        sizes for ancillary data can be calculated using CMSG_SPACE() or
        CMSG_LEN(), and items which do not fit into the buffer might be
        truncated or discarded.  The flags argument defaults to 0 and has the
        same meaning as for recv()."""
        size, room = index(bufsize), _ancillary_room(ancbufsize)
        if size < 0:
            raise ValueError("negative buffer size in recvmsg()")
        return self._received(self._message(size, flags, room), flags, room)

    @bridge
    def recvmsg_into(
        self, buffers: Iterable[object], ancbufsize: int = 0, flags: int = 0, /
    ) -> tuple[int, list[Item], int, Address]:
        """recvmsg_into(buffers[, ancbufsize[, flags]]) -> (nbytes, ancdata, msg_flags, address)

        Receive normal data and ancillary data from the socket, scattering the
        non-ancillary data into a series of buffers.  The buffers argument
        must be an iterable of objects that export writable buffers
        (e.g. bytearray objects); these will be filled with successive chunks
        of the non-ancillary data until it has all been written or there are
        no more buffers.  The ancbufsize argument sets the size in bytes of
        the internal buffer used to receive the ancillary data; it defaults to
        0, meaning that no ancillary data will be received."""
        given = _iterated(buffers, "recvmsg_into() argument 1")
        views = [arguments.buffer(each, "recvmsg_into") for each in given]
        room = _ancillary_room(ancbufsize)
        size = sum(map(len, views))
        data, items, told, address = self._received(self._message(size, flags, room), flags, room)
        left = memoryview(data)
        for view in views:
            part = left[: len(view)]
            view[: len(part)] = part
            left = left[len(part) :]
        return len(data), items, told, address

    def _received(
        self, message: Message, flags: int, room: int
    ) -> tuple[bytes, list[Item], int, Address]:
        items: list[Item] = []
        told = message.flags
        if message.ancillary is not None:
            items, cut = message.ancillary.told(room, flags)
            told |= cut
        return message.data, items, told, message.address

    # Options

    def setsockopt(
        self, level: int, option: int, value: object, length: int | None = None, /
    ) -> None:
        """setsockopt(level, option, value: int)
        setsockopt(level, option, value: buffer)
        setsockopt(level, option, None, optlen: int)

        Set a socket option.  See the Unix manual for level and option.
        The value argument can either be an integer, a string buffer, or
        None, optlen."""
        level, option = arguments.whole(level), arguments.whole(option)
        if length is not None:
            if value is not None:
                kind = type(value).__name__
                raise TypeError(f"setsockopt() argument 3 must be None, not {kind}")
            given: int | bytes = bytes(arguments.whole(length))
        elif isinstance(value, int):
            given = arguments.whole(value)
        elif value is None:
            raise TypeError("setsockopt() requires 4 arguments when the third is None")
        else:
            given = bytes(arguments.data(value))
        late.load("net.options").put(_file(self._fd), level, option, given)

    def getsockopt(self, level: int, option: int, size: int = 0, /) -> int | bytes:
        """getsockopt(level, option[, buffersize]) -> value

        Get a socket option.  See the Unix manual for level and option.
        If a nonzero buffersize argument is given, the return value is a
        string of that length; otherwise it is an integer."""
        level, option = arguments.whole(level), arguments.whole(option)
        size = arguments.whole(size)
        if size < 0 or size > 1024:
            raise OSError("getsockopt buflen out of range")
        value: int | bytes = late.load("net.options").get(_file(self._fd), level, option)
        if not size:
            if isinstance(value, int):
                return value
            return int.from_bytes(value[:4].ljust(4, b"\0"), "little", signed=True)
        if isinstance(value, int):
            value = value.to_bytes(4, "little", signed=True)
        elif option in (SO_RCVTIMEO, SO_SNDTIMEO) and level == SOL_SOCKET and size < len(value):
            # As this build's `struct` has a `timeval` of two longs.
            value = value[:4] + value[8:12]
        return value[:size]

    def __repr__(self) -> str:
        fields = f"fd={self._fd}, family={self._family}, type={self._type}, proto={self._proto}"
        return f"<socket object, {fields}>"

    @bridge
    def __del__(self) -> None:
        if self._fd >= 0:
            from warnings import warn

            warn(f"unclosed {self!r}", ResourceWarning, stacklevel=1, source=self)
            try:
                self.close()
            except OSError:
                # Its descriptor was closed by another name, which C does not tell either.
                return


def _room(buffer: object, nbytes: int, caller: str) -> memoryview:
    """What of `buffer` is to be filled."""
    view = arguments.buffer(buffer, caller)
    nbytes = index(nbytes)
    if nbytes < 0:
        raise ValueError(f"negative buffersize in {caller}")
    if nbytes > len(view):
        raise ValueError(
            "buffer too small for requested bytes"
            if caller == "recv_into"
            else "nbytes is greater than the length of the buffer"
        )
    return view[: nbytes or len(view)]


def _ancillary_room(size: int) -> int:
    size = index(size)
    if size < 0 or size > 0x7FFFFFFF:
        raise ValueError("invalid ancillary data buffer length")
    return size


def _drop(beside: Ancillary | None) -> None:
    if beside is not None:
        beside.drop()


@bridge
def _iterated(given: Iterable[object], what: str) -> list[object]:
    try:
        return list(given)
    except TypeError:
        if hasattr(given, "__iter__"):
            raise
        raise TypeError(f"{what} must be iterable") from None


@bridge
def _gathered(buffers: Iterable[object]) -> bytes | memoryview:
    parts = [arguments.data(each) for each in _iterated(buffers, "sendmsg() argument 1")]
    return parts[0] if len(parts) == 1 else b"".join(parts)


@bridge
def _item(given: object) -> Item:
    """A control message that a program gives."""
    if not isinstance(given, (tuple, list)):
        raise TypeError("[sendmsg() ancillary data items] must be sequences of length 3")
    if len(given) != 3:
        raise TypeError("[sendmsg() ancillary data items] must be sequences of length 3")
    level, kind, data = given
    return arguments.whole(level), arguments.whole(kind), bytes(arguments.data(data))


@face
def socketpair(
    family: int = AF_UNIX, type: int = SOCK_STREAM, proto: int = 0, /
) -> tuple[socket, socket]:
    """socketpair([family[, type [, proto]]]) -> (socket object, socket object)

    Create a pair of socket objects from the sockets returned by the platform
    socketpair() function.
    The arguments are the same as for socket() except the default family is
    AF_UNIX if defined on the platform; otherwise, the default is AF_INET."""
    first, second = kinds.pair(family, type & ~_FLAGS, proto)
    fds = [_opened(first), _opened(second)]
    made = tuple(socket(family, type & ~_FLAGS, proto, fd) for fd in fds)
    if type & SOCK_NONBLOCK:
        for each in made:
            each.setblocking(False)
    return made  # pyright: ignore[reportReturnType]: there are two


@face
def dup(fd: object, /) -> int:
    """dup(integer) -> integer

    Duplicate an integer socket file descriptor.  This is like os.dup(), but for
    sockets; on some platforms os.dup() won't work for socket file descriptors."""
    return posix.dup(arguments.fd(fd))


@face
def close(fd: object, /) -> None:
    """close(integer) -> None

    Close an integer socket file descriptor.  This is like os.close(), but for
    sockets; on some platforms os.close() won't work for socket file descriptors."""
    posix.close(index(fd))  # pyright: ignore[reportArgumentType]: TypeError is the answer


@face
def getdefaulttimeout() -> float | None:
    """getdefaulttimeout() -> timeout

    Returns the default timeout in seconds (float) for new socket objects.
    A value of None indicates that new socket objects have no timeout.
    When the socket module is first imported, the default is None."""
    return _default.timeout


@face
def setdefaulttimeout(timeout: object, /) -> None:
    """setdefaulttimeout(timeout)

    Set the default timeout in seconds (float) for new socket objects.
    A value of None indicates that new socket objects have no timeout.
    When the socket module is first imported, the default is None."""
    _default.timeout = arguments.timeout(timeout)
