"""The use case of watching: sources are polled, what they tell of is fetched, read and linked, and nothing is lost or doubled wherever it is interrupted.

    sources ──poll──▶ bytes, kept ──take──▶ links, kept ──fetch──▶ bytes, kept ──add──▶ the record ──▶ alerts

Each arrow ends in one transaction. What was kept before an arrow and not after it is done again from the same bytes, which gives the same articles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar
from urllib.parse import urlsplit

from dragoman.model.config import Config
from dragoman.model.errors import DragomanError, InputError
from dragoman.model.reading import Reading
from dragoman.service.ingest import Added, add
from dragoman.service.notes import Level, Note, Tell, What
from dragoman.service.polling import beginning, begun, conditions, missed, polled, short, unread
from dragoman.service.read import Engine
from dragoman.service.taking import Found, Taken, arrival_of_page, came, for_source, hints, newest, taken, told_of
from dragoman.service.watchlist import Source, Watchlist
from dragoman.sources.arrival import Arrival, unusable
from dragoman.sources.web.failures import Unfetched
from dragoman.sources.web.fetch import Fetched
from dragoman.sources.web.manners import Later, Manners, Site
from dragoman.sources.web.network import Network
from dragoman.sources.web.robots import Robots
from dragoman.sources.web.target import shown
from dragoman.sources.web.turns import in_turns
from dragoman.store.protocol import Store
from dragoman.store.watched import Link, Watched
from dragoman.store.watched import Source as Kept

# Articles that are read and linked together, as `add` does it.
_TOGETHER = 16
# A poll that is due within so many seconds is made at once, so that a clock that rings every quarter of an hour meets a source of every quarter.
_SOON = 30.0
# After so many seconds a pass begins nothing more: a site that asks for long pauses must not keep the others waiting.
_LONGEST_PASS = 300.0
# Sites that nobody has visited for so long are forgotten.
_FORGOTTEN = 30 * 86_400.0
Pause = Callable[[float], None]
Item = TypeVar("Item")


class Stopped(DragomanError):
    """The watch was told to end; raised where it waits, or between two articles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """All that a watch needs; `pause` waits, and raises Stopped where the watch is to end."""

    store: Store
    watched: Watched
    watchlist: Watchlist
    config: Config
    engine: Engine
    network: Network
    pause: Pause
    tell: Tell

    def now(self) -> float:
        """Seconds since 1970."""
        return self.network.now().timestamp()


def one_pass(watch: Watch) -> None:
    """Poll what is due, fetch and read what is new, after finishing what an earlier run left."""
    manners = _manners(watch)
    sources = _all_sources(watch)
    for url in watch.watched.unfinished():
        if url in sources:
            _take(watch, sources[url])
    _read_fetched(watch, sources)
    try:
        _poll(watch, manners, [one for one in sources.values() if watch.watched.source(one.url).next_poll <= watch.now() + _SOON])
        _fetch(watch, manners, _all_sources(watch))
    finally:
        _keep_sites(watch, manners)


def next_due(watch: Watch) -> float:
    """Seconds until there is something to do, at least one."""
    sources = list(_all_sources(watch))
    waiting = watch.watched.next_try(sources)
    times = [watch.watched.source(url).next_poll for url in sources]
    return max(min([*times, *([] if waiting is None else [waiting])], default=watch.now() + _LONGEST_PASS) - watch.now(), 1.0)


def _manners(watch: Watch) -> Manners:
    watch.watched.forget_sites(watch.now() - _FORGOTTEN)
    sites = {
        name: Site(next_visit=visit, robots=Robots(text=str(row.get("text") or ""), fault=row.get("fault"), until=float(row.get("until") or 0)))
        for name, (visit, row) in watch.watched.sites().items()
    }
    return Manners(watch.watchlist.web, watch.network, delay=watch.watchlist.delay, pause=watch.pause, sites=sites)


def _keep_sites(watch: Watch, manners: Manners) -> None:
    rows = {
        name: (site.next_visit, {"text": site.robots.text, "fault": site.robots.fault, "until": site.robots.until}) for name, site in manners.changed().items()
    }
    watch.watched.put_sites(rows)


