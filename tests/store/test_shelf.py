"""Every question to a shelf: what the kept one answers is what the record in memory does, and what it should be."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dragoman.linking.given import anchored
from dragoman.model.config import Config
from dragoman.model.errors import InputError
from dragoman.model.shelf import Articles, Commitments, Cut, Events, Page, Shelf, Statements
from dragoman.service.ingest import keep
from dragoman.service.kinds import kinds
from dragoman.service.read import kit_of
from dragoman.service.record import given_of
from dragoman.service.remembered import PARTS, Remembered
from dragoman.service.shelf import open_shelf
from dragoman.store.open import open_store
from dragoman.store.protocol import Store

sys.path.insert(0, str(Path(__file__).parent.parent / "service"))

from worlds import world

CONFIG = Config()
MANY = 24


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    opened = open_store(":memory:" if request.param == "sqlite" else request.getfixturevalue("postgresql_url")())
    with opened.writing():
        keep(opened, world(range(MANY)), kinds(kit_of(CONFIG)))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def shelf(store: Store) -> Shelf:
    return open_shelf(store, CONFIG)


@pytest.fixture(scope="module")
def remembered(store: Store) -> Remembered:
    return Remembered(store, given_of(store, CONFIG))


def all_pages(ask: Callable[[Cut], Page[Any]], limit: int) -> list[Any]:
    found: list[Any] = []
    cut = Cut(limit=limit)
    while True:
        page = ask(cut)
        found.extend(page.rows)
        assert len(page.rows) <= limit
        if page.after is None:
            assert page.total == len(found)
            return found
        cut = Cut(limit=limit, after=page.after)


EVENTS = [
    Events(),
    Events(order="oldest"),
    Events(sides=("POL",)),
    Events(sides=("POL", "GHA")),
    Events(types=("CONSULT", "AGREE"), topics=("trade",)),
    Events(languages=("fr",), outlets=("Outlet 1",)),
    Events(since="2025-02-10", until="2025-02"),
    Events(since="2025"),
    Events(disputed=True),
    Events(disputed=False, factuality=("actual",)),
    Events(dated=False),
    Events(least_origins=2),
    Events(sides=("XXX",)),
]


@pytest.mark.parametrize("wanted", EVENTS)
@pytest.mark.parametrize("limit", [3, 1000])
def test_events_by_every_filter(shelf: Shelf, remembered: Remembered, wanted: Events, limit: int) -> None:
    found = all_pages(lambda cut: shelf.events(wanted, cut), limit)
    assert found == all_pages(lambda cut: remembered.events(wanted, cut), limit)
    assert shelf.months(wanted) == remembered.months(wanted)
    assert shelf.met(None, wanted) == remembered.met(None, wanted)
    assert shelf.pairs(wanted) == remembered.pairs(wanted)
    assert shelf.pairs(wanted, kind="state", limit=2) == remembered.pairs(wanted, kind="state", limit=2)


def test_events_of_things_by_any_of_their_ids(shelf: Shelf, remembered: Remembered) -> None:
    person = shelf.entities("person").rows[0]
    wanted = [Events(entities=(person.id,)), Events(articles=(shelf.articles().rows[0].id,)), Events(stories=(shelf.stories().rows[0].id,))]
    wanted += [Events(entities=(member.id,)) for member in shelf.members(person.id)]
    wanted += [Events(places=(one.id,)) for one in shelf.entities("place").rows]
    answers = [shelf.events(one) for one in wanted]
    assert answers == [remembered.events(one) for one in wanted]
    assert {page.total for page in answers[3 : 3 + len(shelf.members(person.id))]} == {answers[0].total}
    for one in answers[0].rows:
        assert person.id in {part.entity for part in one.participants}
    assert shelf.met(person.id) == remembered.met(person.id)
    assert person.id not in {one.entity.id for one in shelf.met(person.id)}


def test_the_order_is_by_day_and_undated_events_come_last(shelf: Shelf) -> None:
    for order in ("newest", "oldest"):
        days = [event.date for event in shelf.events(Events(order=order)).rows]  # type: ignore[arg-type]
        dated = [day for day in days if day]
        assert days == [*dated, *(day for day in days if not day)]
        assert len(dated) < len(days)
        full = [day for day in dated if len(day) == 10]
        assert full == sorted(full, reverse=order == "newest")


@pytest.mark.parametrize(
    "wanted",
    [
        Statements(),
        Statements(channels=("X",), order="oldest"),
        Statements(sides=("DNK",)),
        Statements(words="TALK 3"),
        Statements(since="2025", words="nothing"),
    ],
)
def test_statements(shelf: Shelf, remembered: Remembered, wanted: Statements) -> None:
    assert all_pages(lambda cut: shelf.statements(wanted, cut), 4) == all_pages(lambda cut: remembered.statements(wanted, cut), 4)
    speaker = next(one.speaker for one in shelf.statements().rows if one.speaker)
    assert shelf.statements(Statements(speakers=(speaker,))) == remembered.statements(Statements(speakers=(speaker,)))
    assert {one.speaker for one in shelf.statements(Statements(speakers=(speaker,))).rows} == {speaker}


def test_commitments_by_id_and_by_state(shelf: Shelf, remembered: Remembered) -> None:
    every = shelf.commitments().rows
    for wanted in (Commitments(), Commitments(by=("POL",)), Commitments(to=(every[0].to[0],)), Commitments(acts=("pledge",), topics=("trade",))):
        assert all_pages(lambda cut, wanted=wanted: shelf.commitments(wanted, cut), 5) == list(remembered.commitments(wanted, Cut(limit=1000)).rows)
    assert 0 < len(shelf.commitments(Commitments(by=("POL",))).rows) < len(every)


def test_articles(shelf: Shelf, remembered: Remembered) -> None:
    person = shelf.entities("person").rows[0].id
    names = (shelf.articles().rows[0].name, "world-3")
    for wanted in (
        Articles(), Articles(order="oldest"), Articles(languages=("fr",)), Articles(outlets=("Outlet 2",), since="2025-02-10"), Articles(entities=(person,)),
        Articles(names=names), Articles(ids=("none", shelf.articles().rows[2].id)), Articles(stories=(shelf.stories().rows[0].id,)),
    ):  # fmt: skip
        assert all_pages(lambda cut, wanted=wanted: shelf.articles(wanted, cut), 7) == all_pages(lambda cut, wanted=wanted: remembered.articles(wanted, cut), 7)
    assert len(shelf.articles(Articles(names=names)).rows) == 2


def test_entities_and_their_mentions(shelf: Shelf, remembered: Remembered) -> None:
    for kind in ("person", "state", "organization", "place"):
        found = all_pages(lambda cut, kind=kind: shelf.entities(kind, cut=cut), 2)  # type: ignore[arg-type]
        assert found == all_pages(lambda cut, kind=kind: remembered.entities(kind, cut=cut), 2)  # type: ignore[arg-type]
        assert [sum(name.count for name in one.names) for one in found] == sorted((sum(name.count for name in one.names) for one in found), reverse=True)
        for one in found:
            mentions = all_pages(lambda cut, one=one: shelf.mentions(one.id, cut), 3)
            assert mentions == all_pages(lambda cut, one=one: remembered.mentions(one.id, cut), 3)
            assert len(mentions) == sum(name.count for name in one.names)
            assert shelf.entity(one.id) == one == remembered.entity(one.id)
            assert shelf.members(one.id) == remembered.members(one.id)
    assert [one.name for one in shelf.entities("person", words="NOWÁK").rows] == [one.name for one in remembered.entities("person", words="NOWÁK").rows]
    assert len(shelf.entities("person", words="nowak", state="POL").rows) >= 1
    assert shelf.entities("person", words="nowak", state="ITA").rows == ()
    assert shelf.entity("POL") == remembered.entity("POL")
    assert shelf.entity("POL").code == "POL"  # type: ignore[union-attr]
    assert {one.name for one in shelf.spelt("person", "Martha Novak")} >= {one.name for one in shelf.entities("person", words="nowak").rows}
    for typed in ("ana no", "NOW", "owa", "a%", "_", "\\", "'"):
        letters = "".join(letter for letter in typed.lower() if letter.isalpha() or letter == " ")
        having = {one.id for one in remembered.entities("person", words=letters or "nothing").rows}
        assert having <= {one.id for one in shelf.spelt("person", typed)}
    assert {one.name for one in shelf.spelt("person", "ra amir")} >= {one.name for one in shelf.entities("person", words="amirov").rows}
    assert {one.id for one in shelf.spelt("person", "amirof")} <= {one.id for one in remembered.spelt("person", "amirof")}


def test_one_thing_by_id(shelf: Shelf, remembered: Remembered) -> None:
    for part, ask in {"articles": "article", "events": "event", "statements": "statement", "commitments": "commitment", "stories": "story"}.items():
        for one in remembered.each(part):  # type: ignore[arg-type]
            assert getattr(shelf, ask)(one.id) == one == getattr(remembered, ask)(one.id)  # type: ignore[attr-defined]
            assert shelf.current(one.id) == one.id  # type: ignore[attr-defined]
        assert getattr(shelf, ask)("nothing") is None
    assert [shelf.current(typed) for typed in ("nothing", "", "v0000000000000000", "*")] == [None] * 4
    for one in remembered.each("articles"):
        article = one.id  # type: ignore[attr-defined]
        assert shelf.copies(article) == remembered.copies(article)
        assert shelf.text(article) == remembered.text(article)
        assert shelf.reading(article) == remembered.reading(article)
        assert shelf.standing(article) == remembered.standing(article)
        for local in ("p1", "n1", "o1", "v1", "s1", "c1", "", "none"):
            assert shelf.at(article, local) == remembered.at(article, local) == shelf.standing(article).get(local)
            member = shelf.member(article, local)
            assert member == remembered.member(article, local)
            assert member is None or shelf.current(member) == shelf.at(article, local)


def test_names_for_ids(shelf: Shelf, remembered: Remembered) -> None:
    ids = [one.id for one in shelf.entities("person").rows] + ["POL", "ZZZ", "nothing"]
    ids += [member.id for one in shelf.entities("person").rows for member in shelf.members(one.id)]
    assert shelf.named(ids) == remembered.named(ids)
    assert shelf.named(["POL"])["POL"].kind == "state"
    assert "nothing" not in shelf.named(ids)


def test_tenures(shelf: Shelf, remembered: Remembered) -> None:
    every = shelf.tenures()
    assert every == tuple(remembered.each("tenures"))
    for one in every:
        for asked in ({"person": one.person}, {"office": one.office, "of": one.of}, {"of": one.of, "on": "2025-02-20"}, {"office": "nothing"}):
            assert shelf.tenures(**asked) == remembered.tenures(**asked)  # type: ignore[arg-type]


def test_sums_and_the_rest(shelf: Shelf, remembered: Remembered) -> None:
    assert shelf.facets() == remembered.facets()
    assert shelf.facets()["states"]
    assert shelf.counts() == remembered.counts()
    assert shelf.newest() == remembered.newest()
    assert all_pages(shelf.stories, 2) == all_pages(remembered.stories, 2)
    assert shelf.stories(words="TALKS").rows == remembered.stories(words="talks").rows
    assert shelf.passages("ships") == remembered.passages("ships")
    for part in PARTS:
        assert list(shelf.each(part)) == list(remembered.each(part))
        assert shelf.beginning(part, "") == remembered.beginning(part, "")


def test_the_least_sure_links_are_named_by_words(shelf: Shelf, remembered: Remembered) -> None:
    found = shelf.doubtful(limit=8)
    assert found == remembered.doubtful(limit=8)
    assert len(found) == 8
    for one in shelf.doubtful(kind="person"):
        assert one.kind == "person"
        assert all(anchored(anchor, "person", remembered.given) for anchor in (one.left, one.right))


@pytest.mark.parametrize("after", ["", "x", "bm90aGluZw", "WyJuZXdlc3QiXQ", "W10", "ÿÿ"])
def test_a_cursor_that_is_none_is_refused(shelf: Shelf, remembered: Remembered, after: str) -> None:
    for one in (shelf, remembered):
        with pytest.raises(InputError, match="opens no page of this list"):
            one.events(Events(), Cut(after=after))
        with pytest.raises(InputError, match="opens no page"):
            one.mentions(shelf.entities("person").rows[0].id, Cut(after=after))
    other = shelf.events(Events(order="oldest"), Cut(limit=1)).after
    with pytest.raises(InputError, match="opens no page"):
        shelf.events(Events(order="newest"), Cut(after=other))


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_a_page_has_its_bounds(shelf: Shelf, limit: int) -> None:
    with pytest.raises(InputError, match="a page has 1 to 1000 rows"):
        shelf.events(Events(), Cut(limit=limit))


def test_a_day_that_is_none_is_refused(shelf: Shelf) -> None:
    with pytest.raises(InputError, match="'yesterday' is no day, month or year"):
        shelf.events(Events(since="yesterday"))
