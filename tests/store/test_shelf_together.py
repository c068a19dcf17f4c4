"""Many things asked for at once, and sums: what the kept shelf answers is what the record in memory does, and what asking one by one gives."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.model.config import Config
from dragoman.model.shelf import Cut, Events, Shelf, Statements
from dragoman.service.ingest import keep
from dragoman.service.kinds import kinds
from dragoman.service.read import kit_of
from dragoman.service.record import given_of
from dragoman.service.remembered import Remembered
from dragoman.service.shelf import open_shelf
from dragoman.store.open import open_store
from dragoman.store.protocol import Store

sys.path.insert(0, str(Path(__file__).parent.parent / "service"))

from worlds import world

CONFIG = Config()
ALL = Cut(limit=1000)
NOBODY = ("p0000000000000000", "", "x", "XXX")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    opened = open_store(":memory:" if request.param == "sqlite" else request.getfixturevalue("postgresql_url")())
    with opened.writing():
        keep(opened, world(range(24)), kinds(kit_of(CONFIG)))
    yield opened
    opened.close()


@pytest.fixture(scope="module", params=["kept", "remembered"])
def shelf(store: Store, request: pytest.FixtureRequest) -> Shelf:
    return open_shelf(store, CONFIG) if request.param == "kept" else Remembered(store, given_of(store, CONFIG))


@pytest.fixture(scope="module")
def other(store: Store) -> Shelf:
    return Remembered(store, given_of(store, CONFIG))


def test_articles_and_entities_together_are_those_one_by_one(shelf: Shelf) -> None:
    ids = [one.id for one in shelf.articles(cut=ALL).rows]
    asked = [*reversed(ids), *NOBODY, ids[0]]
    assert list(shelf.heads(asked).items()) == [(one, shelf.article(one)) for one in reversed(ids)], "in the order asked for, each once"
    assert dict(shelf.readings(asked)) == {one: shelf.reading(one) for one in ids}
    assert dict(shelf.texts(asked)) == {one: reading.article.text for one in ids if (reading := shelf.reading(one))}
    assert dict(shelf.standings(ids)) == {one: shelf.standing(one) for one in ids}
    persons = [one.id for one in shelf.entities("person", cut=ALL).rows]
    assert dict(shelf.entries([*persons, *NOBODY])) == {one: shelf.entity(one) for one in persons}
    assert not any(ask(()) for ask in (shelf.heads, shelf.texts, shelf.readings, shelf.entries))


def test_names_of_what_was_merged_are_those_of_what_it_is_now(shelf: Shelf, other: Shelf) -> None:
    ids = [member.id for person in shelf.entities("person", cut=ALL).rows for member in shelf.members(person.id)]
    assert dict(shelf.named([*ids, *NOBODY])) == dict(other.named([*ids, *NOBODY]))
    assert {one.id for one in shelf.named(ids).values()} == {shelf.current(one) for one in ids}


def test_terms_are_tenures_without_evidence(shelf: Shelf) -> None:
    every = shelf.tenures()
    assert every
    assert all(one.evidence for one in every)
    assert shelf.terms() == tuple(replace(one, evidence=()) for one in every)
    for one in every:
        assert replace(one, evidence=()) in shelf.terms(person=one.person, office=one.office, of=one.of)
        assert one in shelf.tenures(person=one.person), "with the same evidence, however many are asked for together"


def test_the_sides_that_act_together_are_counted_as_the_events_have_them(shelf: Shelf, other: Shelf) -> None:
    sides = [side for side, _ in shelf.facets()["states"]]
    assert sides
    for side in (*sides, "XXX"):
        met = shelf.partners(side, limit=100)
        assert met == other.partners(side, limit=100)
        assert all(one.events == shelf.events(Events(sides=(side, one.entity.code or one.entity.id)), ALL).total for one in met)
    pairs = shelf.side_pairs(limit=100)
    assert pairs == other.side_pairs(limit=100)
    assert all(count == shelf.events(Events(sides=(left, right)), ALL).total for left, right, count in pairs)
    assert shelf.side_pairs(Events(sides=("XXX",))) == ()


def test_scenes_and_voices_are_counted(shelf: Shelf) -> None:
    events, statements = shelf.events(cut=ALL).rows, shelf.statements(cut=ALL).rows
    places = Counter(one.place for one in events if one.place)
    assert dict(shelf.scenes(limit=1000)) == dict(places)
    assert [count for _, count in shelf.scenes(limit=1000)] == sorted(places.values(), reverse=True)
    assert len(shelf.scenes(limit=1)) == 1
    assert dict(shelf.voices()) == dict(Counter(one.speaker for one in statements if one.speaker))
    speaker, count = shelf.voices()[0]
    assert shelf.voices(Statements(speakers=(speaker,))) == ((speaker, count),)


def test_events_are_found_by_the_plan_that_they_fulfil(shelf: Shelf) -> None:
    held = [one for one in shelf.events(cut=ALL).rows if one.planned_as]
    for one in held:
        assert one in shelf.events(Events(planned_as=(str(one.planned_as), "v0000000000000000")), ALL).rows
    assert shelf.events(Events(planned_as=("v0000000000000000",))).rows == ()