def _all_sources(watch: Watch) -> dict[str, Source]:
    """Those of the watchlist, and the sitemaps that theirs lead to, by address."""
    listed = {one.url: one for one in watch.watchlist.sources}
    found = dict(listed)
    for kept in watch.watched.sources():
        parent = listed.get(str(kept.state.get("parent")))
        if kept.url not in found and parent is not None:
            share = max(parent.backlog // int(kept.state.get("among") or 1), min(parent.backlog, 1))
            found[kept.url] = replace(parent, url=kept.url, name=f"{parent.name} {urlsplit(kept.url).path}", backlog=share)
    return found


# ---- polling


def _poll(watch: Watch, manners: Manners, due: Sequence[Source]) -> None:
    kept = {one.url: watch.watched.source(one.url) for one in due}
    until = watch.network.monotonic() + _LONGEST_PASS

    def ask(source: Source) -> Fetched | InputError | None:
        return None if watch.network.monotonic() > until else _asked(manners, source.url, conditions(source, kept[source.url]))

    for source, answer in in_turns(ask, _by_site(due, lambda one: one.url), watch.watchlist.at_once):
        if answer is None:
            continue
        result = polled(source, kept[source.url], answer, watch.network.now())
        _keep_sites(watch, manners)
        if result.outcome == "new" and isinstance(answer, Fetched):
            watch.watched.put_bytes(result.kept, came(answer))
            _note(watch, "polled", source, result.message)
            _take(watch, source)
        else:
            watch.watched.put_source(result.kept)
            what: What = "unchanged" if result.outcome == "unchanged" else "postponed" if isinstance(answer, Later) else "failed"
            _note(watch, what, source, result.message, failures=int(result.kept.state["failures"]))
        watch.pause(0)


def _asked(manners: Manners, url: str, headers: dict[str, str] | None = None) -> Fetched | InputError:
    """The answer, or why there is none: whatever one site does, the others are polled."""
    try:
        return manners.visit(url, headers)
    except InputError as error:
        return error
    except Stopped:
        raise
    except Exception as error:
        return Unfetched(f"{shown(url)}: could not be fetched ({type(error).__name__}: {error})")


def _by_site(items: Iterable[Item], url: Callable[[Item], str]) -> dict[str, list[Item]]:
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(urlsplit(url(item)).netloc, []).append(item)
    return groups


# ---- what a source tells of


def _take(watch: Watch, source: Source) -> None:
    """Work through the bytes of a source that are kept: its articles are added, its links kept, and only then the bytes dropped."""
    kept, brought = watch.watched.source(source.url), watch.watched.source_bytes(source.url)
    if brought is None:
        return
    try:
        told = taken(source, brought, watch.config)
    except Exception as error:
        message = str(error) if isinstance(error, InputError) else f"{shown(source.url)}: cannot be read ({type(error).__name__}: {error})"
        watch.watched.put_bytes(unread(kept, message, watch.now()), None)
        _note(watch, "failed", source, message)
        return
    known = watch.watched.known(one.key for one in told.found)
    fresh = [one for one in told.found if one.key not in known]
    chosen = [one for one in (told.found if begun(source, kept) else newest(told.found, source.backlog)) if one.key not in known]
    for some in _parts([one for one in chosen if one.arrival is not None], _TOGETHER):
        _add(watch, [(_link(one, source), for_source(one.arrival, source)) for one in some if one.arrival is not None])
    _finish(watch, source, kept, told, fresh, chosen)


def _finish(watch: Watch, source: Source, kept: Kept, told: Taken, fresh: Sequence[Found], chosen: Sequence[Found]) -> None:
    """Keep what is to be fetched and what never will, and the source as worked through, all in one."""
    picked = {one.key for one in chosen}
    left = [replace(_link(one, source), stage="left") for one in fresh if one.key not in picked]
    waiting = [replace(_link(one, source), next_try=watch.now()) for one in chosen if one.arrival is None]
    message = ", ".join([f"{len(told.found)} told of", f"{len(chosen)} new", *([f"{len(left)} older ones left"] if left else []), *told.remarks])
    with watch.store.writing():
        watch.watched.put_new([*left, *waiting])
        for url in told.maps:
            child = watch.watched.source(url)
            if url != source.url and "parent" not in kept.state:
                watch.watched.put_source(replace(child, state={**child.state, "parent": source.url, "among": len(told.maps)}))
        watch.watched.put_bytes(replace(kept, state={**kept.state, "begun": beginning(source), "message": short(message)}), None)
    _note(watch, "found", source, message, new=len(chosen))


def _link(one: Found, source: Source) -> Link:
    return Link(key=one.key, source=source.url, stage="waiting", state=hints(one.told))


# ---- articles


def _fetch(watch: Watch, manners: Manners, sources: dict[str, Source]) -> None:
    """Fetch the pages that wait, and read them a few at a time."""
    links = [link for one in sources.values() for link in watch.watched.waiting(watch.now() + 1, one.url, watch.watchlist.pages)]

    until = watch.network.monotonic() + _LONGEST_PASS

    def ask(link: Link) -> Fetched | InputError | None:
        return None if watch.network.monotonic() > until else _asked(manners, str(link.state.get("url") or link.key))

    waiting = 0
    for link, answer in in_turns(ask, _by_site(links, lambda one: str(one.state.get("url") or one.key)), watch.watchlist.at_once):
        if answer is None:
            continue
        _keep_sites(watch, manners)
        source = sources.get(link.source)
        if isinstance(answer, Fetched) and 200 <= answer.status < 300:
            watch.watched.put_link(replace(link, stage="fetched", state={**link.state, "tries": 0}), came(answer))
            _note(watch, "fetched", source, f"{len(answer.body):,} bytes", url=link.key)
            waiting += 1
        else:
            after = missed(link, answer, watch.network.now(), watch.watchlist.tries)
            watch.watched.put_link(after)
            _note(watch, "given up" if after.stage == "given up" else "postponed", source, str(after.state.get("message") or ""), url=link.key)
        if waiting >= _TOGETHER:
            _read_fetched(watch, sources)
            waiting = 0
        watch.pause(0)
    _read_fetched(watch, sources)


def _read_fetched(watch: Watch, sources: dict[str, Source]) -> None:
    """Add the articles of all pages whose bytes are here."""
    while some := watch.watched.fetched(_TOGETHER):
        # One page's bytes after the other: of those that hold no report none stay in memory.
        _add(watch, [(link, _arrival(watch, link, sources)) for link in some])


def _arrival(watch: Watch, link: Link, sources: dict[str, Source]) -> Arrival:
    brought = watch.watched.link_bytes(link.key)
    if brought is None:
        return unusable(link.key, f"{shown(link.key)}: its bytes are not in the record any more")
    try:
        return for_source(arrival_of_page(brought, told_of(link.state), watch.config), sources.get(link.source))
    except InputError as error:
        return unusable(link.key, str(error))
    except Exception as error:
        return unusable(link.key, f"{shown(link.key)}: cannot be read ({type(error).__name__}: {error})")


def _add(watch: Watch, pairs: Sequence[tuple[Link, Arrival]]) -> None:
    """Add these articles, and mark their links as done once they are safely kept."""
    added = list(add(watch.store, [arrival for _, arrival in pairs], watch.engine, watch.config))
    # Where a process that reads was ended together with this one, nothing is marked: the next run reads it again.
    watch.pause(0)
    after = [_after(watch, link, arrival, one) for (link, arrival), one in zip(pairs, added, strict=True)]
    with watch.store.writing():
        watch.watched.put_new([link for link, _ in pairs])
        for link, _, _ in after:
            watch.watched.put_link(link)
    for link, what, message in after:
        _note(watch, what, None, message, url=link.key)
    watch.pause(0)


def _after(watch: Watch, link: Link, arrival: Arrival, one: Added) -> tuple[Link, What, str]:
    """The link of an article that was to be added, and what to say of it."""
    if one.new or one.known:
        done = replace(link, stage="done", next_try=0.0, state={**link.state, "article": arrival.article.id})
        return done, "added" if one.new else "known", f"{arrival.article.id} {arrival.article.title or 'no title'}"
    message = _why(arrival, one.reading)
    if arrival.usable and "url" in link.state:
        # The article is fine: the process that read it was lost. It is fetched again later.
        lost = missed(link, Unfetched(message), watch.network.now(), watch.watchlist.tries)
        return lost, "given up" if lost.stage == "given up" else "postponed", message
    return replace(link, stage="given up", next_try=0.0, state={**link.state, "message": short(message)}), "given up", message


def _why(arrival: Arrival, reading: Reading | None) -> str:
    troubles = reading.troubles if reading is not None else arrival.troubles
    return troubles[-1].message if troubles else "could not be read"


def _parts(items: Sequence[Found], size: int) -> Iterator[list[Found]]:
    waiting = iter(items)
    while some := list(islice(waiting, size)):
        yield some


def _note(watch: Watch, what: What, source: Source | None, message: str, url: str | None = None, **figures: int) -> None:
    level: Level = "warning" if what in ("failed", "given up") else "info"
    address = url or (source.url if source else None)
    watch.tell(Note(what=what, message=message, level=level, source=source.name if source else None, url=address, figures=figures))
