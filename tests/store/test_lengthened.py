"""Tenures that new reports only lengthen are those that all reports together give, whatever else happens in the same offices."""

from __future__ import annotations

import random
import sys
from datetime import date
from pathlib import Path

import pytest

from dragoman.linking.record import composed
from dragoman.model.config import Config
from dragoman.model.ids import article_id
from dragoman.model.reading import Article, Entity, Mention, OfficeHolding, Reading
from dragoman.model.record_codec import lines, streamed
from dragoman.model.spans import Span
from dragoman.service import lengthening, tenancy
from dragoman.service.ingest import Fresh, keep
from dragoman.service.kinds import kinds
from dragoman.service.read import kit_of
from dragoman.service.record import given_of
from dragoman.service.shelf import open_shelf
from dragoman.store.open import open_store

sys.path.insert(0, str(Path(__file__).parent.parent / "service"))

from worlds import signed

START = date(2024, 1, 1).toordinal()
# In one state two presidents and three ministers, one after the other or one beside the other, in several spellings.
PEOPLE = {
    "president": (("Rashad Amirov", "Rachad Amirov", "Rashad Amirow"), ("Kofi Asante", "Koffi Asante")),
    "foreign-minister": (("Signe Holm", "Signe Holme"), ("Ravi Menon",), ("Paolo Serra",)),
    "ambassador": (("Anna Nowak",), ("Marta Nowak", "Martha Nowak")),
}
STATES = ("AZE", "ITA")


def report(drawn: random.Random, number: int, many: int) -> Reading:
    """Report `number` of so many, in the order of days: who is in office, now and then with an error, a look back, an office more, no day, no state."""
    chance = drawn.random()
    office = drawn.choice(("president", "president", "foreign-minister", "ambassador"))
    holders = PEOPLE[office]
    number_of = min(len(holders) - 1, number * len(holders) // many) if chance > 0.015 else drawn.randrange(len(holders))
    name = drawn.choice(holders[number_of])
    day = START + number * 1_000 // many - (drawn.randrange(60) if drawn.random() < 0.02 else 0)
    other = drawn.choice(tuple(PEOPLE))
    text = f"{name} spoke. This is report {number}, and it has {drawn.randrange(1000)} words of its own, {day} of them numbers."
    spot = (Span(0, len(name)),)
    said = OfficeHolding(
        person="p1", office=other if drawn.random() < 0.01 else office, of=drawn.choice((*STATES[:1] * 40, STATES[1], None)), evidence=spot,
        former=drawn.random() < 0.015, acting=drawn.random() < 0.015,
    )  # fmt: skip
    more = (OfficeHolding(person="p1", office=other, of=STATES[0], evidence=spot),) if drawn.random() < 0.02 and other != said.office else ()
    return Reading(
        article=Article(
            id=article_id(text), name=f"{number}.txt", text=text, language="en", published=date.fromordinal(day) if drawn.random() > 0.03 else None,
            published_from="given",
        ),
        sentences=(Span(0, len(text)),),
        entities=(Entity(id="p1", kind="person", name=name, names=(name,), state=STATES[0], mentions=(Mention(start=0, end=len(name), text=name),)),),
        offices=(said, *more),
    )  # fmt: skip


@pytest.fixture
def lengthened(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many tenures each step has found to be lengthened only."""
    found: list[int] = []

    def counted(*given: object) -> object:
        known = lengthening.lengthened(*given)  # type: ignore[arg-type]
        found.append(len(known))
        return known

    monkeypatch.setattr(tenancy, "lengthened", counted)
    return found


@pytest.mark.parametrize(("seed", "step"), [(1, 1), (2, 3), (3, 8), (4, 16)])
def test_what_is_lengthened_is_what_all_reports_give(lengthened: list[int], seed: int, step: int) -> None:
    drawn = random.Random(seed)
    many = 160
    fresh = [signed(report(drawn, number, many)) for number in range(many)]
    copies = [again(one, place) for place, one in enumerate(fresh) if drawn.random() < 0.15]
    together = sorted((*fresh, *copies), key=lambda one: (one.reading.article.published or date.fromordinal(START), one.reading.article.name))
    store = open_store(":memory:")
    every = kinds(kit_of(Config()))
    for at in range(0, len(together), step):
        with store.writing():
            keep(store, together[at : at + step], every)
        if at // step % 40 == 0 or at + step >= len(together):
            assert "".join(streamed(open_shelf(store, Config()).each)) == "".join(lines(composed(given_of(store, Config()))))
    assert sum(lengthened) > 1
    store.close()


def again(one: Fresh, number: int) -> Fresh:
    """A copy with a word more."""
    article = one.reading.article
    text = f"{article.text} Copy {number}."
    return signed(Reading(
        article=Article(id=article_id(text), name=f"copy-{number}.txt", text=text, language="en", published=article.published, published_from="given"),
        sentences=(Span(0, len(text)),), entities=one.reading.entities, offices=one.reading.offices,
    ))  # fmt: skip


def test_days_reach_from_the_first_to_the_last() -> None:
    assert lengthening.Days.over([lengthening.Days(3, 5), lengthening.Days(1, 2)]) == lengthening.Days(1, 5)
