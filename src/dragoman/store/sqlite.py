"""A record in one file: SQLite with a write-ahead log, searched with FTS5."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool, StaticPool

from dragoman.store.database import Row
from dragoman.store.schema import search_texts
from dragoman.store.words import Term

MEMORY = ":memory:"
_COLUMNS = "rowid, title, names, statements, body"
_VALUES = "id, title, names, statements, body"
# The lock of the one writer, among the locks on the file NAME-shm (WAL_WRITE_LOCK in SQLite's wal.c).
_WRITER_BYTE = 120
# SQLITE_BUSY, SQLITE_LOCKED, SQLITE_READONLY, SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_FULL, SQLITE_CANTOPEN, SQLITE_NOTADB
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26


class SQLite:
    """One file, one writer at a time, any number of readers; `wait` is how many seconds a writer waits for another."""

    def __init__(self, path: str, *, wait: float) -> None:
        self.name = path
        self.address = None if path == MEMORY else str(Path(path).absolute())
        self.writing: Mapping[str, Any] = {"writing": True}
        self._wait = wait
        self._turn: AbstractContextManager[Any] = threading.RLock() if path == MEMORY else nullcontext()
        self.engine = _engine(path, wait)

    def turn(self) -> AbstractContextManager[Any]:
        return self._turn

    def be_only_writer(self, connection: Connection) -> None:
        """BEGIN IMMEDIATE has seen to it."""

    def insert(self, table: Table) -> Any:
        return sqlite.insert(table)

    def put_texts(self, connection: Connection, article: str, rows: Sequence[Row]) -> None:
        old = f"SELECT 'delete', {_VALUES} FROM search_texts WHERE article = :article"  # noqa: S608  (names of columns only)
        connection.execute(text(f"INSERT INTO search_index(search_index, {_COLUMNS}) {old}"), {"article": article})
        connection.execute(search_texts.delete().where(search_texts.c.article == article))
        connection.execute(search_texts.insert(), list(rows))
        new = f"SELECT {_VALUES} FROM search_texts WHERE article = :article"  # noqa: S608
        connection.execute(text(f"INSERT INTO search_index({_COLUMNS}) {new}"), {"article": article})

    def forget_texts(self, connection: Connection) -> None:
        connection.execute(search_texts.delete())
        connection.execute(text("INSERT INTO search_index(search_index) VALUES ('delete-all')"))

    def matching(self, connection: Connection, terms: Sequence[Term], limit: int) -> list[int]:
        query = " AND ".join(f'"{" ".join(term.words)}"{"*" if term.prefix else ""}' for term in terms)
        found = text("SELECT rowid FROM search_index WHERE search_index MATCH :query ORDER BY bm25(search_index, 8.0, 4.0, 2.0, 1.0), rowid LIMIT :limit")
        return list(connection.execute(found, {"query": query, "limit": limit}).scalars())

    def damage(self, connection: Connection) -> list[str]:
        found = [line for line in connection.execute(text("PRAGMA integrity_check")).scalars() if line != "ok"]
        try:
            connection.execute(text("INSERT INTO search_index(search_index, rank) VALUES ('integrity-check', 1)"))
        except DBAPIError as error:
            if _code(error) != _CORRUPT:
                raise
            found.append("the search index does not fit the texts")
        return found

    def trouble(self, error: SQLAlchemyError) -> str:
        code = _code(error)
        why = str(getattr(error, "orig", error))
        if code in (_BUSY, _LOCKED):
            return (
                f"{self.name}: {self._writer()} has been writing to this record for more than {self._wait:g} seconds; "
                "wait until it is done, or end it, then run the same command again (several writers at once need PostgreSQL)"
            )
        if code == _FULL:
            return (
                f"{self.name}: the disk is full; nothing that was kept before is lost, and nothing of this step is kept. "
                f"Make room on the disk of {Path(self.name).absolute().parent}, then run the same command again"
            )
        if code == _READONLY:
            return f"{self.name}: may not be written to; check who is allowed to write the file and its folder, or copy the record to another place"
        if code == _CANTOPEN:
            return f"{self.name}: cannot be opened; check that the folder is there and who is allowed to write in it"
        if code == _NOTADB:
            return f"{self.name}: is not a record (not an SQLite file); give another path, or move the file away to start a new record there"
        if code == _CORRUPT:
            return f"{self.name}: is damaged ({why}); bring back a backup, or save what can be saved with: sqlite3 FILE .recover"
        if code == _IOERR:
            return f"{self.name}: the disk gave an error ({why}); check that it is not full and in good health, then run the same command again"
        return f"{self.name}: SQLite says: {why}; run 'dragoman status --check' on the record, and report this if it finds nothing"

    def _writer(self) -> str:
        """Who holds the lock of the writer, where the system tells (Linux)."""
        try:
            inode = Path(f"{self.name}-shm").stat().st_ino
            for line in Path("/proc/locks").read_text(encoding="ascii").splitlines():
                # 1: POSIX  ADVISORY  WRITE 4711 fe:00:131 120 120
                fields = line.split()
                if fields[3] == "WRITE" and fields[5].rpartition(":")[2] == str(inode) and fields[6] == str(_WRITER_BYTE):
                    return f"another program (process {fields[4]})"
        except (OSError, IndexError):
            pass
        return "another program"


# Kibibytes of pages that a connection keeps: a large record is looked into all over.
_CACHE = 32_768


def _engine(path: str, wait: float) -> Engine:
    options: dict[str, Any] = {"poolclass": StaticPool} if path == MEMORY else {"poolclass": QueuePool, "pool_size": 8, "max_overflow": -1}
    engine = create_engine(URL.create("sqlite+pysqlite", database=path), connect_args={"timeout": wait, "check_same_thread": False}, **options)
    tries = [path != MEMORY]

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # BEGIN is said below, not guessed by the driver
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA cache_size = -{_CACHE}")
        if tries[0]:
            _log_ahead(connection, wait)
            tries[0] = False

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writing") else "BEGIN")

    return engine


def _log_ahead(connection: sqlite3.Connection, wait: float) -> None:
    """Turn the write-ahead log on; SQLite does not wait for others here, so this does. Where the file system has no shared memory it stays off."""
    until = time.monotonic() + wait
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in (_BUSY, _LOCKED) or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def _code(error: SQLAlchemyError) -> int | None:
    """SQLite's primary result code."""
    code = getattr(getattr(error, "orig", None), "sqlite_errorcode", None)
    return None if code is None else int(code) & 0xFF
