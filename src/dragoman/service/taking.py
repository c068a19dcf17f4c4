"""What a source's bytes tell of: articles that are in them, and addresses of others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from dragoman.model.config import Config
from dragoman.model.errors import InputError, TooLarge
from dragoman.service.watchlist import Source
from dragoman.sources.arrival import Arrival
from dragoman.sources.html import Told
from dragoman.sources.web.fetch import Fetched
from dragoman.sources.web.target import shown
from dragoman.store.watched import Came

# Sitemaps of one index, and links of one page.
_MOST_MAPS, _MOST_LINKS = 50, 5_000
# Elements that a feed may open more often than it closes them. Pictures and breaks in its texts do, some dozens an entry; one in another a million times would
# keep its parser busy for minutes.
_MOST_OPEN = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An article that a source tells of: to be fetched from `url`, or here as an `arrival`; `day` is when it came out or was changed."""

    key: str
    url: str | None
    told: Told
    day: date | None = None
    arrival: Arrival | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """All that is in the bytes of a source; `maps` are further sitemaps, `remarks` what was left out, in words."""

    found: tuple[Found, ...] = ()
    maps: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def came(answer: Fetched) -> Came:
    """An answer as it is kept until it has been worked through."""
    with_it = {"url": answer.url, "type": answer.media_type, "charset": answer.charset, "at": answer.fetched_at.isoformat()}
    return Came(content=answer.body, with_it=with_it)


def taken(source: Source, brought: Came, config: Config) -> Taken:
    """What a source tells of, each address once. Raises InputError where the bytes are not what the source is said to be."""
    every: list[Found] = []
    maps: tuple[str, ...] = ()
    remarks: list[str] = []
    if source.kind == "feed":
        every, remarks = _of_feed(source, brought, config)
    elif source.kind == "sitemap":
        every, maps, remarks = _of_sitemap(source, brought)
    elif source.kind == "links":
        every = list(_of_links(source, brought))
    else:
        every = [_of_page(source, brought, config)]
    once: dict[str, Found] = {}
    for one in every:
        if one.url is None or source.kind == "page" or _wanted(source, one.url):
            once.setdefault(one.key, one)
    if left := len({one.key for one in every}) - len(once):
        remarks.append(f"{left} left out by include and exclude")
    return Taken(found=tuple(once.values()), maps=maps[:_MOST_MAPS], remarks=tuple(remarks))


def newest(found: Iterable[Found], count: int) -> tuple[Found, ...]:
    """The last `count` to come out, in the order of the source; those without a day count as new."""
    every = list(found)
    ranked = sorted(range(len(every)), key=lambda at: (-(every[at].day or date.max).toordinal(), at))
    return tuple(every[at] for at in sorted(ranked[:count]))


def arrival_of_page(brought: Came, told: Told, config: Config) -> Arrival:
    """The article of a page that was fetched, as page, plain text or PDF by its content. Raises InputError where there is none."""
    from dragoman.sources.opening import single

    url = str(brought.with_it.get("url") or told.url or "")
    day = str(brought.with_it.get("at") or "")[:10]
    known = replace(told, url=url or told.url, charset=brought.with_it.get("charset"), seen=date.fromisoformat(day) if day else None)
    return _named(single(brought.content, url, config, known), url)


def _named(arrival: Arrival, url: str) -> Arrival:
    return replace(arrival, article=replace(arrival.article, name=arrival.article.name or url, url=arrival.article.url or url or None))


def for_source(arrival: Arrival, source: Source | None) -> Arrival:
    """The arrival with what sources.toml says of all articles of its source."""
    if source is None or not arrival.usable:
        return arrival
    article = arrival.article
    return replace(arrival, article=replace(article, language=source.language or article.language, outlet=source.outlet or article.outlet))


def hints(told: Told) -> dict[str, Any]:
    """What is known of a page before it is fetched, as JSON."""
    row = {name: getattr(told, name) for name in ("url", "title", "outlet", "author", "language", "published", "updated")}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items() if value is not None}


