"""Linking ahead: whoever compares, and in whatever state of the record, the record is that of one process that reads, compares and writes."""

from __future__ import annotations

import random
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dragoman.engines.here import Here
from dragoman.engines.lost import Lost
from dragoman.engines.pool import Pool
from dragoman.linking.items import Signature
from dragoman.model.config import Config
from dragoman.model.errors import InputError
from dragoman.model.ids import article_id
from dragoman.model.reading import Article
from dragoman.model.record_codec import lines
from dragoman.service.ahead import ahead, rows_of
from dragoman.service.importing import import_lines
from dragoman.service.ingest import Added, Fresh, add, keep
from dragoman.service.kinds import kinds
from dragoman.service.linking import Met, meet
from dragoman.service.read import kit_of
from dragoman.service.record import record_of
from dragoman.sources.arrival import Arrival, unusable
from dragoman.store.open import open_store
from dragoman.store.protocol import Store
from dragoman.store.replacing import source_of

sys.path.insert(0, str(Path(__file__).parent.parent / "service"))

from worlds import world

CONFIG = Config(encoder=False)
MANY = 48
REPORTS = tuple(
    f"{one} Foreign Minister {who} met his counterpart {other} in {town} on 1{day} March 2025. The talks, he said, were the {day}th of the year."
    for day, (one, who, other, town) in enumerate(
        [
            ("Swedish", "Nils Berg", "Per Dahl", "Oslo"), ("Norwegian", "Per Dahl", "Nils Berg", "Oslo"), ("Polish", "Adam Nowak", "Paolo Serra", "Rome"),
            ("Italian", "Paolo Serra", "Adam Nowak", "Rome"), ("Swedish", "Nils Berg", "Kofi Asante", "Accra"), ("Norwegian", "Per Dahl", "Ravi Menon", "Delhi"),
        ]
    )
)  # fmt: skip


