"""Connections to checked addresses alone, each with one deadline for all that it does."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpcore

from dragoman.sources.web.addresses import refusal
from dragoman.sources.web.failures import Refused, Unfetched
from dragoman.sources.web.settings import Settings

# Addresses of one name that are tried.
_TRIED = 4
Resolve = Callable[[str, int], Sequence[str]]


def _resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a name, in the order the system prefers. Raises OSError where there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(row[4][0]) for row in found))


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The world outside as functions: names to addresses, addresses to connections, and the time. Tests put their own here."""

    resolve: Resolve = _resolve
    connect: httpcore.NetworkBackend = field(default_factory=httpcore.SyncBackend)
    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = _now


class Deadline:
    """The moment by which everything must be done."""

    def __init__(self, network: Network, seconds: float, name: str) -> None:
        self._monotonic, self._end, self._seconds, self._name = network.monotonic, network.monotonic() + seconds, seconds, name

    @contextmanager
    def standing(self) -> Iterator[None]:
        """Time that does not count: waiting for our own turn."""
        began = self._monotonic()
        yield
        self._end += self._monotonic() - began

    def left(self, most: float | None = None) -> float:
        """Seconds that are left, at most `most`. Raises Unfetched where none are."""
        left = self._end - self._monotonic()
        if left <= 0:
            raise Unfetched(f"{self._name}: was not done within {self._seconds:g} seconds, which is the limit for all of it")
        return left if most is None else min(left, most)


class Guarded(httpcore.NetworkBackend):
    """Looks a name up, drops the addresses that may not be asked, and connects to one of the others, never to the name again."""

    def __init__(self, network: Network, settings: Settings, deadline: Deadline, name: str) -> None:
        self._network, self._settings, self._deadline, self._name = network, settings, deadline, name

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        last: Exception | None = None
        for address in checked(host, port, self._network, self._settings, self._deadline, self._name)[:_TRIED]:
            seconds = self._deadline.left(self._settings.limits.connect)
            try:
                stream = self._network.connect.connect_tcp(address, port, timeout=seconds, socket_options=socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout, OSError) as error:
                last = error
            else:
                return _Timed(stream, self._deadline)
        raise Unfetched(f"{self._name}: {host} does not answer ({_words(last)})")

    def connect_unix_socket(self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None) -> httpcore.NetworkStream:
        raise Refused(f"{self._name}: a socket of this machine is not fetched from")


class _Timed(httpcore.NetworkStream):
    """A stream of which every step has at most the time that is left."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None) -> httpcore.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout)), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def checked(host: str, port: int, network: Network, settings: Settings, deadline: Deadline, name: str) -> tuple[str, ...]:
    """The addresses of a host that may be asked, at least one. Raises Refused where none may, Unfetched where there are none."""
    try:
        found = _in_time(lambda: network.resolve(host, port), deadline.left(settings.limits.connect))
    except TimeoutError as error:
        raise Unfetched(f"{name}: the name {host} was not found in time; check the connection") from error
    except (OSError, UnicodeError) as error:
        raise Unfetched(f"{name}: there is no host {host} ({error}); check the address and the connection") from error
    reasons = {address: refusal(address.partition("%")[0], settings.allow) for address in found}
    fit = tuple(address for address, reason in reasons.items() if reason is None)
    if fit:
        return fit
    for address, reason in reasons.items():
        leads = "" if address == host else f" leads to {address}, which"
        raise Refused(f'{name}: {host}{leads} is {reason}; it is not asked unless sources.toml says allow = ["{address}"] under [web]')
    raise Unfetched(f"{name}: the name {host} has no address")


def _in_time(work: Callable[[], Sequence[str]], seconds: float) -> Sequence[str]:
    """The result, or TimeoutError: the system's look-up of names has no limit of its own."""
    results: list[Sequence[str]] = []
    errors: list[Exception] = []

    def run() -> None:
        try:
            results.append(work())
        except Exception as error:
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not results:
        raise TimeoutError
    return results[0]


def trust() -> ssl.SSLContext:
    """Certificates of the system, or those that come with Python's packages where it has none."""
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if not any(path and Path(path).exists() for path in (paths.cafile, paths.capath)):
        import certifi

        context.load_verify_locations(certifi.where())
    return context


def _words(error: Exception | None) -> str:
    if isinstance(error, (TimeoutError, httpcore.ConnectTimeout)):
        return "not in time"
    return str(error) or type(error).__name__
