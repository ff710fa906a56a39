"""Two small proxies: HTTP (with CONNECT) and SOCKS 5. They note whom they were asked for."""

import contextlib
import select
import socket
import struct

from misbehaving.server import Server


class HttpProxy(Server):
    """Forwards absolute requests, and makes tunnels."""

    def __init__(self) -> None:
        super().__init__()
        self.tunnels: list[str] = []

    def serve(self, sock: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            piece = sock.recv(65_536)
            if not piece:
                return
            head += piece
        method, target, _ = head.split(b"\r\n", 1)[0].decode().split(" ")
        if method == "CONNECT":
            self.tunnels.append(target)
            place = target
        else:
            place, _, path = target.removeprefix("http://").partition("/")
            head = head.replace(target.encode(), b"/" + path.encode(), 1)
        with socket.create_connection(("127.0.0.1", int(place.rpartition(":")[2]))) as upstream:
            if method == "CONNECT":
                sock.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                upstream.sendall(head)
            _pump(sock, upstream)


class SocksProxy(Server):
    """SOCKS 5 (RFC 1928) without passwords."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[tuple[str, int]] = []

    def serve(self, sock: socket.socket) -> None:
        methods = sock.recv(2)[1]
        sock.recv(methods)
        sock.sendall(b"\5\0")
        kind = sock.recv(4)[3]
        host = socket.inet_ntoa(sock.recv(4)) if kind == 1 else sock.recv(sock.recv(1)[0]).decode()
        (port,) = struct.unpack("!H", sock.recv(2))
        self.targets.append((host, port))
        with socket.create_connection(("127.0.0.1", port)) as upstream:
            sock.sendall(b"\5\0\0\1\0\0\0\0\0\0")
            _pump(sock, upstream)


def _pump(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while True:
            ready, _, _ = select.select([one, other], [], [], 10)
            if not ready:
                return
            for side in ready:
                data = side.recv(65_536)
                if not data:
                    return
                (other if side is one else one).sendall(data)
