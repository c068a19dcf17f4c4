"""One address is asked, its redirects followed, each checked as the first was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import Message

import httpcore

from dragoman.model.errors import TooLarge
from dragoman.sources.web.decoding import ACCEPTED, body
from dragoman.sources.web.failures import Refused, Unfetched
from dragoman.sources.web.network import Deadline, Guarded, Network, trust
from dragoman.sources.web.settings import Settings
from dragoman.sources.web.target import Target, joined, shown, target

_REDIRECTS = (301, 302, 303, 307, 308)
_ASKED_FOR = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer: `url` is where the redirects led, `headers` have names in small letters, `body` is unpacked and empty unless the status is a success."""

    asked: str
    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: datetime

    @property
    def media_type(self) -> str:
        """As 'text/html'; empty where the server names none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that the server names."""
        message = Message()
        message["content-type"] = self.headers.get("content-type", "")
        named = message.get_param("charset")
        return named.strip().lower() if isinstance(named, str) and named.strip() else None


def fetch(
    url: str,
    *,
    settings: Settings,
    headers: Mapping[str, str] | None = None,
    max_bytes: int | None = None,
    network: Network | None = None,
    before: Callable[[Target], None] | None = None,
) -> Fetched:
    """What an address answers, whatever its status; `before` is called with each target on the way and may raise.

    Raises Refused for what is never asked (other schemes, addresses that are not public, endless redirects), TooLarge above `max_bytes`
    (`settings.limits.max_bytes` where not given), Unfetched where nothing came or not in time.
    """
    network = network or Network()
    deadline = Deadline(network, settings.limits.total, shown(url))
    limit = settings.limits.max_bytes if max_bytes is None else max_bytes
    here = target(url)
    for _ in range(settings.limits.redirects + 1):
        if before is not None:
            with deadline.standing():
                before(here)
        answer, content = _exchange("GET", here, headers or {}, None, limit, settings=settings, network=network, deadline=deadline)
        fields = _fields(answer)
        if answer.status not in _REDIRECTS or "location" not in fields:
            return Fetched(asked=url, url=here.url, status=answer.status, headers=fields, body=content, fetched_at=network.now())
        here = target(joined(here, fields["location"]))
    raise Refused(f"{shown(url)}: leads on more than {settings.limits.redirects} times, at last to {shown(here.url)}; give the address of the page itself")


def post(url: str, content: bytes, *, settings: Settings, headers: Mapping[str, str], network: Network | None = None) -> int:
    """Send bytes to an address, under the same rules; gives the status. Redirects are not followed. Raises as `fetch` does."""
    network = network or Network()
    deadline = Deadline(network, settings.limits.total, shown(url))
    answer, _ = _exchange("POST", target(url), headers, content, 0, settings=settings, network=network, deadline=deadline)
    return answer.status


def _exchange(
    method: str, here: Target, headers: Mapping[str, str], content: bytes | None, limit: int, *, settings: Settings, network: Network, deadline: Deadline
) -> tuple[httpcore.Response, bytes]:
    name = shown(here.url)
    seconds = {"connect": settings.limits.connect, "read": settings.limits.read, "write": settings.limits.read, "pool": settings.limits.connect}
    sent = {"Host": here.origin.partition("://")[2], "User-Agent": settings.agent, "Accept": _ASKED_FOR, "Accept-Encoding": ACCEPTED, "Connection": "close"}
    if content is not None:
        sent["Content-Length"] = str(len(content))
    fields = [(key.encode("ascii"), value.encode("latin-1", "replace")) for key, value in {**sent, **headers}.items()]
    address = httpcore.URL(scheme=here.scheme.encode(), host=here.host.encode(), port=here.port, target=here.path.encode("ascii"))
    pool = httpcore.ConnectionPool(ssl_context=trust() if here.scheme == "https" else None, network_backend=Guarded(network, settings, deadline, name))
    try:
        with pool, pool.stream(method, address, headers=fields, content=content, extensions={"timeout": seconds}) as answer:
            wanted = method == "GET" and 200 <= answer.status < 300
            if wanted:
                _not_longer(answer, limit, name)
                return answer, body(answer.iter_stream(), _fields(answer).get("content-encoding", ""), limit, name)
            return answer, b""
    except httpcore.TimeoutException as error:
        deadline.left()
        raise Unfetched(f"{name}: said nothing for {settings.limits.read:g} seconds") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise Unfetched(f"{name}: {_why(error)}") from error


def _not_longer(answer: httpcore.Response, limit: int, name: str) -> None:
    told = _fields(answer).get("content-length", "")
    if told.isascii() and told.isdigit() and len(told) < 20 and int(told) > limit:
        raise TooLarge(f"{name}: is {int(told):,} bytes, and {limit:,} is the limit")


def _fields(answer: httpcore.Response) -> dict[str, str]:
    fields: dict[str, str] = {}
    for key, value in answer.headers:
        name = key.decode("latin-1").lower()
        words = _text(value)
        fields[name] = f"{fields[name]}, {words}" if name in fields and name != "location" else words
    return fields


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _why(error: Exception) -> str:
    words = str(error) or type(error).__name__
    if "Receive buffer too long" in words:
        return "the head of the answer is larger than 100 kB, which no honest server sends"
    if "CERTIFICATE_VERIFY_FAILED" in words:
        return f"the server's certificate is not trusted ({words.partition('certificate verify failed: ')[2].partition(' (')[0] or words})"
    return f"the answer broke off or is no HTTP ({words})"
