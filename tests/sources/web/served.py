"""A site on loopback that answers, byte for byte, what a test gives it; and a network that is played, with a clock that nobody waits for."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import httpcore

from dragoman.sources.web.network import Network

Answer = bytes | Callable[["Asked"], Iterable[bytes]]


class Asked:
    """One request: its path and its headers, their names in small letters."""

    def __init__(self, head: bytes, content: bytes = b"") -> None:
        first, *rest = head.decode("latin-1").split("\r\n")
        self.method, self.path, _ = first.split(" ", 2)
        self.headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in rest if line)}
        self.content = content


def answer(status: int = 200, body: bytes = b"", **headers: str) -> bytes:
    """A whole HTTP answer; underscores in names of headers become hyphens."""
    fields = {"Content-Length": str(len(body)), "Connection": "close", **{name.replace("_", "-"): value for name, value in headers.items()}}
    head = f"HTTP/1.1 {status} X\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return head.encode("latin-1") + b"\r\n" + body


class Site:
    """`pages` maps a path to an answer, or to a function that gives it piece by piece; what is not there is 404. `asked` lists every request."""

    def __init__(self, pages: Mapping[str, Answer] | None = None) -> None:
        self.pages: dict[str, Answer] = dict(pages or {})
        self.asked: list[Asked] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Site:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def paths(self) -> list[str]:
        """What was asked for, in order, robots.txt left out."""
        return [one.path for one in self.asked if one.path != "/robots.txt"]

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._one, args=(connection,), daemon=True).start()

    def _one(self, connection: socket.socket) -> None:
        with connection:
            connection.settimeout(30)
            got = b""
            try:
                while b"\r\n\r\n" not in got:
                    piece = connection.recv(65_536)
                    if not piece:
                        return
                    got += piece
                head, _, content = got.partition(b"\r\n\r\n")
                asked = Asked(head)
                while len(content) < int(asked.headers.get("content-length", "0")):
                    content += connection.recv(65_536)
                asked.content = content
                self.asked.append(asked)
                page = self.pages.get(asked.path, answer(404))
                for piece in (page,) if isinstance(page, bytes) else page(asked):
                    connection.sendall(piece)
            except OSError:
                return


class Clock:
    """Time that moves only when somebody waits."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.waits: list[float] = []

    def monotonic(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return datetime(2025, 10, 12, 9, tzinfo=UTC) + timedelta(seconds=self.seconds)

    def pause(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.seconds += seconds


class PlayedStream(httpcore.NetworkStream):
    """An answer in pieces, each of which takes `each` seconds to come."""

    def __init__(self, pieces: Iterator[bytes], clock: Clock, each: float) -> None:
        self._pieces, self._clock, self._each = pieces, clock, each

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if timeout is not None and self._each > timeout:
            self._clock.pause(timeout)
            raise httpcore.ReadTimeout
        self._clock.pause(self._each)
        return next(self._pieces, b"")

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        pass

    def close(self) -> None:
        pass

    def get_extra_info(self, info: str) -> Any:
        return None


class Played(httpcore.NetworkBackend):
    """Every connection gets the same answer; `connected` lists the addresses that were asked."""

    def __init__(self, pieces: Callable[[], Iterator[bytes]], clock: Clock, each: float = 0.0) -> None:
        self._pieces, self._clock, self._each = pieces, clock, each
        self.connected: list[tuple[str, int]] = []

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        self.connected.append((host, port))
        return PlayedStream(self._pieces(), self._clock, self._each)


def played(
    pieces: Callable[[], Iterator[bytes]], *, clock: Clock | None = None, each: float = 0.0, names: Mapping[str, Sequence[str]] | None = None
) -> Network:
    """A network in which every address gives these pieces; names not in `names` lead to an address of example.com."""
    clock = clock or Clock()
    known = dict(names or {})
    return Network(
        resolve=lambda host, port: known.get(host, ("93.184.215.14",)), connect=Played(pieces, clock, each), monotonic=clock.monotonic, now=clock.now
    )
