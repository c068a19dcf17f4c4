"""Which addresses of the network may be asked: public ones, and those that the configuration allows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from dragoman.sources.web.settings import Net

# IANA's registries of special-purpose addresses (RFC 6890 and its updates), in the words of a message; the first that holds is told.
_SPECIAL: tuple[tuple[Net, str], ...] = tuple(
    (ip_network(network), words)
    for network, words in (
        ("0.0.0.0/8", "no address of a server"), ("127.0.0.0/8", "this machine itself (loopback)"), ("10.0.0.0/8", "a private network"),
        ("172.16.0.0/12", "a private network"), ("192.168.0.0/16", "a private network"), ("100.64.0.0/10", "a provider's inner network"),
        ("169.254.0.0/16", "link-local, where clouds keep their metadata"), ("192.0.0.0/24", "reserved"), ("192.0.2.0/24", "for documentation only"),
        ("192.88.99.0/24", "reserved"), ("198.18.0.0/15", "for measurements only"), ("198.51.100.0/24", "for documentation only"),
        ("203.0.113.0/24", "for documentation only"), ("224.0.0.0/4", "multicast"), ("240.0.0.0/4", "reserved"), ("::/128", "no address of a server"),
        ("::1/128", "this machine itself (loopback)"), ("64:ff9b:1::/48", "a private network"), ("100::/64", "reserved"),
        ("2001:2::/48", "for measurements only"), ("2001:db8::/32", "for documentation only"), ("3fff::/20", "for documentation only"),
        ("5f00::/16", "reserved"), ("fc00::/7", "a private network"), ("fe80::/10", "link-local"), ("fec0::/10", "a private network"),
        ("ff00::/8", "multicast"),
    )
)  # fmt: skip
_EMBEDDING = (ip_network("64:ff9b::/96"), ip_network("::/96"))


def refusal(address: str, allow: Sequence[Net]) -> str | None:
    """Why this address is not asked, as the end of a sentence ('…, which is X'); None where it is."""
    try:
        outer = ip_address(address)
    except ValueError:
        return "no address"
    every = (outer, *_inside(outer))
    if any(one in network for one in every for network in allow if network.version == one.version):
        return None
    for one in every:
        for network, words in _SPECIAL:
            if one.version == network.version and one in network:
                return words
    # What a later registry may add, Python may know. An address with another inside has been judged by that one.
    return None if outer.is_global or len(every) > 1 else "reserved"


def _inside(address: IPv4Address | IPv6Address) -> Iterator[IPv4Address]:
    """The addresses of version 4 that one of version 6 leads to: mapped, 6to4, Teredo, NAT64."""
    if isinstance(address, IPv4Address):
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
    if any(address in network for network in _EMBEDDING) and int(address) > 1:
        yield IPv4Address(int(address) & 0xFFFFFFFF)
