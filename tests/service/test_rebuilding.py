"""Deriving anew: only what an older version read is read again, others may write meanwhile, and the record is that of the same articles added afresh."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from dragoman.engines.here import Here
from dragoman.engines.lost import Lost
from dragoman.engines.pool import Pool
from dragoman.linking.record import composed
from dragoman.model.config import Config
from dragoman.model.reading import Article
from dragoman.model.record import Correction
from dragoman.model.record_codec import lines, streamed
from dragoman.service import comparing, rebuilding
from dragoman.service.ahead import rows_of
from dragoman.service.ingest import add, keep, kept_by, versions
from dragoman.service.kinds import kinds
from dragoman.service.linking import compare
from dragoman.service.read import kit_of
from dragoman.service.rebuilding import Which, rebuild, reread
from dragoman.service.record import given_of
from dragoman.service.shelf import open_shelf
from dragoman.sources.arrival import Arrival
from dragoman.store.open import open_store
from dragoman.store.protocol import Store

sys.path.insert(0, str(Path(__file__).parent))

from worlds import world

CONFIG = Config(encoder=False)
TEXTS = (
    "Swedish Foreign Minister Ana Lindqvist met Norwegian Foreign Minister Per Dahl in Oslo on Monday.",
    "La ministre suédoise des Affaires étrangères, Ana Lindqvist, a rencontré mardi à Oslo son homologue norvégien, Per Dahl.",
    "Norwegian Foreign Minister Per Dahl will visit Kenya in May.",
)


class Watched:
    """An engine that remembers what it was given, and lets something happen before its first work."""

    def __init__(self, meanwhile: Callable[[], object] = lambda: None) -> None:
        self.read: list[str] = []
        self._meanwhile: Callable[[], object] | None = meanwhile

    def map(self, work: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        if self._meanwhile is not None:
            happen, self._meanwhile = self._meanwhile, None
            happen()
        for item in items:
            if isinstance(item, Arrival):
                self.read.append(item.article.name)
                assert item.source is None
            yield work(item)


def arrivals(*texts: str) -> list[Arrival]:
    return [Arrival(article=Article(id=f"{text[:8].encode().hex()}"[:16], name=f"{text[:7]}.txt", text=text), source=text.encode()) for text in texts]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(str(tmp_path / "record.db"), wait=2)
    assert all(one.new for one in add(opened, arrivals(*TEXTS), Here(), CONFIG))
    yield opened
    opened.close()


def exported(store: Store) -> str:
    whole = "".join(lines(composed(given_of(store, CONFIG))))
    assert "".join(streamed(open_shelf(store, CONFIG).each)) == whole
    return whole


def test_only_what_an_older_version_read_is_read_again(store: Store) -> None:
    before = exported(store)
    old = next(store.articles())
    store.put_reading(old.id, "sentences:0", str(store.reading(old.id)))
    engine = Watched()
    assert sorted(rebuild(store, engine, CONFIG)) == sorted(article.name for article in store.articles())
    assert engine.read == [old.name]
    assert list(store.unread(kept_by())) == []
    assert exported(store) == before
    engine = Watched()
    assert len(list(rebuild(store, engine, CONFIG, Which.ALL))) == len(engine.read) == 3
    assert exported(store) == before


def test_what_older_rules_linked_is_linked_again_and_not_read_again(store: Store) -> None:
    before = exported(store)
    for old in list(store.articles()):
        store.put_reading(old.id, f"{versions()} linking:1" if old.name.startswith("Swedish") else versions(), str(store.reading(old.id)))
    engine = Watched()
    assert len(list(reread(store, engine, CONFIG))) == 3
    assert engine.read == []
    assert list(store.unread(kept_by())) == []
    assert list(reread(store, engine, CONFIG)) == []
    assert exported(store) == before


def test_a_damaged_reading_is_read_again(store: Store) -> None:
    before = exported(store)
    broken = next(store.articles())
    store.put_reading(broken.id, kept_by(), "{}")
    engine = Watched()
    list(rebuild(store, engine, CONFIG))
    assert engine.read == [broken.name]
    assert exported(store) == before


def test_a_shelf_that_does_not_fit_is_mended(store: Store) -> None:
    before = exported(store)
    with store.writing():
        store.shelving.drop("events", [identity for identity, _ in store.shelving.each("events")])
        store.shelving.drop("articles", [next(store.articles()).id])
    assert store.check() != ()
    list(rebuild(store, Here(), CONFIG))
    assert exported(store) == before
    assert [line for line in store.check() if "is not the one that was added" not in line] == []


def test_what_an_older_version_read_is_read_again_before_more_is_added(store: Store) -> None:
    before = exported(store)
    for article in list(store.articles())[:2]:
        store.put_reading(article.id, "sentences:0", str(store.reading(article.id)).replace('"type":"CONSULT"', '"type":"AGREE"'))
    engine = Watched()
    assert len(list(reread(store, engine, CONFIG))) == len(engine.read) == 2
    assert list(reread(store, engine, CONFIG)) == []
    assert exported(store) == before


def test_others_write_while_articles_are_read(store: Store, tmp_path: Path) -> None:
    other = open_store(str(tmp_path / "record.db"), wait=2)
    more = "Kenyan President Grace Odhiambo called Per Dahl on Friday."

    def meanwhile() -> None:
        other.add_correction(Correction(id=0, kind="person", verdict="different", left="nothing#0-1", right="nothing#2-3"))
        assert [one.new for one in add(other, arrivals(more), Here(), CONFIG)] == [True]

    names = list(rebuild(store, Watched(meanwhile), CONFIG, Which.ALL))
    assert len(names) == 4
    assert len(store.corrections()) == 1
    afresh = open_store(":memory:")
    list(add(afresh, arrivals(*TEXTS, more), Here(), CONFIG))
    assert exported(store) == exported(afresh)
    other.close()


def test_the_bytes_that_an_article_came_in_are_kept(store: Store) -> None:
    from dragoman.store.kept import all_sources

    assert sorted(held for _, held in all_sources(store.connections)) == sorted(text.encode() for text in TEXTS)  # type: ignore[attr-defined]


class Losing(Watched):
    """An engine that loses every third part of the pairs that are compared."""

    def __init__(self) -> None:
        super().__init__()
        self.compared = 0
        self.lost = 0

    def map(self, work: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        for item in items:
            self.compared += isinstance(item, tuple)
            if isinstance(item, tuple) and self.compared % 3 == 0:
                self.lost += 1
                yield Lost(item, "its process died")
            else:
                yield work(item)


def test_whoever_compares_and_whatever_is_lost_the_record_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "_FEW", 2)
    monkeypatch.setattr(comparing, "_SENT", 7)
    world_store = open_store(":memory:")
    with world_store.writing():
        keep(world_store, world(range(40)), kinds(kit_of(CONFIG)))
    list(rebuild(world_store, Here(), CONFIG))
    alone = exported(world_store)
    for together in (5, 256):
        monkeypatch.setattr(rebuilding, "_SPREAD", together)
        engine = Losing()
        list(rebuild(world_store, engine, CONFIG))
        assert engine.compared > engine.lost > 3
        assert exported(world_store) == alone


def test_pairs_are_compared_in_other_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    every = kinds(kit_of(CONFIG))
    rows = {item.id: item for one in world(range(30)) for item, _ in rows_of(one.reading, one.signature, every) if item.kind == "event"}
    pairs = list(combinations([rows[one] for one in sorted(rows)], 2))
    monkeypatch.setattr(comparing, "_FEW", 1)
    kind = next(one for one in every if one.name == "event")
    with Pool(2) as engine:
        assert list(comparing.comparing(engine, CONFIG)(kind, pairs)) == compare(kind, pairs) != []


def test_a_rebuilt_world_is_as_it_was(store: Store) -> None:
    """Made readings have signatures of their own; what is linked by vectors alone may differ, so the world is told twice by rebuilding twice."""
    world_store = open_store(":memory:")
    with world_store.writing():
        keep(world_store, world(range(12)), kinds(kit_of(CONFIG)))
    list(rebuild(world_store, Here(), CONFIG))
    once = exported(world_store)
    list(rebuild(world_store, Here(), CONFIG))
    assert exported(world_store) == once
    assert world_store.check() == ()