class Hasty:
    """An engine that has worked a good way ahead whenever a result is taken, as processes do."""

    def __init__(self, ahead: int) -> None:
        self.ahead = ahead
        self.met = 0

    def map(self, work: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        coming, ready = iter(items), deque[Any]()
        spent, last_word = False, None
        while True:
            while not spent and len(ready) < self.ahead:
                try:
                    ready.append(work(next(coming)))
                except StopIteration:
                    spent = True
                except InputError as error:
                    spent, last_word = True, error
            if not ready:
                break
            found = ready.popleft()
            self.met += sum(len(one.compared) for one in found.ahead.met.values()) if isinstance(found, Fresh) and found.ahead else 0
            yield found
        if last_word is not None:
            raise last_word


def text_of(store: Store) -> str:
    return "".join(lines(record_of(store, CONFIG)))


def arrivals(texts: Iterable[str]) -> list[Arrival]:
    return [Arrival(article=Article(id=article_id(text), name=f"{number}.txt", text=text, language="en")) for number, text in enumerate(texts)]


@pytest.fixture(scope="module")
def alone() -> str:
    store = open_store(":memory:")
    assert all(one.new for one in add(store, arrivals(REPORTS), Here(), CONFIG))
    return text_of(store)


@pytest.mark.parametrize("seed", [1, 2])
def test_what_was_compared_before_is_what_would_be_compared_now(store: Store, seed: int) -> None:
    every = kinds(kit_of(CONFIG))
    fresh = world(range(MANY))
    random.Random(seed).shuffle(fresh)
    new, some = fresh[:8], fresh[8:20]
    with store.writing():
        keep(store, some, every)
    rows = [row for one in new for row in rows_of(one.reading, one.signature, every)]
    met: dict[str, Met] = {}
    for kind in every:
        met |= meet(store, kind, [item for item, _ in rows if item.kind == kind.name])
    assert any(one.links for one in met.values())
    with store.writing():
        keep(store, fresh[20:], every)
        # Some of what was met is gone by now.
        store.forget_articles([one.reading.article.id for one in some[:6]])
    for kind in every:
        mine = [item for item, _ in rows if item.kind == kind.name]
        assert meet(store, kind, mine, met) == meet(store, kind, mine)


@pytest.mark.parametrize("forward", [2, 5, 40])
def test_readers_that_are_ahead_end_in_the_record_of_one_process(url: str, forward: int, alone: str) -> None:
    store = open_store(url)
    half = arrivals(REPORTS)[:2]
    list(add(store, half, Here(), CONFIG))
    engine = Hasty(forward)
    assert [one.new for one in add(store, arrivals(REPORTS), engine, CONFIG)] == [False, False, True, True, True, True]
    assert engine.met > 0
    assert text_of(store) == alone
    assert store.check() == ()
    store.close()


def test_processes_that_compare_end_in_the_record_of_one_process(url: str, alone: str) -> None:
    store = open_store(url)
    with Pool(2) as engine:
        list(add(store, arrivals(REPORTS[:3]), engine, CONFIG))
        list(add(store, arrivals(REPORTS), engine, CONFIG))
    assert text_of(store) == alone
    store.close()


def test_a_record_that_cannot_be_opened_from_there_is_compared_by_the_writer(tmp_path: Path) -> None:
    one = world(range(1))[0]
    every = kinds(kit_of(CONFIG))
    for record in (str(tmp_path / "nowhere.db"), str(tmp_path), "postgresql://nobody@127.0.0.1:1/none"):
        assert ahead(one.reading, one.signature, every, record).met == {}
    assert ahead(one.reading, one.signature, every, str(tmp_path / "nowhere.db")).rows == rows_of(one.reading, one.signature, every)
    assert list(tmp_path.iterdir()) == []


def test_readings_that_are_imported_are_linked_as_if_they_had_been_read_here(url: str, tmp_path: Path, alone: str) -> None:
    from dragoman.model.codec import dumps
    from dragoman.service.read import read_many

    file = tmp_path / "readings.jsonl"
    file.write_text("".join(f"{dumps(one).rstrip()}\n" for one in read_many(arrivals(REPORTS), Here(), CONFIG)), encoding="utf-8")
    store = open_store(url)
    *_, done = import_lines(store, file, Hasty(3), CONFIG)
    assert (done.new, done.known) == (len(REPORTS), 0)
    assert text_of(store) == alone
    *_, done = import_lines(store, file, Hasty(3), CONFIG)
    assert (done.new, done.known) == (0, len(REPORTS))
    store.close()


def added(store: Store, given: Iterable[Arrival], engine: Any) -> list[Added]:
    return list(add(store, given, engine, CONFIG))


@pytest.mark.parametrize("engine", [Here(), Hasty(4)])
def test_the_same_text_twice_is_known_the_second_time_though_the_first_is_on_its_way(store: Store, engine: Any) -> None:
    one, other = arrivals(REPORTS[:2])
    again = replace(one, article=replace(one.article, name="again.txt"))
    nothing = unusable("x", "nothing in it")
    found = added(store, [one, again, nothing, other, again], engine)
    assert [(each.name, each.new, each.known) for each in found] == [
        ("0.txt", True, False), ("again.txt", False, True), ("x", False, False), ("1.txt", True, False), ("again.txt", False, True),
    ]  # fmt: skip
    assert len(list(store.articles())) == 2


def test_a_text_whose_reader_was_lost_is_not_said_to_be_known(store: Store) -> None:
    class Losing(Hasty):
        def map(self, work: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
            return (Lost(item, "the process ended") for item in items)

    one = arrivals(REPORTS[:1])[0]
    found = added(store, [one, one], Losing(1))
    assert [(each.new, each.known) for each in found] == [(False, False), (False, False)]
    assert all(each.reading and "the process ended" in each.reading.troubles[-1].message for each in found)
    assert added(store, [one, one], Here())[1].known


@pytest.mark.parametrize("engine", [Here(), Hasty(3), Pool(2)])
def test_what_came_before_an_error_of_the_source_is_kept(url: str, engine: Any) -> None:
    def failing() -> Iterator[Arrival]:
        yield from arrivals(REPORTS[:2])
        raise InputError("the disk has gone")

    store = open_store(url)
    said = add(store, failing(), engine, CONFIG)
    assert [next(said).new, next(said).new] == [True, True]
    with pytest.raises(InputError, match="the disk has gone"):
        next(said)
    assert len(list(store.articles())) == 2
    store.close()


def test_the_bytes_of_an_article_are_kept_with_it(store: Store) -> None:
    list(add(store, [replace(one, source=one.article.text.encode()) for one in arrivals(REPORTS)], Hasty(4), CONFIG))
    assert [source_of(store, one.id) for one in store.articles()] == [one.text.encode() for one in store.articles()]


def test_a_signature_that_stays_behind_is_in_the_items() -> None:
    one = world(range(1))[0]
    every = kinds(kit_of(CONFIG))
    sent = Fresh(reading=one.reading, signature=Signature(), ahead=ahead(one.reading, one.signature, every, "/nowhere/record.db"))
    left, right = open_store(":memory:"), open_store(":memory:")
    for store, fresh in ((left, sent), (right, one)):
        with store.writing():
            keep(store, [fresh], every)
    assert text_of(left) == text_of(right)
    assert left.items([item.id for item, _ in sent.ahead.rows]) == right.items([item.id for item, _ in sent.ahead.rows])  # type: ignore[union-attr]
