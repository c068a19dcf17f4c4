"""Opening a record: which database a URL means, and its tables brought up to date."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from sqlalchemy import URL, Connection, inspect, make_url, text
from sqlalchemy.exc import ArgumentError

from dragoman.model.errors import StoreError
from dragoman.store import reference_tables as _reference_tables  # noqa: F401 - its table belongs to the metadata
from dragoman.store import token_tables as _token_tables  # noqa: F401 - its table belongs to the metadata
from dragoman.store import watched_tables as _watched_tables  # noqa: F401 - its tables belong to the metadata
from dragoman.store.connections import Connections
from dragoman.store.database import Database
from dragoman.store.migrations import KNOWN, NEWEST
from dragoman.store.protocol import Store
from dragoman.store.sqlite import MEMORY, SQLite
from dragoman.store.sqlstore import SqlStore

# Seconds that a writer waits for another.
_WAIT = 60.0
_MIGRATIONS = Path(__file__).parent / "migrations"


def open_store(url: str, *, create: bool = True, wait: float = _WAIT) -> Store:
    """The record at a file path, `sqlite:///…`, `postgresql://…` or, for tests, `:memory:`; made where it is not there and `create` says so.

    A writer waits at most `wait` seconds for another. Raises StoreError where the record cannot be opened, or was made by a newer program.
    """
    database = _database(url, create=create, wait=wait)
    store = SqlStore(database)
    try:
        _up_to_date(store.connections, create=create)
    except BaseException:
        store.close()
        raise
    return store


def _database(url: str, *, create: bool, wait: float) -> Database:
    if "://" not in url:
        return _file(url, create=create, wait=wait)
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise StoreError(f"'{_without_password(url)}' is not a URL; write it as postgresql://user@host/database, or give a file path") from error
    kind = parsed.drivername.partition("+")[0]
    if kind == "sqlite":
        return _file(parsed.database or MEMORY, create=create, wait=wait)
    if kind in ("postgresql", "postgres"):
        return _server(parsed, wait=wait)
    raise StoreError(f"'{kind}' is no kind of record; give a file path, or postgresql://user@host/database")


def _file(path: str, *, create: bool, wait: float) -> Database:
    if path != MEMORY:
        file = Path(path)
        try:
            if "\0" in path:
                raise ValueError("a NUL in its name")
            if file.is_dir():
                raise StoreError(f"{path}: is a folder; give the path of a file, such as {file / 'record.db'}")
            if not file.parent.is_dir():
                raise StoreError(f"{path}: there is no folder {file.parent}; make it first, or give another path")
            if not create and not file.exists():
                raise StoreError(_nothing_at(path))
        except (OSError, ValueError) as error:
            raise StoreError(f"{path}: cannot be opened ({error}); check the path and who is allowed to read it") from error
    return SQLite(path, wait=wait)


def _server(url: URL, *, wait: float) -> Database:
    if importlib.util.find_spec("psycopg") is None:
        raise StoreError("a record in PostgreSQL needs psycopg, which is not installed; run: pip install 'dragoman[postgres]'")
    from dragoman.store.postgresql import PostgreSQL

    return PostgreSQL(url, wait=wait)


def _nothing_at(name: str) -> str:
    return f"{name}: there is no record here; make one with: dragoman --record {name} add FILE"


def _without_password(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


def _up_to_date(connections: Connections, *, create: bool) -> None:
    """Migrate where that is due, all of it or nothing; two programs that open at once do so one after the other."""
    name = connections.database.name
    with connections.read() as connection:
        if _revision(connection, name) == NEWEST:
            return
    with connections.writing() as connection:
        revision = _revision(connection, name)
        if revision == NEWEST:
            return
        if revision is None and not create:
            raise StoreError(_nothing_at(name))
        _migrate(connection)


def _revision(connection: Connection, name: str) -> str | None:
    """The revision of the tables; None where there are no tables at all."""
    there = set(inspect(connection).get_table_names())
    if "alembic_version" not in there:
        if there:
            raise StoreError(f"{name}: is a database of another program (it holds the table '{min(there)}'); give another path or database")
        return None
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if revision is not None and revision not in KNOWN:
        raise StoreError(
            f"{name}: was made by a newer version of dragoman (tables {revision}, this program knows up to {NEWEST}); "
            "update with 'pip install --upgrade dragoman', or give another path"
        )
    return None if revision is None else str(revision)


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
