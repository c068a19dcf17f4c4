"""What is known of the sources that are watched, so that a run that was interrupted anywhere goes on where it stopped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Row, delete, func, select, text

from dragoman.model.errors import StoreError
from dragoman.store.connections import Connections
from dragoman.store.protocol import Store
from dragoman.store.sqlite import MEMORY
from dragoman.store.sqlstore import SqlStore
from dragoman.store.watched_tables import watched_links, watched_sites, watched_sources

# waiting: to be fetched; fetched: its bytes are here, to be read; done: read; left: older than the watch; given up: its state says why.
Stage = Literal["waiting", "fetched", "done", "left", "given up"]
# Keys of one IN list, and rows written at once.
_TOGETHER = 500
# 'watch' in ASCII: with the schema's name it is the lock of the one who watches.
_LOCK = int.from_bytes(b"wtch")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source as it was left: `state` is what its server said last, any JSON."""

    url: str
    next_poll: float = 0.0
    state: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An article that a source told of, under one key however many sources tell of it."""

    key: str
    source: str
    stage: Stage = "waiting"
    next_try: float = 0.0
    state: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """Bytes as they came, and what came with them (final address, headers), any JSON."""

    content: bytes
    with_it: Mapping[str, Any]


def connections_of(store: Store) -> Connections:
    """The connections of a store in a database. Raises StoreError for one of another kind, which cannot be watched with."""
    if not isinstance(store, SqlStore):
        raise StoreError("watching needs a record in SQLite or PostgreSQL")
    return store.connections


class Watched:
    """The tables of watching in the store of a record; inside `store.writing()` all that is done here is part of that."""

    def __init__(self, store: Store) -> None:
        self._connections = connections_of(store)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only one who watches with this record, until the end or the death of this process. Raises StoreError where another is."""
        name = self._connections.database.name
        busy = StoreError(f"{name}: is being watched with by another 'dragoman watch'; end that first, or give another record")
        if self._connections.database.engine.dialect.name == "postgresql":
            with self._connections.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                if not connection.execute(text("SELECT pg_try_advisory_lock(:key, hashtext(current_schema()))"), {"key": _LOCK}).scalar_one():
                    raise busy
                try:
                    yield
                finally:
                    connection.execute(text("SELECT pg_advisory_unlock(:key, hashtext(current_schema()))"), {"key": _LOCK})
            return
        with _file_lock(name, busy):
            yield

    # ---- sources
    def source(self, url: str) -> Source:
        """The source as it was left; a new one where it was never polled."""
        with self._connections.read() as connection:
            row = connection.execute(_SOURCE.where(watched_sources.c.url == url)).first()
        return _source(row) if row else Source(url=url)

    def sources(self) -> tuple[Source, ...]:
        """All that were ever polled, by address."""
        with self._connections.read() as connection:
            return tuple(_source(row) for row in connection.execute(_SOURCE.order_by(watched_sources.c.url)))

    def put_source(self, source: Source) -> None:
        """Keep the state of a source; bytes that are with it stay."""
        row = {"url": source.url, "next_poll": source.next_poll, "state": dict(source.state)}
        with self._connections.write() as connection:
            put = self._connections.database.insert(watched_sources).values(row)
            connection.execute(put.on_conflict_do_update(index_elements=["url"], set_={"next_poll": put.excluded.next_poll, "state": put.excluded.state}))

    def put_bytes(self, source: Source, came: Came | None) -> None:
        """Keep a source and what came of it, or, with None, that all of it has been worked through."""
        with self._connections.write() as connection:
            self.put_source(source)
            values = {"bytes": came.content, "came_with": dict(came.with_it)} if came else {"bytes": None, "came_with": None}
            connection.execute(watched_sources.update().where(watched_sources.c.url == source.url).values(**values))

    def unfinished(self) -> tuple[str, ...]:
        """The sources whose bytes have not been worked through, by address."""
        with self._connections.read() as connection:
            asked = select(watched_sources.c.url).where(watched_sources.c.bytes.is_not(None)).order_by(watched_sources.c.url)
            return tuple(connection.execute(asked).scalars())

    def source_bytes(self, url: str) -> Came | None:
        """What came of a source and has not been worked through."""
        with self._connections.read() as connection:
            row = connection.execute(select(watched_sources.c.bytes, watched_sources.c.came_with).where(watched_sources.c.url == url)).first()
        return Came(content=bytes(row.bytes), with_it=row.came_with) if row and row.bytes is not None else None

    # ---- links
    def known(self, keys: Iterable[str]) -> set[str]:
        """Those of the keys that were told of before."""
        wanted, found = sorted(set(keys)), set[str]()
        with self._connections.read() as connection:
            for at in range(0, len(wanted), _TOGETHER):
                asked = select(watched_links.c.key).where(watched_links.c.key.in_(wanted[at : at + _TOGETHER]))
                found.update(connection.execute(asked).scalars())
        return found

    def put_new(self, links: Sequence[Link]) -> None:
        """Keep links; one that is there already stays as it is."""
        rows = [{"key": one.key, "source": one.source, "stage": one.stage, "next_try": one.next_try, "state": dict(one.state)} for one in links]
        with self._connections.write() as connection:
            for at in range(0, len(rows), _TOGETHER):
                connection.execute(self._connections.database.insert(watched_links).on_conflict_do_nothing(), rows[at : at + _TOGETHER])

    def put_link(self, link: Link, came: Came | None = None) -> None:
        """Set a link that is there to a new stage; bytes of an earlier stage are dropped."""
        values: dict[str, Any] = {"stage": link.stage, "next_try": link.next_try, "state": dict(link.state)}
        values |= {"bytes": came.content, "came_with": dict(came.with_it)} if came else {"bytes": None, "came_with": None}
        with self._connections.write() as connection:
            connection.execute(watched_links.update().where(watched_links.c.key == link.key).values(**values))

    def waiting(self, now: float, source: str, limit: int) -> tuple[Link, ...]:
        """Links of a source to be fetched now, those first that have waited longest."""
        asked = _LINK.where(watched_links.c.source == source, watched_links.c.stage == "waiting", watched_links.c.next_try <= now)
        with self._connections.read() as connection:
            return tuple(_link(row) for row in connection.execute(asked.order_by(watched_links.c.next_try, watched_links.c.key).limit(limit)))

    def next_try(self, sources: Sequence[str]) -> float | None:
        """When the next link of these sources is to be fetched; None where none waits."""
        times: list[float] = []
        with self._connections.read() as connection:
            for at in range(0, len(sources), _TOGETHER):
                mine = watched_links.c.source.in_(sources[at : at + _TOGETHER])
                found = connection.execute(select(func.min(watched_links.c.next_try)).where(watched_links.c.stage == "waiting", mine)).scalar()
                times += [] if found is None else [float(found)]
        return min(times, default=None)

    def fetched(self, limit: int) -> tuple[Link, ...]:
        """Links whose bytes are here and wait to be read, by key."""
        with self._connections.read() as connection:
            asked = _LINK.where(watched_links.c.stage == "fetched").order_by(watched_links.c.key).limit(limit)
            return tuple(_link(row) for row in connection.execute(asked))

    def link_bytes(self, key: str) -> Came | None:
        """What came of a link and has not been read."""
        with self._connections.read() as connection:
            row = connection.execute(select(watched_links.c.bytes, watched_links.c.came_with).where(watched_links.c.key == key)).first()
        return Came(content=bytes(row.bytes), with_it=row.came_with) if row and row.bytes is not None else None

    def links(self, source: str, stage: Stage) -> tuple[Link, ...]:
        """All links of a source at a stage, by key."""
        with self._connections.read() as connection:
            asked = _LINK.where(watched_links.c.source == source, watched_links.c.stage == stage).order_by(watched_links.c.key)
            return tuple(_link(row) for row in connection.execute(asked))

    def stages(self) -> dict[str, dict[str, int]]:
        """How many links of each source are at each stage."""
        asked = select(watched_links.c.source, watched_links.c.stage, func.count()).group_by(watched_links.c.source, watched_links.c.stage)
        counts: dict[str, dict[str, int]] = {}
        with self._connections.read() as connection:
            for source, stage, count in connection.execute(asked.order_by(watched_links.c.source, watched_links.c.stage)):
                counts.setdefault(source, {})[stage] = count
        return counts

    # ---- sites
    def sites(self) -> dict[str, tuple[float, Mapping[str, Any]]]:
        """Of each site when it may be visited again, and its robots.txt."""
        with self._connections.read() as connection:
            rows = connection.execute(select(watched_sites).order_by(watched_sites.c.site))
            return {row.site: (float(row.next_visit), row.robots) for row in rows}

    def put_sites(self, sites: Mapping[str, tuple[float, Mapping[str, Any]]]) -> None:
        """Keep what is known of these sites, in place of what was."""
        if not sites:
            return
        rows = [{"site": site, "next_visit": next_visit, "robots": dict(robots)} for site, (next_visit, robots) in sorted(sites.items())]
        with self._connections.write() as connection:
            put = self._connections.database.insert(watched_sites)
            connection.execute(
                put.on_conflict_do_update(index_elements=["site"], set_={"next_visit": put.excluded.next_visit, "robots": put.excluded.robots}), rows
            )

    def forget_sites(self, before: float) -> None:
        """Drop what is known of sites that could have been visited since long ago."""
        with self._connections.write() as connection:
            connection.execute(delete(watched_sites).where(watched_sites.c.next_visit < before))


_SOURCE = select(watched_sources.c.url, watched_sources.c.next_poll, watched_sources.c.state)
_LINK = select(watched_links.c.key, watched_links.c.source, watched_links.c.stage, watched_links.c.next_try, watched_links.c.state)


def _source(row: Row[Any]) -> Source:
    return Source(url=row.url, next_poll=float(row.next_poll), state=row.state)


def _link(row: Row[Any]) -> Link:
    return Link(key=row.key, source=row.source, stage=row.stage, next_try=float(row.next_try), state=row.state)


@contextmanager
def _file_lock(name: str, busy: StoreError) -> Iterator[None]:
    """A lock on a file beside the record, which the system lets go when the process dies; none where a system has no such locks, or the record no file."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    if name == MEMORY:
        yield
        return
    try:
        with Path(f"{name}-watch").open("ab") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise busy from None
            yield
    except PermissionError as error:
        raise StoreError(f"{name}-watch: may not be written; check who is allowed to write beside the record") from error
