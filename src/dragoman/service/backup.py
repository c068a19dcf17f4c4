"""The use case of backing up: a record to a file while it is in use, and a file to a record, of the same database or another."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dragoman.model.errors import InputError, StoreError
from dragoman.store.backups import copy_kept, copy_pages, is_copy, is_damaged, put_pages, put_rows, write_rows
from dragoman.store.connections import Connections
from dragoman.store.open import open_store
from dragoman.store.protocol import Counts, Store
from dragoman.store.sqlite import MEMORY, SQLite
from dragoman.store.sqlstore import SqlStore

# What a backup by rows is called.
ROWS = (".jsonl.gz", ".gz")


def backup(url: str, file: Path) -> None:
    """Back a record up to a file, which takes its name when it is whole; rows where the name ends in .gz, else a copy of an SQLite record.

    Raises StoreError where the record cannot be opened, or is in PostgreSQL and the name does not end in .gz; OSError where the file cannot be written.
    """
    store = open_store(url, create=False)
    try:
        connections = _connections(store)
        with _whole(file) as part:
            if not file.name.endswith(ROWS):
                copy_pages(connections, part)
                _synced(part)
                return
            with part.open("wb") as stream:
                write_rows(connections, stream)
                stream.flush()
                os.fsync(stream.fileno())
    finally:
        store.close()


def restore(url: str, file: Path, *, over: str | None = None) -> Counts:
    """Put a backup in the place of a record, whole or not at all; gives what it holds then.

    A record that holds articles is replaced only where `over` names it. Raises InputError where the file is no backup, damaged or of a newer
    program, StoreError where the record holds articles or cannot be written to.
    """
    copy = is_copy(file)
    store = open_store(url)
    try:
        connections = _connections(store)
        if store.counts().articles and over != url:
            raise StoreError(f"{connections.database.name}: holds articles; give --replace to put the backup in their place")
        if not copy:
            put_rows(file, connections)
        else:
            _put_copy(file, connections)
    finally:
        store.close()
    store = open_store(url, create=False)
    try:
        return store.counts()
    finally:
        store.close()


def _put_copy(file: Path, connections: Connections) -> None:
    """A copy of SQLite's pages, brought up to date beside itself, to an SQLite record page by page, to another database row by row."""
    target = connections.database
    with _whole(file.with_name(f"{file.name}.rows.gz"), keep=False) as part:
        shutil.copyfile(file, part)
        try:
            copy = open_store(str(part), create=False)
        except StoreError as error:
            raise InputError(str(error).replace(str(part), str(file))) from error
        try:
            if isinstance(target, SQLite) and target.name != MEMORY:
                _connections(copy).database.engine.dispose()
                put_pages(part, connections)
                return
            rows = part.with_name(f"{part.name}.gz")
            try:
                with rows.open("wb") as stream:
                    write_rows(_connections(copy), stream)
                put_rows(rows, connections)
            finally:
                rows.unlink(missing_ok=True)
        finally:
            copy.close()
            for ending in ("-wal", "-shm"):
                part.with_name(part.name + ending).unlink(missing_ok=True)


def mend(url: str) -> bool:
    """Where pages of an SQLite record are damaged, put a sound file with all that is kept in its place, to be rebuilt; whether that was needed.

    Raises StoreError where what is kept is damaged too: then only a backup helps.
    """
    store = open_store(url, create=False)
    try:
        connections = _connections(store)
        if not is_damaged(connections):
            return False
        file = Path(connections.database.name)
        with _whole(file.with_name(f"{file.name}.mended"), keep=False) as part:
            sound = open_store(str(part))
            try:
                copy_kept(connections, _connections(sound))
            except StoreError as error:
                raise StoreError(f"{file}: what is kept is damaged too, so that only a backup helps: dragoman restore FILE --replace ({error})") from error
            finally:
                sound.close()
            put_pages(part, connections)
            for ending in ("-wal", "-shm"):
                part.with_name(part.name + ending).unlink(missing_ok=True)
    finally:
        store.close()
    return True


@contextmanager
def _whole(file: Path, *, keep: bool = True) -> Iterator[Path]:
    """A file beside it that takes its name when all is written, where it is kept."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        yield part
        if keep:
            part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _synced(file: Path) -> None:
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def _connections(store: Store) -> Connections:
    if not isinstance(store, SqlStore):
        raise StoreError("only a record in SQLite or PostgreSQL can be backed up")
    return store.connections
