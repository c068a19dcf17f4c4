"""A record on a server: PostgreSQL, searched with tsvector and a GIN index; one writer after the other by an advisory lock, readers beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import psycopg
from sqlalchemy import URL, Connection, Engine, Table, cast, column, create_engine, event, func, or_, select, table, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry

from dragoman.model.errors import StoreError
from dragoman.store.database import Row
from dragoman.store.schema import search_texts
from dragoman.store.words import BOUNDARY, Term

# The number of the writers' lock, the same in every program that writes to a record: 'dragoman' in ASCII.
_LOCK = int.from_bytes(b"dragoman")
# Seconds to wait for a server that does not answer.
_CONNECT = 10
# What a tsvector can hold: places of one word, and the last place.
_MOST_PLACES, _LAST_PLACE = 255, 16_383
_WEIGHTS = {"title": "A", "names": "B", "statements": "C", "body": "D"}

_texts = table("search_texts", *(column(part.name, part.type) for part in search_texts.c), column("vector", TSVECTOR))
# Whose lock that is; the key is halved as pg_locks shows it.
_HOLDER = text(
    "SELECT a.pid, a.application_name, coalesce(host(a.client_addr), 'this machine') FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid "
    "WHERE l.locktype = 'advisory' AND l.granted AND l.classid = :high AND l.objid = :low AND a.datname = current_database() LIMIT 1"
)

_LOCKED, _DEADLOCK, _SERIAL, _FULL, _MANY, _FORBIDDEN, _READONLY = "55P03", "40P01", "40001", "53100", "53300", "42501", "25006"


class PostgreSQL:
    """A database on a server; `wait` is how many seconds a writer waits for another."""

    def __init__(self, url: URL, *, wait: float) -> None:
        plain = url.set(drivername="postgresql")
        self.name = plain.render_as_string(hide_password=True)
        self.address: str | None = plain.render_as_string(hide_password=False)
        # A reader sees one state for as long as it looks; a writer sees, once it has the lock, what the last one wrote.
        self.writing: Mapping[str, Any] = {"isolation_level": "READ COMMITTED"}
        self._wait = wait
        self.engine = _engine(url, self.name)

    def turn(self) -> AbstractContextManager[Any]:
        return nullcontext()

    def be_only_writer(self, connection: Connection) -> None:
        """With the lock taken before anything is read or written, writers neither deadlock nor fail to serialise, so that nothing need be tried again."""
        connection.execute(text("SELECT set_config('lock_timeout', :wait, true)"), {"wait": f"{max(int(self._wait * 1000), 1)}ms"})
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})

    def insert(self, table: Table) -> Any:
        return postgresql.insert(table)

    def put_texts(self, connection: Connection, article: str, rows: Sequence[Row]) -> None:
        connection.execute(search_texts.delete().where(search_texts.c.article == article))
        connection.execute(_texts.insert(), [{**row, "vector": _vector(row)} for row in rows])

    def forget_texts(self, connection: Connection) -> None:
        connection.execute(search_texts.delete())

    def matching(self, connection: Connection, terms: Sequence[Term], limit: int) -> list[int]:
        """A tsvector knows only the first places of a frequent word, so phrases are looked for in the words themselves."""
        lexemes = [f"'{word}'{':*' if term.prefix and word == term.words[-1] else ''}" for term in terms for word in term.words]
        query = cast(" & ".join(lexemes), TSQUERY)
        asked = select(_texts.c.id).where(_texts.c.vector.op("@@")(query))
        for term in terms:
            if len(term.words) > 1:
                asked = asked.where(or_(*(func.concat(" ", _texts.c[field], " ").contains(term.pattern) for field in _WEIGHTS)))
        ranked = asked.order_by(func.ts_rank(_texts.c.vector, query, 1).desc(), _texts.c.id).limit(limit)
        return list(connection.execute(ranked).scalars())

    def damage(self, connection: Connection) -> list[str]:
        """PostgreSQL looks after its own files (data checksums, pg_amcheck)."""
        return []

    def trouble(self, error: SQLAlchemyError) -> str:
        state = getattr(getattr(error, "orig", None), "sqlstate", None)
        why = (str(getattr(error, "orig", error)).strip() or type(error).__name__).splitlines()[0]
        if state == _LOCKED:
            return (
                f"{self.name}: {self._writer()} has been writing to this record for more than {self._wait:g} seconds; "
                "wait until it is done, or end it, then run the same command again"
            )
        if state in (_DEADLOCK, _SERIAL):
            return f"{self.name}: another program changed the same rows at the same time; nothing of this step is kept, run the same command again"
        if state == _FULL:
            return (
                f"{self.name}: the disk of the server is full; nothing that was kept before is lost, and nothing of this step is kept. "
                "Make room there, then run the same command again"
            )
        if state == _MANY or isinstance(error, PoolTimeout):
            return f"{self.name}: too many connections; close other programs that use this server, or raise its max_connections"
        if state in (_FORBIDDEN, _READONLY):
            return f"{self.name}: may not be written to ({why}); ask for the right to create tables and write there, or name another user in the URL"
        if state is None or state[:2] in ("08", "28", "3D", "57"):
            return f"{self.name}: no connection to the database ({why}); check that the server runs, and host, user, password and database in the URL"
        return f"{self.name}: PostgreSQL says: {why}; run 'dragoman status --check' on the record, and report this if it finds nothing"

    def _writer(self) -> str:
        """Who holds the lock of the writer, where this user may see it."""
        try:
            with self.engine.connect() as connection:
                held = connection.execute(_HOLDER, {"high": _LOCK >> 32, "low": _LOCK & 0xFFFFFFFF}).first()
        except SQLAlchemyError:
            held = None
        return f"another program (server process {held[0]}, '{held[1]}' on {held[2]})" if held else "another program"


def _engine(url: URL, name: str) -> Engine:
    asked = {"connect_timeout": str(_CONNECT), "application_name": "dragoman"}
    query = {**{key: value for key, value in asked.items() if key not in url.query}, "client_encoding": "utf8"}
    engine = create_engine(
        url.set(drivername="postgresql+psycopg").update_query_dict(query),
        isolation_level="REPEATABLE READ",
        pool_pre_ping=True,
        pool_size=4,
        max_overflow=12,
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: psycopg.Connection[Any], entry: ConnectionPoolEntry) -> None:
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            raise StoreError(f"{name}: the database keeps text as {encoding}; make one in UTF-8 with: createdb --encoding=UTF8 --template=template0 NAME")

    return engine


def _vector(row: Row) -> str:
    """The words of a row as PostgreSQL writes a tsvector, so that no dictionary or locale of the server has a say; they hold letters and digits alone."""
    places: dict[str, list[str]] = {}
    place = 0
    for field, weight in _WEIGHTS.items():
        for word in row[field].split(" "):
            place += 1
            if word and word != BOUNDARY:
                held = places.setdefault(word, [])
                if place <= _LAST_PLACE and len(held) < _MOST_PLACES:
                    held.append(f"{place}{weight}")
    return " ".join(f"'{word}'" + (f":{','.join(held)}" if held else "") for word, held in places.items())
