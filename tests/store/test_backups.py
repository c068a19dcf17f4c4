"""A backup holds all of a record as it was at one moment, and comes back whole in either database, or not at all."""

import gzip
import json
import sqlite3
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.simulation import world
from dragoman.model.config import Config
from dragoman.model.errors import InputError, StoreError
from dragoman.model.record import Correction
from dragoman.model.record_codec import lines
from dragoman.reading.kit import Kit
from dragoman.service.backup import backup, restore
from dragoman.service.ingest import Fresh, keep
from dragoman.service.kinds import kinds
from dragoman.service.record import record_of
from dragoman.store.open import open_store

CONFIG = Config(encoder=False)


def fill(url: str, first: int, last: int) -> None:
    """Keep these reports of a simulated world, the first with the bytes it came in."""
    store = open_store(url)
    fresh = [Fresh(reading=one.reading, signature=one.signature, source=one.reading.article.text.encode()) for one in world(3, last)][first:]
    with store.writing():
        keep(store, fresh, kinds(Kit(config=CONFIG)))
        if not first:
            article = fresh[0].reading.article.id
            store.add_correction(
                Correction(id=0, kind="event", verdict="reject", left=f"{article}#0-9", by="I", at=datetime(2026, 1, 2, tzinfo=UTC), why="\ud800 odd")
            )
    store.close()


def record(url: str) -> str:
    store = open_store(url, create=False)
    try:
        assert store.check() == ()
        return "".join(lines(record_of(store, CONFIG)))
    finally:
        store.close()


def found(url: str) -> list[str]:
    """The articles that have the first words of the first."""
    store = open_store(url, create=False)
    try:
        words = next(iter(store.articles())).text.split()[:2]
        return [one.article for one in store.search(" ".join(words), limit=50)]
    finally:
        store.close()


@pytest.fixture(params=["backup.db", "backup.jsonl.gz"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / request.param


def test_a_record_comes_back_as_it_was(tmp_path: Path, file: Path) -> None:
    url, other = str(tmp_path / "record.db"), str(tmp_path / "other.db")
    fill(url, 0, 12)
    backup(url, file)
    before, words = record(url), found(url)
    assert words
    fill(url, 12, 20)
    assert restore(other, file).articles == 12
    assert (record(other), sorted(found(other))) == (before, sorted(words))
    with pytest.raises(StoreError, match="holds articles; give --replace"):
        restore(url, file)
    restore(url, file, over=url)
    assert record(url) == before
    assert sorted(path.name for path in tmp_path.iterdir() if "part" in path.name) == []


def test_what_is_added_after_a_restoration_is_linked_as_ever(tmp_path: Path, file: Path) -> None:
    url, other = str(tmp_path / "record.db"), str(tmp_path / "other.db")
    fill(url, 0, 12)
    backup(url, file)
    restore(other, file)
    for one in (url, other):
        fill(one, 12, 20)
    assert record(other) == record(url)


def test_a_backup_goes_from_one_database_to_the_other(tmp_path: Path, file: Path, postgresql_url: Callable[[], str]) -> None:
    url, server, third = str(tmp_path / "record.db"), postgresql_url(), str(tmp_path / "third.db")
    fill(url, 0, 12)
    backup(url, file)
    restore(server, file)
    assert (record(server), sorted(found(server))) == (record(url), sorted(found(url)))
    fill(server, 12, 16)
    fill(url, 12, 16)
    assert record(server) == record(url)
    back = tmp_path / "back.jsonl.gz"
    backup(server, back)
    restore(third, back)
    assert (record(third), sorted(found(third))) == (record(url), sorted(found(url)))
    with pytest.raises(StoreError, match=r"ends in \.jsonl\.gz"):
        backup(server, tmp_path / "back.db")


def test_a_backup_is_of_one_moment_while_others_write(tmp_path: Path, file: Path) -> None:
    url = str(tmp_path / "record.db")
    fill(url, 0, 4)
    writer = threading.Thread(target=lambda: [fill(url, at, at + 2) for at in range(4, 16, 2)])
    writer.start()
    backups = [file.with_name(f"{number}-{file.name}") for number in range(4)]
    for one in backups:
        backup(url, one)
    writer.join()
    for number, one in enumerate(backups):
        other = str(tmp_path / f"other-{number}.db")
        articles = restore(other, one).articles
        assert articles >= 4
        assert articles % 2 == 0
        record(other)


def test_the_same_record_gives_the_same_rows(tmp_path: Path) -> None:
    url = str(tmp_path / "record.db")
    fill(url, 0, 6)
    for name in ("a.jsonl.gz", "b.jsonl.gz"):
        backup(url, tmp_path / name)
    assert (tmp_path / "a.jsonl.gz").read_bytes() == (tmp_path / "b.jsonl.gz").read_bytes()


@pytest.mark.parametrize("damage", ["cut", "changed", "not whole", "newer", "other"])
def test_a_damaged_backup_is_refused_and_the_record_stays(tmp_path: Path, damage: str) -> None:
    url, file = str(tmp_path / "record.db"), tmp_path / "backup.jsonl.gz"
    fill(url, 0, 4)
    backup(url, file)
    before = record(url)
    rows = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:-200])
    elif damage == "other":
        file.write_bytes(b"PK\x03\x04")
    else:
        if damage == "changed":
            rows[5] = rows[5].replace(b"a", b"b")
        elif damage == "newer":
            rows[0] = json.dumps({"dragoman": "backup/1", "tables": "9999"}).encode() + b"\n"
        rows = rows[:-1] if damage == "not whole" else rows
        file.write_bytes(gzip.compress(b"".join(rows)))
    with pytest.raises(InputError, match=r"damaged or not whole|newer version|no backup"):
        restore(url, file, over=url)
    assert record(url) == before


def test_a_copy_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    url, file = str(tmp_path / "record.db"), tmp_path / "backup.db"
    fill(url, 0, 2)
    backup(url, file)
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = record(url)
    with pytest.raises(InputError, match="newer version of dragoman"):
        restore(url, file, over=url)
    assert record(url) == before
