"""A whole record as one file, and back: of SQLite a copy of its pages, of any database the rows of its tables as lines.

    backup.db          an SQLite file like any record: taken by SQLite's online backup, while others read and write
    backup.jsonl.gz    {"dragoman": "backup/1", "tables": "0004"}  ["articles", {…}] …  {"end": rows, "sha256": …}     for both databases

All rows are of one moment, kept and derived ones, so that nothing has to be read again. Whole tables go in and out; the words that are searched are
entered anew by the database that takes them, each in its own way.
"""

from __future__ import annotations

import base64
import gzip
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, LargeBinary, Table, select

from dragoman.model.errors import InputError, StoreError
from dragoman.store.connections import Connections
from dragoman.store.migrations import KNOWN, NEWEST
from dragoman.store.schema import DERIVED, metadata, search_texts
from dragoman.store.sqlite import MEMORY, SQLite

_FORMAT = "backup/1"
_SQLITE, _GZIP = b"SQLite format 3\0", b"\x1f\x8b"
# Derived too, though it is never emptied.
_OF_THE_SHELF = {"shelf_state"}
# Rows read and written at once.
_ROWS = 500


def copy_pages(connections: Connections, file: Path) -> None:
    """Copy an SQLite record as it is now to a new file. Raises StoreError where it is no SQLite record, or the copy cannot be written."""
    name = connections.database.name
    if not isinstance(connections.database, SQLite) or name == MEMORY:
        raise StoreError(f"{name}: is no file; give the backup a name that ends in .jsonl.gz")
    try:
        with closing(sqlite3.connect(f"file:{_quoted(name)}?mode=ro", uri=True)) as record, closing(sqlite3.connect(file)) as copy:
            # In one step: beside a write-ahead log that holds up nobody, and the copy is of one moment.
            record.backup(copy, pages=-1)
    except sqlite3.Error as error:
        raise StoreError(f"{file}: the copy could not be made ({error}); check the disk, and the record with: dragoman status --check") from error


def put_pages(file: Path, connections: Connections, wait: float = 60.0) -> None:
    """Put a copy in the place of an SQLite record, all at once; others that have it open see the old one until then."""
    name = connections.database.name
    connections.database.engine.dispose()
    try:
        with closing(sqlite3.connect(file)) as copy, closing(sqlite3.connect(name, timeout=wait)) as record:
            copy.backup(record, pages=-1)
    except sqlite3.Error as error:
        raise StoreError(f"{name}: could not be restored ({error}), and is as it was; see that nobody writes to it, then run the same command again") from error


def copy_kept(connections: Connections, other: Connections) -> int:
    """Copy the rows of all kept tables to an empty record; gives how many. Raises StoreError where they themselves are damaged."""
    derived = {table.name for table in (*DERIVED, search_texts)} | _OF_THE_SHELF
    rows = 0
    with connections.read() as connection, other.writing() as target:
        for table in metadata.sorted_tables:
            if table.name in derived:
                continue
            for some in connection.execution_options(yield_per=_ROWS).execute(select(table)).mappings().partitions(_ROWS):
                target.execute(table.insert(), [dict(row) for row in some])
                rows += len(some)
    return rows


def is_damaged(connections: Connections) -> bool:
    """Whether the pages of an SQLite record do not hold together; other databases look after their own."""
    database = connections.database
    if not isinstance(database, SQLite) or database.name == MEMORY:
        return False
    try:
        with closing(sqlite3.connect(f"file:{_quoted(database.name)}?mode=ro", uri=True)) as record:
            return [row[0] for row in record.execute("PRAGMA integrity_check(1)")] != ["ok"]
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return True
        raise StoreError(f"{database.name}: cannot be looked into ({error}); see that nobody writes to it, then run the same command again") from error


