"""How the web is asked: who we say we are, which addresses are allowed beside public ones, and every limit."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network

from dragoman import __version__
from dragoman.model.errors import ConfigError

# What robots.txt calls us.
ROBOT = "Dragoman"
Net = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bytes after decoding, seconds, and a number of redirects; `total` holds for everything that one address costs, redirects included."""

    max_bytes: int = 8_000_000
    connect: float = 10.0
    read: float = 20.0
    total: float = 60.0
    redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`allow`: networks that may be asked although they are not public."""

    agent: str = f"{ROBOT}/{__version__} (reads news reports)"
    allow: tuple[Net, ...] = ()
    limits: Limits = Limits()


def agent(contact: str | None) -> str:
    """The User-Agent, with where to complain. Raises ConfigError where the contact cannot stand in a header."""
    if not contact:
        return Settings().agent
    if not contact.isascii() or not contact.isprintable() or set("()\\") & set(contact) or len(contact) > 200:
        raise ConfigError(f"contact: {contact!r} cannot stand in a header; give a web or mail address in plain letters, at most 200 of them")
    return f"{ROBOT}/{__version__} (reads news reports; +{contact})"


def network_of(text: str) -> Net:
    """A network or a single address, as 192.168.1.0/24 or ::1. Raises ConfigError where it is none."""
    try:
        return ip_network(text.strip(), strict=False)
    except ValueError as error:
        raise ConfigError(
            f"allow: '{text}' is no address or network; write it as 192.168.1.20 or 192.168.1.0/24 (names are not taken, they can change)"
        ) from error
