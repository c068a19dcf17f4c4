"""What is known of an outlet by the address of its pages: its name, its state, the address without what only counts readers."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from urllib.parse import urljoin, urlsplit

_LONGEST = 2_000
# Endings of two letters that are sold to everybody.
_SOLD = {"ai", "am", "cc", "cd", "co", "fm", "gg", "io", "la", "me", "nu", "sh", "to", "tv", "vc", "ws", "ag", "bz", "eu", "dj", "gl", "im", "is", "ly", "st"}
# Second labels under which a state's ending is registered: .com.tr, .co.uk.
_SECOND = frozenset({"ac", "co", "com", "edu", "gen", "gob", "gouv", "gov", "gub", "gv", "info", "mil", "ne", "net", "news", "nom", "or", "org", "web"})
_OTHER = {"uk": "GBR", "su": "RUS"}


def canonical(url: str | None, page: str | None = None) -> str | None:
    """The address in its plain form: absolute, http or https, without trackers and fragments; None where it is none."""
    from courlan import clean_url

    if not url or len(url) > _LONGEST:
        return None
    try:
        whole = urljoin(page or "", url.strip())
        parts = urlsplit(whole)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return None
        clean = clean_url(whole)
    except ValueError:
        return None
    return clean.split("#")[0] if clean else None


def domain_of(url: str | None) -> str | None:
    """The domain that was registered for an address: domain_of("https://www.bbc.co.uk/news/1") == "bbc.co.uk"; None where there is none."""
    if not url:
        return None
    try:
        host = (urlsplit(url).hostname or "").strip(".")
    except ValueError:
        return None
    labels = host.split(".")
    if len(labels) < 2 or labels[-1].isdigit() or ":" in host:
        return host or None
    below = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND else 2
    return ".".join(labels[-below:])


def outlet_of(url: str | None, said: str | None = None) -> tuple[str | None, str | None]:
    """(name, state) of the outlet: its name as the page says it, else as the table or the domain does; its state from the table or the domain's ending."""
    domain = domain_of(url)
    if domain is None:
        return said, None
    name, state = _table().get(domain, (None, None))
    return said or name or domain, state or _state(domain)


def _state(domain: str) -> str | None:
    from dragoman.knowledge.states import alpha_3

    ending = domain.rsplit(".", 1)[-1]
    if ending in _OTHER:
        return _OTHER[ending]
    return alpha_3(ending.upper()) if len(ending) == 2 and ending not in _SOLD else None


@cache
def _table() -> dict[str, tuple[str, str]]:
    table = tomllib.loads(files("dragoman.sources").joinpath("outlets.toml").read_text(encoding="utf-8"))
    return {domain: (name, state) for domain, (name, state) in table.items()}