def _quoted(path: str) -> str:
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def write_rows(connections: Connections, stream: IO[bytes]) -> int:
    """Write all tables as lines, gzipped; gives how many rows. The same record gives the same bytes."""
    digest, rows = sha256(), 0
    with gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0, compresslevel=6) as packed, connections.read() as connection:

        def put(line: object) -> None:
            raw = (json.dumps(line, separators=(",", ":"), sort_keys=True) + "\n").encode("ascii")
            digest.update(raw)
            packed.write(raw)

        put({"dragoman": _FORMAT, "tables": NEWEST})
        for table in metadata.sorted_tables:
            keys = list(table.primary_key.columns)
            for row in connection.execution_options(yield_per=_ROWS).execute(select(table).order_by(*keys)).mappings():
                put([table.name, {column.name: _told(column.type, row[column.name]) for column in table.columns}])
                rows += 1
        packed.write((json.dumps({"end": rows, "sha256": digest.hexdigest()}) + "\n").encode("ascii"))
    return rows


def _told(kind: object, value: Any) -> Any:
    return base64.b85encode(value).decode("ascii") if isinstance(kind, LargeBinary) and value is not None else value


def put_rows(file: Path, connections: Connections) -> int:
    """Put the rows of a backup in the place of all there are, in one transaction; gives how many. Raises InputError where the file is damaged or too new."""
    check_rows(file)
    tables = {table.name: table for table in metadata.sorted_tables}
    rows = 0
    with connections.writing() as connection:
        _empty(connections, connection)
        for name, of_table in groupby(_lines(file), key=lambda line: str(line[0])):
            table = tables[name]
            waiting: list[dict[str, Any]] = []
            for _, row in of_table:
                waiting.append(_value(table, row))
                rows += 1
                # The parts of one article are entered together.
                if len(waiting) >= _ROWS and (table is not search_texts or waiting[-1]["article"] != waiting[-2]["article"]):
                    kept = waiting[-1:] if table is search_texts else []
                    _put(connections, connection, table, waiting[: len(waiting) - len(kept)])
                    waiting = kept
            _put(connections, connection, table, waiting)
    return rows


def _empty(connections: Connections, connection: Connection) -> None:
    connections.database.forget_texts(connection)
    for table in reversed(metadata.sorted_tables):
        if table is not search_texts:
            connection.execute(table.delete())


def _put(connections: Connections, connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if table is search_texts:
        for article, parts in groupby(rows, key=lambda row: str(row["article"])):
            connections.database.put_texts(connection, article, list(parts))
    elif rows:
        connection.execute(table.insert(), rows)


def _value(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """A row as the database takes it; columns that this program has and the backup lacks are left to their default, as the numbers of searched texts are."""
    known = {column.name: column for column in table.columns if table is not search_texts or column.name != "id"}
    return {
        name: base64.b85decode(value) if isinstance(known[name].type, LargeBinary) and value is not None else value
        for name, value in row.items()
        if name in known
    }


def check_rows(file: Path) -> None:
    """Raise InputError where a backup is not whole, or was made by a newer program."""
    digest, rows, end = sha256(), 0, None
    try:
        with gzip.open(file, "rb") as packed:
            head = packed.readline()
            told = json.loads(head)
            if not isinstance(told, dict) or told.get("dragoman") != _FORMAT:
                raise InputError(f"{file}: is no backup of a record")
            if told.get("tables") not in KNOWN:
                raise InputError(f"{file}: was made by a newer version of dragoman (tables {told.get('tables')}); update with 'pip install --upgrade dragoman'")
            digest.update(head)
            for line in packed:
                if line.startswith(b'{"end"'):
                    end = json.loads(line)
                    break
                digest.update(line)
                rows += 1
    except (OSError, EOFError, ValueError) as error:
        raise InputError(f"{file}: is damaged or not whole ({error}); take another backup") from error
    if end is None or end.get("end") != rows or end.get("sha256") != digest.hexdigest():
        raise InputError(f"{file}: is damaged or not whole; take another backup")


def _lines(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    known = {table.name for table in metadata.sorted_tables}
    with gzip.open(file, "rb") as packed:
        packed.readline()
        for line in packed:
            if line.startswith(b'{"end"'):
                return
            name, row = json.loads(line)
            if name in known:
                yield name, row


def is_copy(file: Path) -> bool:
    """Whether a backup is a copy of pages and not rows. Raises InputError where it is neither or cannot be read."""
    try:
        with file.open("rb") as opened:
            begin = opened.read(len(_SQLITE))
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror or error}); check the path") from error
    if not begin.startswith((_SQLITE, _GZIP)):
        raise InputError(f"{file}: is no backup of a record")
    return begin == _SQLITE
