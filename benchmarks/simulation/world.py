"""A diplomatic world: states, their offices and who holds them when, and day by day what happens. All of it hangs on a seed and nothing else.

A day has as many happenings whatever the length of the world, so that a hundred thousand reports are twelve years and not a crowded month.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from benchmarks.simulation.names import PersonName, draw

FIRST = date(2010, 1, 1)
_YEARS = 20
# How often an office is in such news, and how many days it is held, about.
OFFICES = {
    "president": (10, 1700), "prime-minister": (12, 1100), "foreign-minister": (40, 850), "defence-minister": (12, 800), "interior-minister": (8, 700),
    "energy-minister": (8, 700), "deputy-foreign-minister": (6, 900),
}  # fmt: skip
TOPICS = (
    "counter-terrorism", "border-control", "defence-cooperation", "ceasefire", "sanctions", "trade", "energy", "water", "migration", "reconstruction",
    "fisheries", "education",
)  # fmt: skip
# What happens: how often, its PLOVER type and mode.
KINDS = {
    "visit": (22, "CONSULT", "visit"), "talks": (24, "CONSULT", None), "call": (12, "CONSULT", "phone"), "accord": (10, "AGREE", None),
    "accuse": (12, "ACCUSE", None), "reject": (5, "REJECT", None), "threaten": (5, "THREATEN", None), "sanction": (4, "SANCTION", None),
    "aid": (6, "AID", None),
}  # fmt: skip
SAYINGS = ("expand", "projects", "dialogue", "whole", "invite", "worry", "target", "experts")
_OF_TWO = ("visit", "talks", "call", "accord")
_A_DAY = 8
# Of new holders so many come from another office of the state, and of new people so many share a surname with somebody.
_PROMOTED, _NAMESAKES = 0.2, 0.05


@dataclass(frozen=True, slots=True)
class State:
    """A state with the culture of its names, 'of it' in French, and its capital in Spanish."""

    code: str
    culture: str
    of_french: str
    town_spanish: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody; `number` is the truth that linking is measured by."""

    number: int
    name: PersonName
    state: str


@dataclass(frozen=True, slots=True)
class Term:
    """A person in an office from `begin` to the day before `end`."""

    person: Person
    office: str
    state: str
    begin: date
    end: date


