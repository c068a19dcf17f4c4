"""An address of the web taken apart and found fit to be asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from dragoman.sources.web.failures import Refused

_LONGEST = 4_000
_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?")
_SIX = re.compile(r"[0-9a-f:.]+")
_UNFIT = re.compile(r"[\x00-\x20\x7f\\]")
# What may stand unescaped in a path or a query.
_PLAIN = "/%:@!$&'()*+,;=~-._?[]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """`host` is in ASCII and small letters, without brackets; `path` holds the query too."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and, where it is not the usual one, port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _PORTS[self.scheme] else f":{self.port}")

    @property
    def url(self) -> str:
        return f"{self.origin}{self.path}"


def shown(url: str) -> str:
    """The address as messages and logs name it: without user, password, query and fragment, where secrets stand."""
    try:
        parts = urlsplit(url)
        bare = urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
    except ValueError:
        bare = url.partition("?")[0].rpartition("@")[2]
    return bare if len(bare) <= 200 else f"{bare[:197]}…"


def target(url: str) -> Target:
    """The parts of an address. Raises Refused where it is not http or https, names a user, or has a port that is no web server's."""
    name = shown(url)
    if len(url) > _LONGEST:
        raise Refused(f"{name}: is {len(url):,} characters long, and {_LONGEST:,} is the limit")
    url = url.strip()
    if _UNFIT.search(url):
        raise Refused(f"{name!r}: holds white space, control characters or a backslash, which no address has")
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
    except ValueError as error:
        raise Refused(f"{name}: is not an address of the web ({error})") from error
    if parts.scheme not in _PORTS:
        raise Refused(f"{name}: only http and https are fetched, not '{parts.scheme}'" if parts.scheme else f"{name}: is no address; begin it with https://")
    if parts.username is not None or parts.password is not None:
        raise Refused(f"{name}: an address with a user name in it is not fetched")
    port = _PORTS[parts.scheme] if port is None else port
    if port not in _PORTS.values() and port < 1024:
        raise Refused(f"{name}: port {port} is not one of a web server; 80, 443 and those from 1024 up are asked")
    path = quote(parts.path or "/", safe=_PLAIN.replace("?", "")) + (f"?{quote(parts.query, safe=_PLAIN)}" if parts.query else "")
    return Target(scheme=parts.scheme, host=_ascii(host, name), port=port, path=path)


def joined(origin: Target, location: str) -> str:
    """Where a link on a page, or the Location of an answer, leads. Raises Refused where that is no address."""
    try:
        return urljoin(origin.url, location.strip())
    except ValueError as error:
        raise Refused(f"{shown(origin.url)}: leads to something that is no address ({error})") from error


def _ascii(host: str, name: str) -> str:
    if ":" in host:
        if not _SIX.fullmatch(host):
            raise Refused(f"{name}: '{host}' is no host")
        return host
    try:
        plain = host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        plain = ""
    if not _HOST.fullmatch(plain) or len(plain) > 253:
        raise Refused(f"{name}: '{host[:80]}' is no name of a host")
    return plain
