"""Tenures that new reports only lengthen are those that all reports together give, whatever else happens in the same offices."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
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


def shown(name: str, office: str, day: int, number: int) -> Reading:
    """Report `number`: somebody in an office of one state on a day."""
    drawn = random.Random(f"{number} {day}")
    own = " ".join("".join(drawn.choices("abcdefghiklmnoprstuvwyz", k=6)) for _ in range(30))
    text = f"{name} spoke: {own}."
    return Reading(
        article=Article(id=article_id(text), name=f"{number}.txt", text=text, language="en", published=date.fromordinal(day), published_from="given"),
        sentences=(Span(0, len(text)),),
        entities=(Entity(id="p1", kind="person", name=name, names=(name,), state="AZE", mentions=(Mention(start=0, end=len(name), text=name),)),),
        offices=(OfficeHolding(person="p1", office=office, of="AZE", evidence=(Span(0, len(name)),)),),
    )  # fmt: skip


def mistaken(drawn: random.Random, number: int, many: int) -> Reading:
    """Report `number` of so many, in the order of days mostly: a foreign minister or one of two energy ministers; every sixth mistakes the first for these."""
    name, office = (("Signe Holm", "foreign-minister"), ("Ravi Menon", "energy-minister"), ("Paolo Serra", "energy-minister"))[
        drawn.choice((0, 0, 1 + number * 2 // many))
    ]
    day = START + number * 1_500 // many - (drawn.randrange(200) if drawn.random() < 0.1 else 0)
    return shown(name, drawn.choice((office, office, office, office, office, "energy-minister")), day, number)


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


@pytest.mark.parametrize("told", [report, mistaken])
@pytest.mark.parametrize(("seed", "step"), [(1, 1), (2, 3), (3, 8), (4, 16)])
def test_what_is_lengthened_is_what_all_reports_give(lengthened: list[int], told: Callable[[random.Random, int, int], Reading], seed: int, step: int) -> None:
    drawn = random.Random(seed)
    many = 160
    fresh = [signed(told(drawn, number, many)) for number in range(many)]
    copies = [again(one, place) for place, one in enumerate(fresh) if drawn.random() < 0.15]
    together = sorted((*fresh, *copies), key=lambda one: (one.reading.article.published or date.fromordinal(START), one.reading.article.name))
    store = open_store(":memory:")
    every = kinds(kit_of(Config()))
    for at in range(0, len(together), step):
        with store.writing():
            keep(store, together[at : at + step], every)
        if at // step % 40 == 0 or at + step >= len(together):
            assert "".join(streamed(open_shelf(store, Config()).each)) == "".join(lines(composed(given_of(store, Config()))))
    # Of the three who are mistaken for one another, steps of many articles have something new of each.
    assert sum(lengthened) > 1 or (told is mistaken and step > 3)
    store.close()


def test_what_speaks_against_a_tenure_need_not_be_one() -> None:
    """A minister is seen in two offices, another in the same two, each slip told once and held for one: between them nothing more is believed of the first."""
    holm = [("Signe Holm", "foreign-minister", day) for day in (0, 31)] + [("Signe Holm", "energy-minister", day) for day in (4, 109)]
    menon = [("Ravi Menon", "defence-minister", day) for day in (2, 8, 12, 90, 112, 120)] + [("Ravi Menon", "foreign-minister", day) for day in (9, 114)]
    serra = [("Paolo Serra", "energy-minister", day) for day in (1, 6, 100, 115)]
    store = open_store(":memory:")
    every = kinds(kit_of(Config()))
    for told in ([*holm, *menon, *serra], [("Signe Holm", "foreign-minister", 45)]):
        with store.writing():
            keep(store, [signed(shown(name, office, START + day, place * 100 + day)) for place, (name, office, day) in enumerate(told)], every)
        assert "".join(streamed(open_shelf(store, Config()).each)) == "".join(lines(composed(given_of(store, Config()))))
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