@dataclass(frozen=True, slots=True)
class Quote:
    """What the first or second of a happening said: its form, topic and figure; the words of a direct quotation are the same for all that quote it."""

    number: int
    speaker: int
    form: str
    topic: str
    figure: int
    direct: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing that happened: `people` are who took part, with their office; of a state alone only its code is in `states`."""

    number: int
    day: date
    kind: str
    states: tuple[str, str]
    people: tuple[Term, ...]
    town: str
    topic: str
    figure: int
    quotes: tuple[Quote, ...]
    announced: date | None = None
    # Where two camps of outlets differ: the day that the second of them has.
    disputed: date | None = None
    weight: float = 1.0
    again: Happening | None = field(default=None, repr=False)

    @property
    def type(self) -> str:
        return KINDS[self.kind][1]

    @property
    def mode(self) -> str | None:
        return KINDS[self.kind][2]


@cache
def states() -> tuple[State, ...]:
    """The states of the table, in its order."""
    lines = (Path(__file__).parent / "states.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(State(*line.split("\t")) for line in lines if not line.startswith("#"))


def terms(seed: int) -> dict[tuple[str, str], list[Term]]:
    """Who holds each office of each state, one after the other, over twenty years."""
    drawn = random.Random(f"terms {seed}")
    people: list[Person] = []
    taken: dict[tuple[str, str], Person] = {}
    surnames: dict[str, list[Person]] = {}
    found: dict[tuple[str, str], list[Term]] = {}
    last = FIRST + timedelta(days=365 * _YEARS)
    for state in states():
        busy: list[Term] = []
        for office, (_, days) in OFFICES.items():
            begin = FIRST - timedelta(days=drawn.randrange(days))
            own: list[Term] = []
            while begin < last:
                end = begin + timedelta(days=max(120, int(drawn.gauss(days, days / 3))))
                free = [one.person for one in busy if one.end <= begin and not any(other.person is one.person and other.end > begin for other in busy)]
                free = [one for one in free if all(term.person is not one for term in own[-1:])]
                if free and drawn.random() < _PROMOTED:
                    person = drawn.choice(sorted(set(free), key=lambda one: one.number))
                else:
                    person = _new(drawn, state, people, taken, surnames)
                own.append(Term(person, office, state.code, begin, end))
                begin = end
            busy += own
            found[state.code, office] = own
    return found


def _new(drawn: random.Random, state: State, people: list[Person], taken: dict[tuple[str, str], Person], surnames: dict[str, list[Person]]) -> Person:
    """Somebody whose whole name nobody else has, and whose surname few share."""
    while True:
        name = draw(drawn, state.culture)
        given, surname = name.skeleton
        shared = surname in surnames
        if len(surname) > 1 and (given, surname) not in taken and (not shared or drawn.random() < _NAMESAKES):
            break
    person = Person(len(people), name, state.code)
    people.append(person)
    taken[given, surname] = person
    surnames.setdefault(surname, []).append(person)
    return person


def _still(past: Happening, day: date) -> bool:
    """Whether all who took part hold the same offices on that day."""
    return all(term.begin <= day < term.end for term in past.people)


@dataclass(frozen=True)
class Chronicle:
    """What happens, day after day; the holders of offices in `terms`."""

    seed: int
    terms: dict[tuple[str, str], list[Term]]

    def days(self) -> Iterator[tuple[date, list[Happening]]]:
        """Each day with its happenings, without end before twenty years are over; the same for the same seed."""
        number = 0
        met: dict[frozenset[str], Happening] = {}
        for past in range(365 * (_YEARS - 1)):
            day = FIRST + timedelta(days=past)
            drawn = random.Random(f"day {self.seed} {past}")
            today: list[Happening] = []
            while len(today) < _A_DAY:
                made = self._happening(drawn, number, day, met)
                if any(set(made.states) == set(one.states) and made.type == one.type for one in today):
                    continue
                today.append(made)
                number += 1
                if made.kind == "visit" and drawn.random() < 0.3:
                    # the visitor meets a second host on the same day
                    second = self._second(drawn, number, made)
                    if second is not None:
                        today.append(second)
                        number += 1
            for one in today:
                if one.kind in ("visit", "talks"):
                    met[frozenset(str(term.person.number) for term in one.people)] = one
            yield day, today

    def holder(self, state: str, office: str, day: date) -> Term:
        """Who holds the office that day."""
        own = self.terms[state, office]
        return own[bisect_right(own, day, key=lambda term: term.begin) - 1]

    def _happening(self, drawn: random.Random, number: int, day: date, met: dict[frozenset[str], Happening]) -> Happening:
        kind = drawn.choices(list(KINDS), [row[0] for row in KINDS.values()])[0]
        known = states()
        # the first states of a shuffled list are in the news more often
        ranks = [1 / (3 + (place * 7) % len(known)) for place in range(len(known))]
        one, other = drawn.choices(known, ranks)[0], drawn.choices(known, ranks)[0]
        while other is one:
            other = drawn.choices(known, ranks)[0]
        offices = list(OFFICES)
        weights = [row[0] for row in OFFICES.values()]
        mine = drawn.choices(offices, weights)[0]
        theirs = mine if drawn.random() < 0.75 else drawn.choices(offices, weights)[0]
        people: tuple[Term, ...] = ()
        if kind in _OF_TWO:
            people = (self.holder(one.code, mine, day), self.holder(other.code, theirs, day))
        elif kind in ("accuse", "reject", "threaten"):
            people = (self.holder(one.code, mine, day),)
        third = drawn.choice(known)
        town = other.code if kind in ("visit", "aid") else drawn.choice((one.code, other.code, other.code, third.code))
        topic = drawn.choice(TOPICS)
        quotes = tuple(
            Quote(number * 8 + at, drawn.randrange(len(people)) if people else 0, form, drawn.choice((topic, topic, drawn.choice(TOPICS))),
                  drawn.randrange(11, 990), direct=drawn.random() < 0.35)
            for at, form in enumerate(drawn.sample(SAYINGS, drawn.choice((2, 3, 3, 4))))
        ) if people else ()  # fmt: skip
        announced = day - timedelta(days=drawn.randrange(2, 9)) if kind in ("visit", "talks") and drawn.random() < 0.2 else None
        disputed = day - timedelta(days=1) if drawn.random() < 0.05 else None
        again = met.get(frozenset(str(term.person.number) for term in people)) if len(people) == 2 else None
        return Happening(
            number=number, day=day, kind=kind, states=(one.code, other.code), people=people, town=town, topic=topic, figure=drawn.randrange(11, 990),
            quotes=quotes, announced=announced, disputed=disputed, weight=drawn.choice((0.6, 1.0, 1.0, 1.6)),
            # who looks back names people as they are now: so only while they are what they were
            again=replace(again, again=None) if again is not None and (day - again.day).days > 20 and _still(again, day) else None,
        )  # fmt: skip

    def _second(self, drawn: random.Random, number: int, visit: Happening) -> Happening | None:
        guest, host = visit.people
        office = drawn.choice([one for one in OFFICES if one != host.office])
        other = self.holder(host.state, office, visit.day)
        if other.person is host.person:
            return None
        topic = drawn.choice(TOPICS)
        quotes = (Quote(number * 8, 1, drawn.choice(SAYINGS), topic, drawn.randrange(11, 990), direct=True),)
        return Happening(
            number=number, day=visit.day, kind="talks", states=visit.states, people=(guest, other), town=visit.town, topic=topic,
            figure=drawn.randrange(11, 990), quotes=quotes, weight=0.6,
        )  # fmt: skip