def told_of(row: Mapping[str, Any]) -> Told:
    """What `hints` wrote."""
    words = {name: row.get(name) for name in ("url", "title", "outlet", "author", "language")}
    published, updated = (date.fromisoformat(row[name]) if row.get(name) else None for name in ("published", "updated"))
    return Told(**words, published=published, updated=updated)


def _of_feed(source: Source, brought: Came, config: Config) -> tuple[list[Found], list[str]]:
    from dragoman.sources.feeds import entries_of, entry_arrival

    name = shown(source.url)
    if brought.content.count(b"<") - 2 * brought.content.count(b"</") > _MOST_OPEN:
        raise TooLarge(f"{name}: opens more than {_MOST_OPEN:,} elements and closes few of them; it is damaged, or made to stop programs")
    feed = entries_of(brought.content, name, url=str(brought.with_it.get("url") or source.url), charset=brought.with_it.get("charset"))
    found: list[Found] = []
    remarks = [trouble.message for trouble in feed.troubles]
    empty = 0
    for entry in feed.entries:
        told = entry.told()
        own = entry.id or sha256(f"{entry.title} {entry.text}".encode("utf-8", "replace")).hexdigest()
        key = entry.url or f"{source.url}#{own}"
        arrival = None
        if entry.text and (entry.url is None or (source.content == "feed" and entry.full)):
            try:
                arrival = entry_arrival(entry, name, config)
            except InputError as error:
                remarks.append(str(error))
                continue
        elif entry.url is None:
            empty += 1
            continue
        found.append(Found(key=key[:4_000], url=entry.url, told=told, day=entry.published or entry.updated, arrival=arrival))
    if empty:
        remarks.append(f"{empty} entries with neither a text nor an address of the web")
    return found, remarks


def _of_sitemap(source: Source, brought: Came) -> tuple[list[Found], tuple[str, ...], list[str]]:
    from dragoman.sources.sitemaps import addresses_of

    sitemap = addresses_of(brought.content, shown(source.url), url=str(brought.with_it.get("url") or source.url), charset=brought.with_it.get("charset"))
    found = [Found(key=link.url, url=link.url, told=link.told(), day=link.published or link.changed) for link in sitemap.links]
    remarks = [trouble.message for trouble in sitemap.troubles]
    if len(sitemap.maps) > _MOST_MAPS:
        remarks.append(f"{len(sitemap.maps):,} sitemaps in one; the first {_MOST_MAPS} are watched")
    return found, sitemap.maps, remarks


def _of_links(source: Source, brought: Came) -> Iterator[Found]:
    from dragoman.sources.deadline import within
    from dragoman.sources.encoding import decode_declared
    from dragoman.sources.html.tree import tree_of
    from dragoman.sources.limits import SECONDS
    from dragoman.sources.outlets import canonical

    name = shown(source.url)
    text, _ = decode_declared(brought.content, name, brought.with_it.get("charset"))
    with within(SECONDS, name):
        tree = tree_of(text, name)
        here = str(brought.with_it.get("url") or source.url)
        start = next((canonical(str(one.get("href")), here) for one in tree.iter("base") if one.get("href")), None) or here
        links = [(str(one.get("href")), " ".join("".join(one.itertext()).split())) for one in tree.iter("a") if one.get("href")]
    for href, words in links[:_MOST_LINKS]:
        url = canonical(href, start)
        if url is not None and urlsplit(url).path != urlsplit(here).path:
            yield Found(key=url, url=url, told=Told(url=url, title=words[:300] or None))


def _of_page(source: Source, brought: Came, config: Config) -> Found:
    arrival = arrival_of_page(brought, Told(url=source.url), config)
    return Found(key=f"{source.url}#{arrival.article.id}", url=source.url, told=Told(url=source.url), arrival=arrival)


def _wanted(source: Source, url: str) -> bool:
    return (not source.include or any(fnmatchcase(url, one) for one in source.include)) and not any(fnmatchcase(url, one) for one in source.exclude)
