"""A watch from its beginning to its end: once, for a clock that calls it, or until it is stopped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Never

from dragoman.model.errors import StoreError
from dragoman.service.notes import Note
from dragoman.service.rebuilding import reread
from dragoman.service.telling import alert
from dragoman.service.watch import Watch, next_due, one_pass
from dragoman.service.watchlist import Watchlist
from dragoman.sources.web.target import shown
from dragoman.store.alerted import Alerted
from dragoman.store.protocol import Store
from dragoman.store.watched import Watched

# Seconds until a record that could not be written to is tried again.
_AGAIN = 60.0
# Seconds of a pass for what an older version left; then sources are polled, which do not wait.
_FOR_OLDER = 300.0


@contextmanager
def alone(watch: Watch) -> Iterator[None]:
    """Be the only one who watches with this record. Raises StoreError where another does."""
    with watch.watched.alone():
        count, alerts = len(watch.watchlist.sources), len(watch.watchlist.alerts)
        watch.tell(Note(what="started", message=f"watching {count} source{'' if count == 1 else 's'}, {alerts} alert{'' if alerts == 1 else 's'}"))
        yield


def once(watch: Watch) -> None:
    """One pass: what is due is polled, what is new is read, what is to be told is sent."""
    # An alert that is new begins before anything is added.
    version = _alert(watch, None)
    _bring_up(watch)
    one_pass(watch)
    _alert(watch, version)


def forever(watch: Watch) -> Never:
    """Pass after pass, until `watch.pause` raises Stopped; a record that is busy or full is tried again."""
    version: str | None = None
    is_of_now = False
    while True:
        try:
            version = _alert(watch, version)
            is_of_now = is_of_now or _bring_up(watch)
            one_pass(watch)
            version = _alert(watch, version)
            seconds = min(next_due(watch), _next_letter(watch))
        except StoreError as error:
            watch.tell(Note(what="failed", level="error", message=str(error)))
            seconds = _AGAIN
        watch.pause(seconds)


def _bring_up(watch: Watch) -> bool:
    """Read or link again what an older version has, as long as a pass has time for that; gives whether nothing is left of it."""
    until = watch.network.monotonic() + _FOR_OLDER
    count, is_done = 0, True
    for _ in reread(watch.store, watch.engine, watch.config):
        count += 1
        watch.pause(0)
        if watch.network.monotonic() > until:
            is_done = False
            break
    if count:
        articles = f"{count} article{'' if count == 1 else 's'}"
        more = "" if is_done else "; more at the next pass"
        watch.tell(Note(what="brought up to date", message=f"{articles} that an older version had read or linked{more}", figures={"articles": count}))
    return is_done


def _alert(watch: Watch, version: str | None) -> str | None:
    return alert(watch.store, watch.config, watch.watchlist, watch.network, watch.tell, looked_at=version)


def _next_letter(watch: Watch) -> float:
    due = Alerted(watch.store).next_try()
    return 86_400.0 if due is None else max(due - watch.now(), 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How a source does: times as ISO 8601 in UTC, `failures` in a row, `articles` read, `waiting` to be fetched, `given_up`."""

    name: str
    url: str
    kind: str | None
    tried: str | None
    ok: str | None
    next: str | None
    failures: int
    articles: int
    waiting: int
    given_up: int
    message: str


def statuses(store: Store, watchlist: Watchlist | None) -> tuple[Status, ...]:
    """One a source: those of the watchlist in its order, then those that were watched before, by address."""
    watched = Watched(store)
    kept, counts = {one.url: one for one in watched.sources()}, watched.stages()
    listed = {one.url: one for one in watchlist.sources} if watchlist else {}
    found = []
    for url in [*listed, *(url for url in kept if url not in listed)]:
        state, stages = dict(kept[url].state) if url in kept else {}, counts.get(url, {})
        found.append(
            Status(
                name=listed[url].name if url in listed else shown(url),
                url=shown(url),
                kind=listed[url].kind if url in listed else None,
                tried=_moment(state.get("tried")),
                ok=_moment(state.get("ok")),
                next=_moment(kept[url].next_poll) if url in kept and (watchlist is None or url in listed or "parent" in state) else None,
                failures=int(state.get("failures") or 0),
                articles=stages.get("done", 0),
                waiting=stages.get("waiting", 0) + stages.get("fetched", 0),
                given_up=stages.get("given up", 0),
                message=str(state.get("message") or "not polled yet"),
            )
        )
    return tuple(found)


def _moment(seconds: object) -> str | None:
    return datetime.fromtimestamp(float(seconds), UTC).isoformat(timespec="seconds") if isinstance(seconds, (int, float)) and seconds else None
