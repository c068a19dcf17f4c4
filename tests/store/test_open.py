"""Opening a record: what a URL means, what cannot be opened, and the tables brought up to date."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

import dragoman.store.migrations
from dragoman.model.errors import StoreError
from dragoman.store.connections import Connections
from dragoman.store.migrations import KNOWN, NEWEST
from dragoman.store.open import _database, _migrate, open_store
from dragoman.store.protocol import Store
from dragoman.store.schema import metadata


def test_a_path_and_its_url_are_one_record(tmp_path: Path) -> None:
    path = tmp_path / "a record? 100%#1.db"
    open_store(str(path)).close()
    assert path.is_file()
    plain = tmp_path / "record.db"
    open_store(f"sqlite:///{plain}").close()
    assert plain.is_file()
    open_store(str(plain), create=False).close()


def test_a_record_in_memory_is_seen_by_all_threads() -> None:
    store = open_store(":memory:")
    seen: list[int] = []
    reader = threading.Thread(target=lambda: seen.append(store.counts().articles))
    reader.start()
    reader.join()
    assert seen == [0]


def test_the_file_is_written_ahead(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    store = open_store(str(path))
    assert (tmp_path / "record.db-wal").exists()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    store.close()
    assert [one.name for one in tmp_path.iterdir()] == ["record.db"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("none.db", "there is no record here; make one with: dragoman --record"),
        ("none/record.db", "there is no folder"),
        (".", "is a folder; give the path of a file"),
        ("text.txt", "is not a record"),
        ("other.db", r"is a database of another program \(it holds the table 'cooks'\)"),
        ("newer.db", r"was made by a newer version of dragoman \(tables 9999, this program knows up to .*update with"),
        ("empty.db", "there is no record here"),
        ("a\x00b", "cannot be opened"),
    ],
)
def test_what_cannot_be_opened_is_told_with_the_next_step(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "text.txt").write_text("Ankara. " * 1000, encoding="utf-8")
    (tmp_path / "empty.db").touch()
    open_store(str(tmp_path / "newer.db")).close()
    for file, command in (("other.db", "CREATE TABLE cooks (name)"), ("newer.db", "UPDATE alembic_version SET version_num = '9999'")):
        with closing(sqlite3.connect(tmp_path / file)) as connection, connection:
            connection.execute(command)
    with pytest.raises(StoreError, match=said) as error:
        open_store(str(tmp_path / name), create=False)
    assert str(tmp_path) in str(error.value)


@pytest.mark.parametrize("url", ["mysql://me:secret@host/db", "postgresql://me:secret@127.0.0.1:1/db", "postgresql://me:secret@[::1/db", "nonsense://"])
def test_a_url_that_leads_nowhere_is_told_without_its_password(url: str) -> None:
    with pytest.raises(StoreError) as error:
        open_store(url)
    assert "secret" not in str(error.value)
    assert "host" in str(error.value)


def test_a_database_that_is_not_there_is_told(postgresql_server: str, postgresql_url: Callable[[], str]) -> None:
    with pytest.raises(StoreError, match=r'no connection to the database .*"none" does not exist'):
        open_store(f"{postgresql_server}/none")
    with pytest.raises(StoreError, match="there is no record here"):
        open_store(postgresql_url(), create=False)


def test_a_newer_record_on_a_server_is_refused(store: Store, url: str) -> None:
    with store.connections.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="was made by a newer version"):
        open_store(url)


def test_the_migrations_make_the_tables_of_the_schema(store: Store) -> None:
    def ours(table: object, name: str | None, kind: str, *_: object) -> bool:
        return not (name or "").startswith(("search_index", "ix_search_texts_vector", "vector", "alembic_version"))

    with store.connections.read() as connection:
        options = {"include_object": ours, "compare_type": False}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []


def test_the_newest_migration_is_the_one_the_program_knows() -> None:
    script = ScriptDirectory(str(Path(dragoman.store.migrations.__file__).parent))
    assert script.get_current_head() == NEWEST == KNOWN[-1]
    assert tuple(one.revision for one in script.walk_revisions())[::-1] == KNOWN


def interrupted(connections: Connections) -> None:
    with connections.writing() as connection:
        _migrate(connection)
        assert connection.execute(text("SELECT count(*) FROM articles")).scalar() == 0
        raise KeyboardInterrupt


def test_a_migration_that_is_interrupted_has_not_begun(url: str) -> None:
    connections = Connections(_database(url, create=True, wait=5))
    with pytest.raises(KeyboardInterrupt):
        interrupted(connections)
    with connections.read() as connection:
        assert MigrationContext.configure(connection).get_current_revision() is None
    connections.database.engine.dispose()
    store = open_store(url)
    assert store.counts().articles == 0
    store.close()
